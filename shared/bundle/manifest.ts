import { z } from "zod";
import { TickmarkError } from "../errors.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import { Sha256 } from "../model/digest.ts";
import { Instant } from "../model/instant.ts";
import { isReserved } from "./container-names.ts";
import { foldPath, PartPathGuard } from "./part-path.ts";

/**
 * The version that this program writes, and the newest that it reads. Version 2 has draws by every method; version 3 has
 * every kind of population, and what people said about the results.
 */
export const formatVersion = 3;

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
  formatVersion: z.literal([1, 2, formatVersion]),
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

/**
 * The manifest of a bundle; the files may come in any order.
 *
 * @throws TickmarkError `bundle-path-invalid` or `bundle-part-invalid`
 */
export function buildManifest(info: ManifestInfo, files: readonly ManifestFile[]): Manifest {
  const manifest = {
    format: "tickmark-bundle",
    formatVersion,
    tool: info.tool,
    engagement: info.engagement,
    createdAt: info.createdAt,
    activityHead: info.activityHead,
    files: files.toSorted((left, right) => comparePaths(left.path, right.path)),
  } as const;
  return checkBuilt(manifest);
}

/**
 * Reads `manifest.json`. Only its canonical spelling is accepted, so that no two readers can see two manifests in one text
 * (a key given twice, for instance).
 *
 * @throws TickmarkError `bundle-format-newer`, `bundle-path-invalid` or `bundle-part-invalid`
 */
export function parseManifest(text: string): Manifest {
  const parsed = parseJson(text);
  const version = z.looseObject({ format: z.literal("tickmark-bundle"), formatVersion: z.int() }).safeParse(parsed);
  if (version.success && version.data.formatVersion > formatVersion) {
    throw new TickmarkError(
      "bundle-format-newer",
      `The bundle has format version ${version.data.formatVersion}; this program reads versions up to ${formatVersion}.`,
      "Verify it with a newer Tickmark, or with the commands in its VERIFY.md.",
    );
  }
  const manifest = checkManifest(parsed);
  if (encodeCanonical(manifest) !== text) throw invalidManifest("is not written in canonical JSON (RFC 8785)");
  return manifest;
}

/** The text of `manifest.json` in pieces: of a large bundle the whole text is too much to hold. */
export function* manifestPieces(manifest: Manifest): Generator<string> {
  const listed = '"files":[]';
  // A quotation mark within a text is written with a backslash before it, so that this stands in one place only.
  const empty = encodeCanonical({ ...manifest, files: [] });
  const at = empty.indexOf(listed) + listed.length - 1;
  yield empty.slice(0, at);
  for (const [index, file] of manifest.files.entries()) yield `${index === 0 ? "" : ","}${encodeCanonical(file)}`;
  yield empty.slice(at);
}

/** Order of the files in the manifest and in the archive: by UTF-16 code units, as canonical JSON orders keys. */
export function comparePaths(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidManifest("is not JSON", cause);
  }
}

/** File by file, so that a list of a million is not made a second time. */
const ManifestHead = z
  .object(Manifest.shape)
  .omit({ files: true })
  .extend({ files: z.array(z.unknown()).max(0) });

function checkBuilt(manifest: Manifest): Manifest {
  checkShape(ManifestHead.safeParse({ ...manifest, files: [] }));
  for (const file of manifest.files) checkShape(ManifestFile.safeParse(file));
  checkFiles(manifest.files);
  return manifest;
}

function checkManifest(value: unknown): Manifest {
  const manifest = checkShape(Manifest.safeParse(value));
  checkFiles(manifest.files);
  return manifest;
}

function checkShape<Shape>(checked: z.ZodSafeParseResult<Shape>): Shape {
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw invalidManifest(`is wrong at "${issue?.path.join(".") ?? ""}": ${issue?.message ?? "unknown"}`);
}

function checkFiles(files: readonly ManifestFile[]): void {
  const guard = new PartPathGuard();
  for (const [index, { path }] of files.entries()) {
    guard.add(path);
    if (isReserved(foldPath(path)))
      throw invalidManifest(`lists "${path}", a name that the container keeps for itself`);
    const next = files[index + 1]?.path;
    // A path that is there twice is told by the guard, which says so.
    if (next !== undefined && comparePaths(path, next) > 0) throw invalidManifest(`is not sorted at "${next}"`);
  }
}

function invalidManifest(reason: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "bundle-part-invalid",
    `The bundle's manifest ${reason}.`,
    "Ask the sender for a new bundle; if this program was exporting it, report this.",
    cause === undefined ? undefined : { cause },
  );
}
