import type { RedactedEvidence } from "../bundle/redaction/redaction-log.ts";
import type { Digest } from "../model/digest.ts";
import { type Check, failed, notPossible, passed } from "../model/verification-report.ts";
import type { BundleStatements } from "./bundle-reading.ts";

export type ObjectIdOf = (content: Uint8Array, idLength: number) => string;

/** Each commit's content gives the id that it is filed under, so that parents and history cannot be made up. */
export async function checkGitObjects(statements: BundleStatements, commitIdOf: ObjectIdOf): Promise<Check> {
  const copies = redactedRecords(statements);
  const commits = statements.evidence.filter(({ format }) => format === "git.commit");
  const whole = commits.filter(({ sha256 }) => !copies.has(sha256));
  for (const record of whole) {
    const id = record.locator.replace(/^git:/, "");
    const found = commitIdOf(await statements.readEvidence(record.sha256), id.length);
    if (found === id) continue;
    return failed("git-objects", `The content of commit ${id} gives another id.`, {
      subject: record.sha256,
      expected: id,
      found,
    });
  }
  const holds = `${whole.length} commit objects hash to their ids.`;
  if (whole.length === commits.length) return passed("git-objects", holds);
  return notPossible(
    "git-objects",
    `${holds} ${commits.length - whole.length} were redacted, and give no id any more.`,
  );
}

/** Every record of the index is in the bundle with the bytes that its hash names. */
export async function checkEvidence(statements: BundleStatements, digest: Digest): Promise<Check> {
  const copies = redactedRecords(statements);
  const seen = new Set<string>();
  for (const record of statements.evidence) {
    seen.add(record.sha256);
    if (copies.has(record.sha256)) continue;
    const bytes = await statements.readEvidence(record.sha256);
    const found = digest(bytes);
    if (found !== record.sha256 || bytes.length !== record.size) {
      const difference = { subject: record.locator, expected: record.sha256, found };
      return failed("evidence", `The record from ${record.locator} is not the one that was pulled.`, difference);
    }
  }
  for (const { original, derived } of copies.values()) {
    if (derived === null) continue;
    const found = digest(await statements.readEvidence(original.sha256));
    if (found === derived.sha256) continue;
    const difference = { subject: derived.path, expected: derived.sha256, found };
    return failed("evidence", "A derived copy is not the one that the redaction log names.", difference);
  }
  for (const [, items] of statements.items) {
    for (const item of items) {
      const absent = item.evidence.find((use) => !seen.has(use.evidence));
      if (!absent) continue;
      const difference = { subject: item.id, expected: absent.evidence, found: "nothing" };
      return failed("evidence", `A sampled item rests on evidence that is not in the bundle.`, difference);
    }
  }
  const whole = statements.evidence.filter(({ sha256 }) => !copies.has(sha256)).length;
  const holds = `${whole} pieces of evidence have the hashes that were recorded when they were pulled.`;
  if (whole === statements.evidence.length) return passed("evidence", holds);
  const redacted = statements.evidence.length - whole;
  return notPossible("evidence", `${holds} ${redacted} were redacted: their originals are not here to be hashed.`);
}

function redactedRecords({ redactions }: BundleStatements): ReadonlyMap<string, RedactedEvidence> {
  return new Map((redactions?.evidence ?? []).map((entry) => [entry.original.sha256, entry]));
}
