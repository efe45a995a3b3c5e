import type { BundleContents } from "../bundle/bundle-contents.ts";
import { evidencePath } from "../bundle/bundle-parts.ts";
import { RedactionLog, redactionLogPath } from "../bundle/redaction/redaction-log.ts";
import { TickmarkError } from "../errors.ts";
import { decodeUtf8 } from "../model/text.ts";
import type { Check, CheckId } from "../model/verification-report.ts";

/** What a bundle says that was left out of it; null where it says that nothing was. @throws bundle-part-invalid */
export async function readRedactions(contents: BundleContents): Promise<RedactionLog | null> {
  if (contents.manifest.files.named(redactionLogPath) === undefined) return null;
  try {
    return RedactionLog.parse(JSON.parse(decodeUtf8(await contents.read(redactionLogPath)) ?? ""));
  } catch (cause) {
    throw new TickmarkError(
      "bundle-part-invalid",
      `The bundle's ${redactionLogPath} cannot be read.`,
      "Ask the sender for a new bundle.",
      { cause },
    );
  }
}

/** The same bundle, in which a record that was redacted reads as its derived copy, and one that was withheld as nothing. */
export function readingDerived(contents: BundleContents, log: RedactionLog | null): BundleContents {
  if (log === null) return contents;
  const copies = new Map(
    log.evidence.map(({ original, derived }) => [evidencePath(original.sha256), derived?.path ?? null]),
  );
  const pathOf = (path: string) => (copies.has(path) ? (copies.get(path) ?? null) : path);
  return {
    manifest: contents.manifest,
    async read(path) {
      const derived = pathOf(path);
      return derived === null ? new Uint8Array(0) : contents.read(derived);
    },
    async *stream(path) {
      const derived = pathOf(path);
      if (derived !== null) yield* contents.stream(derived);
    },
  };
}

/** Documents show all that a bundle states. */
const everything = [
  ...["part", "ipe", "completeness", "freezes", "ids", "population", "draws", "samples", "strata", "items", "results"],
  ...[
    "summaries",
    "judgements",
    "exceptions",
    "signOffs",
    "reviewNotes",
    "standing",
    "evidence",
    "activities",
    "people",
  ],
];

/** What a check rests on: evidence, and statements by their names in the log. */
const restsOn: Partial<Record<CheckId, readonly string[]>> = {
  "activity-log": ["activities", "freezes", "draws", "ipe"],
  "population-digest": ["ids"],
  "draw": ["ids", "draws", "strata"],
  "people": ["evidence", "people", "items", "activities"],
  "facts": ["evidence", "people", "items", "part", "ipe"],
  "reconciliation": ["evidence", "people", "population", "ids"],
  "completeness": ["evidence", "ipe"],
  "results": ["items", "results"],
  "judgements": ["results", "judgements", "exceptions", "signOffs", "reviewNotes", "activities"],
  "conclusions": ["results", "summaries", "draws", "judgements"],
  "sign-offs": ["results", "summaries", "draws", "judgements", "exceptions", "signOffs", "reviewNotes", "activities"],
  "documents": everything,
  "attestations": everything,
};

/**
 * A check that came out otherwise is not possible where what it rests on was redacted: nobody can tell any more whether it would have held. In
 * the complete edition that is said only of the items whose own evidence was redacted; all others fail as ever.
 *
 * @param ofItem hashes of the records that an item rests on, for the item that a check names
 */
export function answerForRedacted(
  check: Check,
  log: RedactionLog | null,
  ofItem: (item: string) => ReadonlySet<string>,
): Check {
  const rests = restsOn[check.id];
  if (log === null || check.outcome !== "failed" || rests === undefined) return check;
  const changed = log.statements.map(({ of }) => of).filter((of) => rests.includes(of));
  const own = ofItem(check.subject ?? "");
  const records = log.evidence.filter(({ original }) => log.edition === "redacted" || own.has(original.sha256)).length;
  const isTouched = changed.length > 0 || (rests.includes("evidence") && records > 0);
  if (!isTouched) return check;
  const detail = `Redacted: it comes out otherwise (${check.detail}), and what it rests on is not in this bundle as it was: see ${redactionLogPath}.`;
  return { ...check, outcome: "not-possible", detail };
}
