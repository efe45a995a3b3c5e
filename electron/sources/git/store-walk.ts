import type { RawRecord } from "../../../shared/model/evidence.ts";
import type { RequestRecord } from "../../../shared/model/pull.ts";
import type { PullContext } from "../source-driver.ts";
import type { GitCursor } from "./cursor.ts";
import type { GitPull } from "./git-pull.ts";
import { commandText } from "./run-git.ts";
import { commitsCommand, pathsCommand, type WalkStep, walkCommits } from "./walk-commits.ts";

/** Reads the rest of a walk and stores it step by step. */
export async function storeWalk(pull: GitPull, context: PullContext): Promise<GitCursor> {
  const { walk, cut } = pull;
  let { cursor } = pull;
  if (cursor.finished) return cursor;
  const startedAt = context.now();
  context.report({ what: "commits", done: cursor.done, total: walk?.commits ?? 0 });
  if (walk) {
    for await (const step of walkCommits(cut.repository, walk, cursor.done)) {
      cursor = advance(cursor, step);
      await context.save({ records: recordsOf(step, cut.commits, context.now()), cursor });
      context.report({ what: "commits", done: cursor.done, total: walk.commits });
    }
  }
  cursor = { ...cursor, finished: true };
  await context.save({ records: [], requests: walk ? requestsOf(cursor, startedAt) : [], cursor });
  return cursor;
}

function advance(cursor: GitCursor, { commits, paths }: WalkStep): GitCursor {
  let { merges, commitBytes, pathBytes } = cursor;
  for (const { parents, bytes } of commits) {
    if (parents > 1) merges += 1;
    commitBytes += bytes.length;
  }
  for (const { bytes } of paths) pathBytes += bytes.length;
  return { ...cursor, done: cursor.done + commits.length, merges, commitBytes, pathBytes };
}

function recordsOf({ commits, paths }: WalkStep, cut: ReadonlySet<string>, receivedAt: string): RawRecord[] {
  const records: RawRecord[] = [];
  for (const [index, { id, bytes }] of commits.entries()) {
    const locator = `git:${id}`;
    records.push({ format: "git.commit", locator, bytes, receivedAt });
    const changed = paths[index];
    // Without its parents a commit seems to have made every file: what it changed is not known.
    if (changed && !cut.has(id))
      records.push({ format: "git.changed-paths", locator, bytes: changed.bytes, receivedAt });
  }
  return records;
}

function requestsOf({ done, commitBytes, pathBytes }: GitCursor, at: string): RequestRecord[] {
  const question = (args: readonly string[], bytes: number): RequestRecord => ({
    asked: commandText(args),
    status: 0,
    at,
    bytes,
    rows: done,
    attempts: 1,
  });
  return [question(commitsCommand, commitBytes), question(pathsCommand, pathBytes)];
}
