import { z } from "zod";
import { TickmarkError } from "../errors.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import { Sha256 } from "../model/digest.ts";
import { Instant } from "../model/instant.ts";

/**
 * The version that this program writes, and the newest that it reads. Version 2 has draws by every method; version 3 has
 * every kind of population, and what people said about the results; in version 4 items also tell whether the comments on a
 * change were pulled; version 5 has the same fields, and some evidence in it is read otherwise.
 */
export const formatVersion = 5;

/** What a file in the bundle is for. Verification looks parts up by role, never by guessing from a name. */
export const PartRole = z.enum([
  "report",
  "viewer",
  "instructions",
  "engagement",
  "people",
  "population",
  "reconciliation",
  "sample",
  "items",
  "facts",
  "catalog",
  "results",
  "judgements",
  "exceptions",
  "sign-offs",
  "review-notes",
  "conclusions",
  "ipe",
  "evidence",
  "evidence-index",
  "activity-log",
  /** What other programs read: written from the parts above, and stating nothing besides. */
  "oscal",
  "attestation",
  "workpaper",
  /** What was left out of the bundle. */
  "redactions",
]);
export type PartRole = z.infer<typeof PartRole>;

export const MediaType = z.string().regex(/^[a-z]+\/[a-z0-9][a-z0-9.+-]*(; ?charset=utf-8)?$/);

/** One file of the bundle. `size` in bytes, `sha256` of the bytes as unpacked. */
export const ManifestFile = z.strictObject({
  path: z.string(),
  size: z.int().nonnegative(),
  sha256: Sha256,
  mediaType: MediaType,
  role: PartRole,
});
export type ManifestFile = z.infer<typeof ManifestFile>;

/** Which audit the bundle is of. The period is from `from` (included) to `to` (excluded) in the IANA zone `timeZone`. */
export const ManifestEngagement = z.strictObject({
  id: z.string(),
  name: z.string(),
  entity: z.string(),
  from: z.string(),
  to: z.string(),
  timeZone: z.string(),
});
export type ManifestEngagement = z.infer<typeof ManifestEngagement>;

/** Every file of the bundle but those that carry or cover this list (container-names.ts). Written in canonical JSON. */
export const Manifest = z.strictObject({
  format: z.literal("tickmark-bundle"),
  formatVersion: z.literal([1, 2, 3, 4, formatVersion]),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  engagement: ManifestEngagement,
  createdAt: Instant,
  /** Hash of the last entry of the activity log, so that a bundle cannot be presented with another history. */
  activityHead: Sha256,
  /** Sorted by path, by UTF-16 code units. */
  files: z.array(ManifestFile),
});
export type Manifest = z.infer<typeof Manifest>;

export type ManifestInfo = Pick<Manifest, "tool" | "engagement" | "createdAt" | "activityHead">;

/** What the manifest says besides its list of files. */
export type ManifestHead = Omit<Manifest, "files">;

/** @throws TickmarkError `bundle-part-invalid` when something in it is not as the format asks */
export function headOf({ tool, engagement, createdAt, activityHead }: ManifestInfo): ManifestHead {
  const head = { format: "tickmark-bundle", formatVersion, tool, engagement, createdAt, activityHead } as const;
  return checkHead({ ...head, files: [] });
}

/**
 * The text of `manifest.json` in pieces: of a large bundle the whole text is too much to hold.
 *
 * @param files sorted
 */
export function* manifestPieces(head: ManifestHead, files: Iterable<ManifestFile>): Generator<string> {
  // A quotation mark within a text is written with a backslash before it, so that this stands in one place only.
  const empty = encodeCanonical({ ...head, files: [] });
  const at = empty.indexOf(listBegins) + listBegins.length;
  yield empty.slice(0, at);
  let before = "";
  for (const file of files) {
    yield `${before}${encodeCanonical(file)}`;
    before = ",";
  }
  yield empty.slice(at);
}

/** What stands in front of the first file. */
export const listBegins = '"files":[';

/** Order of the files in the manifest and in the archive: by UTF-16 code units, as canonical JSON orders keys. */
export function comparePaths(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

const HeadWithoutFiles = Manifest.extend({ files: z.tuple([]) });

/** @param value the manifest without its files, each of which is checked on its own */
export function checkHead(value: unknown): ManifestHead {
  const { files: _, ...head } = checkShape(HeadWithoutFiles.safeParse(value));
  return head;
}

/** @param place of the file in the list, from 0 */
export function checkFile(value: unknown, place: number): ManifestFile {
  return checkShape(ManifestFile.safeParse(value), `files.${place}.`);
}

function checkShape<Shape>(checked: z.ZodSafeParseResult<Shape>, where = ""): Shape {
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw invalidManifest(`is wrong at "${where}${issue?.path.join(".") ?? ""}": ${issue?.message ?? "unknown"}`);
}

export function invalidManifest(reason: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "bundle-part-invalid",
    `The bundle's manifest ${reason}.`,
    "Ask the sender for a new bundle; if this program was exporting it, report this.",
    cause === undefined ? undefined : { cause },
  );
}
