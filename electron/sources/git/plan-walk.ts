import { join } from "node:path";
import { millisecondsOf } from "../../../shared/model/instant.ts";
import type { Period } from "../../../shared/model/period.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { SourceContext } from "../source-driver.ts";
import type { LineStretch } from "./line-range.ts";
import { type RawReflog, readReflogs } from "./reflogs.ts";
import { findReleaseBranches, findTips, type ListedRef, listRefs, type ReleaseBranch } from "./refs.ts";
import { findStretches, type Span } from "./release-line.ts";
import { callOn, type Repository } from "./repository.ts";
import { readGitText, startGit } from "./run-git.ts";
import { writeSeveralLines } from "./several-lines.ts";
import { type Cut, checkCut, findCut } from "./shallow.ts";
import { type WalkFile, writeWalkFile } from "./walk-file.ts";

/** Commit dates and the host's merge times may differ; this much is pulled on both sides of the period. */
export const marginDays = 30;

/** What a pull is going to read, fixed before the first commit is. */
export interface WalkPlan {
  readonly refs: { readonly bytes: Buffer; readonly refs: readonly ListedRef[] };
  /** The release branch, or the last of several: its .mailmap and CODEOWNERS are read. */
  readonly branch: ReleaseBranch;
  readonly cut: Cut;
  /** What git noted of the moves of the release branches near the period. */
  readonly reflogs: readonly RawReflog[];
  /** Commits on the release branch that are read; null: none is dated near the period. */
  readonly stretch: LineStretch | null;
  /** The release branches before it, where patterns name several; of them too only those dated near the period. */
  readonly others: readonly ReadLine[];
  /** Release branches of which nothing is read. */
  readonly leftOut: readonly ReleaseBranch[];
  /** Tips of other refs that are dated near the period. */
  readonly tips: readonly string[];
  readonly walk: WalkFile | null;
  /** Commits just before the walk that commits in it name as parents. */
  readonly before: readonly string[];
  /** Commits on the line after the stretch: read so that the line can be followed from the branch's tip, without what they brought. */
  readonly later: number;
  /** git's own count of the range and of the line after it. */
  readonly counted: number;
}

/** A release branch with what of it is read. */
export interface ReadLine {
  readonly branch: ReleaseBranch;
  readonly stretch: LineStretch;
}

/** The files that a git pull keeps in the work folder. */
export function filesOf(source: SourceOf<"git">, context: SourceContext): { walk: string; shallow: string } {
  return {
    walk: join(context.workFolder, `${source.id}.walk`),
    shallow: join(context.workFolder, `${source.id}.shallow`),
  };
}

/**
 * Chooses what to read: what the release branch got near the period, what other refs got meanwhile, and nothing that
 * was on the branch before.
 * @throws git-unknown-branch, git-shallow, git-corrupt
 */
export async function planWalk(source: SourceOf<"git">, context: SourceContext, opened: Repository): Promise<WalkPlan> {
  const files = filesOf(source, context);
  const refs = await listRefs(opened);
  const branches = findReleaseBranches(refs.refs, source.releaseBranch, opened.named);
  const cut = await findCut(opened, files.shallow);
  const { repository } = cut;
  const near = spanOf(context.period, marginDays);
  const reflogs = await readReflogs(repository, branches, near);
  const lines = await findLines(branches, cut, [near, spanOf(context.period, 0)]);
  const leftOut = branches.filter((branch) => !lines.some((line) => line.branch === branch));
  const last = lines.at(-1);
  if (!last) {
    const [branch, ...rest] = branches;
    const nothing = { stretch: null, others: [], tips: [], walk: null, before: [], later: 0, counted: 0 };
    return { refs, branch, cut, reflogs, leftOut: rest, ...nothing };
  }
  const { branch, stretch } = last;
  const newest = new Set(lines.map((line) => line.stretch.newest));
  const tips = (await findTips(repository, near.from, near.to)).filter((tip) => !newest.has(tip));
  const plan = { refs, branch, cut, reflogs, stretch, others: lines.slice(0, -1), leftOut, tips };
  if (lines.length > 1) {
    const read = lines.map((line) => ({ tip: line.branch.tip, stretch: line.stretch }));
    return { ...plan, ...(await writeSeveralLines(repository, files.walk, read, tips)) };
  }
  const range = [stretch.newest, ...tips, ...(stretch.base ? [`^${stretch.base}`] : [])];
  const line = [branch.tip, ...[stretch.newest, ...tips].map((id) => `^${id}`)];
  const [{ walk, before }, counted, later] = await Promise.all([
    writeWalkFile(files.walk, repository.idLength, listIds(repository, line, range)),
    count(repository, [], range),
    count(repository, ["--first-parent"], line),
  ]);
  return { ...plan, walk, before, later, counted: counted + later };
}

/** The branches that have commits near the period. @param spans the period with the margin, and without */
async function findLines(
  branches: readonly ReleaseBranch[],
  cut: Cut,
  spans: readonly [near: Span, own: Span],
): Promise<ReadLine[]> {
  const lines: ReadLine[] = [];
  for (const branch of branches) {
    const [wide = null, own = null] = await findStretches(cut.repository, branch.tip, spans);
    await checkCut(cut, own);
    const stretch = withoutCut(wide, cut);
    if (stretch) lines.push({ branch, stretch });
  }
  return lines;
}

export function spanOf(period: Period, margin: number): Span {
  const seconds = margin * 86_400;
  return { from: millisecondsOf(period.start) / 1000 - seconds, to: millisecondsOf(period.end) / 1000 + seconds };
}

/** What a shallow clone's first commit on the line brought cannot be told: it is where the walk begins, not part of it. */
function withoutCut(stretch: LineStretch | null, cut: Cut): LineStretch | null {
  if (!stretch || !cut.commits.has(stretch.oldest)) return stretch;
  return stretch.length === 1 ? null : { ...stretch, length: stretch.length - 1, base: stretch.oldest };
}

async function count(repository: Repository, options: readonly string[], range: readonly string[]): Promise<number> {
  return Number(await readGitText(callOn(repository, ["rev-list", "--count", ...options, "--stdin"], range)));
}

/** Ids of the line after the stretch, then those of the range and of what lies just before it. */
async function* listIds(
  repository: Repository,
  line: readonly string[],
  range: readonly string[],
): AsyncGenerator<Buffer> {
  for (const [options, ids] of [
    [["--first-parent"], line],
    [["--boundary"], range],
  ] as const) {
    const running = startGit(callOn(repository, ["rev-list", ...options, "--stdin"], ids));
    yield* running.stdout as AsyncIterable<Buffer>;
    await running.ended;
  }
}
