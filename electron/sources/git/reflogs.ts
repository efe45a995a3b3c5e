import { readFile } from "node:fs/promises";
import { TickmarkError } from "../../../shared/errors.ts";
import type { ReflogEntry } from "../../../shared/model/git-facts.ts";
import { findPresent } from "./objects.ts";
import type { ReleaseBranch } from "./refs.ts";
import type { Span } from "./release-line.ts";
import { callOn, type Repository } from "./repository.ts";
import { readGitText } from "./run-git.ts";

/** So many lost commits are named; all are counted. */
const mostNamed = 100;

export interface RawReflog {
  readonly ref: string;
  /** An entry a line, JSON, oldest first; those that moved the branch forward too. */
  readonly bytes: Buffer;
}

/**
 * What git noted of the moves of a release branch near the period: `<before> <after> <who> <when>\t<why>` as the file has
 * it, and beside each what git says now of how the two commits stand to each other. The branch of the origin counts where
 * it was followed: what somebody does to a branch of their own clone before they push it rewrites nothing for others.
 *
 * A shallow clone cannot tell a rewrite from its own cut, so nothing is read there. Branches of which no reflog is kept
 * (a bare repository keeps one only when it is told to) are left out.
 */
export async function readReflogs(
  repository: Repository,
  branches: readonly ReleaseBranch[],
  span: Span,
): Promise<RawReflog[]> {
  if (repository.shallow.length > 0) return [];
  const reflogs: RawReflog[] = [];
  for (const { ref, tip } of branches) {
    const name = ref.replace(/^refs\/(?:heads|remotes\/origin)\//, "");
    const found =
      (await readLines(repository, `refs/remotes/origin/${name}`)) ??
      (await readLines(repository, `refs/heads/${name}`));
    const near = found?.lines.filter((line) => isNear(line, span)) ?? [];
    if (!found || near.length === 0) continue;
    const known = await readParents(
      repository,
      near.flatMap(commitsOf).filter((id) => isCommitId(id, repository)),
    );
    const entries: ReflogEntry[] = [];
    for (const line of near) entries.push(await describeEntry(repository, line, tip, known));
    // A reflog that only moves forward is one of many that a clone can have, and evidence of nothing that others lack.
    if (entries.every(({ moved }) => moved === "forward")) continue;
    const bytes = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    reflogs.push({ ref: found.ref, bytes });
  }
  return reflogs;
}

async function readLines(repository: Repository, ref: string): Promise<{ ref: string; lines: string[] } | null> {
  const path = await readGitText(
    callOn(repository, ["rev-parse", "--path-format=absolute", "--git-path", `logs/${ref}`]),
  );
  try {
    return { ref, lines: (await readFile(path, "utf8")).split("\n").filter((line) => line !== "") };
  } catch {
    return null;
  }
}

/** A time that cannot be read counts as near: the reader lists such a line. */
function isNear(line: string, { from, to }: Span): boolean {
  const seconds = Number(/> (\d+) [+-]\d{4}(?:\t|$)/.exec(line)?.[1] ?? Number.NaN);
  return Number.isNaN(seconds) || (seconds >= from && seconds < to);
}

/** Before and after. */
function commitsOf(line: string): [before: string, after: string] {
  const [before = "", after = ""] = line.split(" ");
  return [before, after];
}

type Parents = ReadonlyMap<string, readonly string[]>;

/** Parents of those of the commits that are there: most moves are one step, and need no question of their own. */
async function readParents(repository: Repository, ids: readonly string[]): Promise<Parents> {
  const present = [...(await findPresent(repository, [...new Set(ids)]))];
  if (present.length === 0) return new Map();
  const listed = await readGitText(callOn(repository, ["rev-list", "--no-walk", "--parents", "--stdin"], present));
  return new Map(
    listed.split("\n").map((line) => {
      const [id = "", ...parents] = line.split(" ");
      return [id, parents];
    }),
  );
}

async function describeEntry(repository: Repository, line: string, tip: string, known: Parents): Promise<ReflogEntry> {
  const nothing = { line, bases: [], kept: [], lost: [], lostCount: 0 };
  const [before, after] = commitsOf(line);
  // A branch that begins has nothing before it.
  if (!isCommitId(before, repository) || !isCommitId(after, repository) || before === after)
    return { ...nothing, moved: "forward" };
  if (known.get(after)?.includes(before)) return { ...nothing, moved: "forward" };
  // Where the later commit is gone, the entry that left it tells what the branch lost.
  if (!known.has(after)) return { ...nothing, moved: "unknown" };
  const kept = await mergeBases(repository, after, tip);
  // What a branch contained cannot go while the branch contains it: a commit that git has thrown away was given up.
  if (!known.has(before)) return { ...nothing, moved: "rewritten", kept };
  const lostCount = Number(await readGitText(callOn(repository, ["rev-list", "--count", before, `^${after}`])));
  if (lostCount === 0) return { ...nothing, moved: "forward" };
  const lost = await readGitText(callOn(repository, ["rev-list", `--max-count=${mostNamed}`, before, `^${after}`]));
  return {
    ...{ line, moved: "rewritten", bases: await mergeBases(repository, before, after) },
    ...{ kept, lost: lost.split("\n"), lostCount },
  };
}

async function mergeBases(repository: Repository, one: string, other: string): Promise<string[]> {
  try {
    const bases = await readGitText(callOn(repository, ["merge-base", "--all", one, other]));
    return bases.split("\n").filter(Boolean);
  } catch (thrown) {
    // git ends with 1 and no word where two histories have nothing in common.
    if (thrown instanceof TickmarkError && thrown.code === "git-failed") return [];
    throw thrown;
  }
}

function isCommitId(id: string, { idLength }: Repository): boolean {
  return id.length === idLength && /^[0-9a-f]+$/.test(id) && !/^0+$/.test(id);
}
