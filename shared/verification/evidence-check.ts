import type { Digest } from "../model/digest.ts";
import { type Check, failed, passed } from "../model/verification-report.ts";
import type { BundleStatements } from "./bundle-reading.ts";

export type ObjectIdOf = (content: Uint8Array, idLength: number) => string;

/** Each commit's content gives the id that it is filed under, so that parents and history cannot be made up. */
export async function checkGitObjects(statements: BundleStatements, commitIdOf: ObjectIdOf): Promise<Check> {
  const commits = statements.evidence.filter(({ format }) => format === "git.commit");
  for (const record of commits) {
    const id = record.locator.replace(/^git:/, "");
    const found = commitIdOf(await statements.readEvidence(record.sha256), id.length);
    if (found === id) continue;
    return failed("git-objects", `The content of commit ${id} gives another id.`, {
      subject: record.sha256,
      expected: id,
      found,
    });
  }
  return passed("git-objects", `${commits.length} commit objects hash to their ids.`);
}

/** Every record of the index is in the bundle with the bytes that its hash names. */
export async function checkEvidence(statements: BundleStatements, digest: Digest): Promise<Check> {
  const seen = new Set<string>();
  for (const record of statements.evidence) {
    const bytes = await statements.readEvidence(record.sha256);
    const found = digest(bytes);
    if (found !== record.sha256 || bytes.length !== record.size) {
      const difference = { subject: record.locator, expected: record.sha256, found };
      return failed("evidence", `The record from ${record.locator} is not the one that was pulled.`, difference);
    }
    seen.add(record.sha256);
  }
  for (const [, items] of statements.items) {
    for (const item of items) {
      const absent = item.evidence.find((use) => !seen.has(use.evidence));
      if (!absent) continue;
      const difference = { subject: item.id, expected: absent.evidence, found: "nothing" };
      return failed("evidence", `A sampled item rests on evidence that is not in the bundle.`, difference);
    }
  }
  return passed(
    "evidence",
    `${statements.evidence.length} pieces of evidence have the hashes that were recorded when they were pulled.`,
  );
}
