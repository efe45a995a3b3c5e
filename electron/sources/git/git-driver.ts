import type { SourceOf } from "../../../shared/model/source.ts";
import type { PullContext, PullOutcome, SourceDriver } from "../source-driver.ts";
import { beginPull } from "./begin-pull.ts";
import { GitCursor } from "./cursor.ts";
import type { GitPull } from "./git-pull.ts";
import { openRepository } from "./open-repository.ts";
import { filesOf, planWalk } from "./plan-walk.ts";
import { outcomeOf } from "./pull-outcome.ts";
import type { Repository } from "./repository.ts";
import { findCut } from "./shallow.ts";
import { storeComparisons } from "./store-comparisons.ts";
import { storeSignatures } from "./store-signatures.ts";
import { storeWalk } from "./store-walk.ts";
import { testRepository } from "./test-repository.ts";
import { isUnchanged } from "./walk-file.ts";

/** Reads commits, what they changed, and refs, with the system's git, and never writes into the repository. */
export const gitDriver: SourceDriver<"git"> = {
  kind: "git",
  test: testRepository,
  pull: pullRepository,
};

async function pullRepository(source: SourceOf<"git">, context: PullContext): Promise<PullOutcome> {
  // A cursor of another form is no cursor: what is stored already is not stored twice.
  const earlier = GitCursor.safeParse(context.cursor).data ?? null;
  const opened = await openRepository(source, context, earlier === null);
  const pull =
    (earlier && (await goOn(source, context, opened, earlier))) ?? (await begin(source, context, opened, earlier));
  const compared = await storeComparisons(source, pull, await storeWalk(pull, context), context);
  const finished = await storeSignatures(source, pull, compared, context);
  return outcomeOf(source, context.period, opened, finished);
}

async function begin(
  source: SourceOf<"git">,
  context: PullContext,
  opened: Repository,
  earlier: GitCursor | null,
): Promise<GitPull> {
  const plan = await planWalk(source, context, opened);
  if (earlier?.walk && plan.walk?.sha256 === earlier.walk.sha256) {
    return { cut: plan.cut, walk: plan.walk, cursor: withNote(earlier, resumed(earlier)) };
  }
  const cursor = await beginPull(plan, context);
  const note = `The pull was interrupted after ${earlier?.done} commits and the repository moved meanwhile: it was begun again.`;
  return { cut: plan.cut, walk: plan.walk, cursor: earlier ? withNote(cursor, note) : cursor };
}

/** Goes on with the list of commits that the interrupted pull began with, whatever the refs say now; null when it is lost. */
async function goOn(
  source: SourceOf<"git">,
  context: PullContext,
  opened: Repository,
  earlier: GitCursor,
): Promise<GitPull | null> {
  const files = filesOf(source, context);
  const walk = earlier.walk && { ...earlier.walk, path: files.walk };
  if (walk && !earlier.finished && !(await isUnchanged(walk, context.signal))) return null;
  const cut = await findCut(opened, files.shallow);
  const isDone = earlier.finished && earlier.comparedAll;
  return { cut, walk, cursor: isDone ? earlier : withNote(earlier, resumed(earlier)) };
}

function resumed({ done, walk }: GitCursor): string {
  return `The pull was interrupted after ${done} of ${walk?.commits ?? 0} commits and went on from there.`;
}

function withNote(cursor: GitCursor, note: string): GitCursor {
  return { ...cursor, notes: [...cursor.notes, note] };
}
