import type { EvidenceFormat, RawRecord } from "../../../shared/model/evidence.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { PullContext } from "../source-driver.ts";
import { type ComparedCommit, listComparedCommits } from "./compared-line.ts";
import { withComparisonCopy } from "./comparison-copy.ts";
import type { GitCursor } from "./cursor.ts";
import type { GitPull } from "./git-driver.ts";
import { mergeCommand, mergeMechanically } from "./mechanical-merge.ts";
import { patchCommand, patchIdCommand, readPatchIds } from "./patch-ids.ts";
import { listRefs } from "./refs.ts";
import { callOn, type Repository } from "./repository.ts";
import { commandText, readGit } from "./run-git.ts";

const lot = 100;

/**
 * Stores what git makes of each merge and squash by itself, and the patches of single commits, so that what is on the
 * release branch can be held against what was approved (REV-08). Needs the contents of files, which a partial clone lacks.
 */
export async function storeComparisons(
  source: SourceOf<"git">,
  pull: GitPull,
  finished: GitCursor,
  context: PullContext,
): Promise<GitCursor> {
  const { repository } = pull.cut;
  let cursor = finished;
  const { newest, base } = cursor;
  // Where history or contents were left out, git would merge something else than was merged.
  const isWhole = repository.partial === "" && repository.shallow.length === 0;
  const isWanted = source.compareContents !== false && isWhole;
  if (cursor.comparedAll || newest === null || !isWanted) return cursor;
  const commits = await listComparedCommits(repository, { newest, base }, (await listRefs(repository)).refs);
  await withComparisonCopy(repository, context.workFolder, async (copy) => {
    const started = context.now();
    for (let done = cursor.compared; done < commits.length; done += lot) {
      const records = await compareLot(copy, source, commits.slice(done, done + lot), context);
      cursor = { ...cursor, compared: Math.min(done + lot, commits.length) };
      await context.save({ records, cursor });
      context.report({ what: "merges compared", done: cursor.compared, total: commits.length });
    }
    cursor = { ...cursor, comparedAll: true };
    const asked = [mergeCommand, patchCommand, patchIdCommand].map(commandText).join("; ");
    const request = { asked, status: 0, at: started, bytes: 0, rows: commits.length, attempts: 1 };
    await context.save({ records: [], requests: [request], cursor });
  });
  return cursor;
}

async function compareLot(
  copy: Repository,
  source: SourceOf<"git">,
  commits: readonly ComparedCommit[],
  context: PullContext,
): Promise<RawRecord[]> {
  const receivedAt = context.now();
  const record = (format: EvidenceFormat, bytes: Buffer): RawRecord => ({
    format,
    locator: `git:${source.releaseBranch}@${commits[0]?.commit ?? ""}`,
    bytes,
    receivedAt,
  });
  const merges = await mergeMechanically(
    copy,
    commits.filter(({ head }) => head !== ""),
  );
  const lines = merges.map((merge) => `${JSON.stringify(merge)}\n`).join("");
  const patches = await readPatchIds(copy, await listPatches(copy, commits));
  return [
    ...(lines === "" ? [] : [record("git.mechanical-merges", Buffer.from(lines))]),
    ...(patches.length === 0 ? [] : [record("git.patch-ids", patches)]),
  ];
}

/** Single commits of the branch, and the commits of the requests that they may be copies of. */
async function listPatches(copy: Repository, commits: readonly ComparedCommit[]): Promise<string[]> {
  const single = await listSingle(
    copy,
    commits.map(({ commit }) => commit),
  );
  const copies = commits.filter(({ commit, head }) => single.has(commit) && head !== "");
  const patches = new Set(single);
  for (const { head, onto } of copies) {
    const own = await readGit(callOn(copy, ["rev-list", "--no-merges", "--max-count=1000", head, `^${onto}`]));
    for (const id of own.toString("utf8").split("\n")) if (id !== "") patches.add(id);
  }
  return [...patches];
}

async function listSingle(copy: Repository, ids: readonly string[]): Promise<Set<string>> {
  const args = ["rev-list", "--no-walk=unsorted", "--max-parents=1", "--min-parents=1", "--stdin"];
  const found = await readGit(callOn(copy, args, ids));
  return new Set(found.toString("utf8").split("\n").filter(Boolean));
}
