import type { RepositoryFacts } from "../facts/fact-set.ts";
import type { Commit, Ref } from "../model/git-facts.ts";

/** A commit on the first-parent line of the release branch, with what it brought. */
export interface LineEntry {
  readonly commit: Commit;
  /** Place on the line, 0 is the oldest that was pulled. */
  readonly position: number;
  /** Commits that came to the release branch with it, itself first. */
  readonly brought: readonly Commit[];
  /** Places of earlier entries that had brought commits, beside the line, where this one's side branches start: needed to repeat the walk. */
  readonly restsOn: readonly number[];
  /** False when a commit that it brought is missing, without a boundary or before a clone's: then who wrote it cannot be told. */
  readonly whole: boolean;
}

export interface ReleaseLine {
  readonly entries: readonly LineEntry[];
  /** The branch's tip; absent when the branch was not among the pulled refs. */
  readonly tip: Ref | undefined;
  /** Place of a commit on the line, or of the newest commit of the line that it contains; undefined when it contains none. */
  positionOf(commit: string): number | undefined;
  isOnLine(commit: string): boolean;
  /**
   * Commits between a commit beside the line and the line, itself first: what `positionOf` rests on.
   * @param seen commits that are left out because they were given before; grows by those given now
   */
  pathToLine(commit: string, seen?: Set<string>): readonly Commit[];
}

/**
 * The line that the release branch itself took: from its tip along first parents (`git log --first-parent`).
 * Each merge is one step, whatever came with it.
 */
export function readReleaseLine(facts: RepositoryFacts, branch: string): ReleaseLine {
  const tip = facts.refs.get(`refs/heads/${branch}`) ?? facts.refs.get(`refs/remotes/origin/${branch}`);
  const line = walkFirstParents(facts, tip?.commit);
  const positions = new Map(line.map((commit, position) => [commit.id, position]));
  const reached = new Map<string, number>();
  const entries = line.map((commit, position) => ({
    commit,
    position,
    ...gatherBrought(facts, positions, commit, reached),
  }));
  return {
    entries,
    tip,
    isOnLine: (commit) => positions.has(commit),
    positionOf: createPlaceFinder(facts, positions),
    pathToLine: (commit, seen = new Set()) => walkToLine(facts, positions, commit, seen),
  };
}

/** The clone begins with this commit: what it was made from is not there, and so not what it changed. */
export function isCut(facts: RepositoryFacts, id: string): boolean {
  return facts.boundaries.get(id)?.reason === "shallow";
}

function isBeforeRange(facts: RepositoryFacts, id: string): boolean {
  return facts.boundaries.get(id)?.reason === "before-range";
}

function walkFirstParents(facts: RepositoryFacts, tip: string | undefined): Commit[] {
  const line: Commit[] = [];
  let id = tip;
  while (id !== undefined && !isBeforeRange(facts, id)) {
    const commit = facts.commits.get(id);
    if (!commit) break;
    line.push(commit);
    id = commit.parents[0];
  }
  return line.reverse();
}

/** Walks from a line commit over all parents to what earlier line commits had brought. `reached` grows along the line. */
function gatherBrought(
  facts: RepositoryFacts,
  positions: ReadonlyMap<string, number>,
  from: Commit,
  reached: Map<string, number>,
): Pick<LineEntry, "brought" | "restsOn" | "whole"> {
  const position = positions.get(from.id) as number;
  const brought: Commit[] = [];
  const restsOn = new Set<number>();
  let whole = true;
  const pending = [from.id];
  while (pending.length > 0) {
    const id = pending.pop() as string;
    const by = reached.get(id);
    if (by !== undefined && by !== position && !positions.has(id)) restsOn.add(by);
    if (by !== undefined || isBeforeRange(facts, id)) continue;
    reached.set(id, position);
    const commit = facts.commits.get(id);
    if (!commit) {
      whole = false;
      continue;
    }
    brought.push(commit);
    if (!isCut(facts, id)) pending.push(...commit.parents);
    // The line goes on before the clone; of a branch that begins before it, what else it had is not known.
    else if (commit.parents.length > (id === from.id ? 1 : 0)) whole = false;
  }
  return { brought, restsOn: [...restsOn], whole };
}

/** Finds the newest place that a commit contains, looking at each commit beside the line once, however often it is asked. */
function createPlaceFinder(
  facts: RepositoryFacts,
  positions: ReadonlyMap<string, number>,
): (commit: string) => number | undefined {
  const none = -1;
  const newest = new Map<string, number>();
  const placeOf = (id: string) => positions.get(id) ?? newest.get(id);
  return (commit) => {
    const pending = [commit];
    while (pending.length > 0) {
      const id = pending.at(-1) as string;
      const parents = positions.has(id) ? [] : (facts.commits.get(id)?.parents ?? []);
      const open = newest.has(id) ? [] : parents.filter((parent) => placeOf(parent) === undefined);
      // Noted before its parents are looked at, so that records that name each other as parents cannot hold it up.
      newest.set(id, Math.max(none, ...parents.map((parent) => placeOf(parent) ?? none)));
      if (open.length > 0) pending.push(...open);
      else pending.pop();
    }
    const found = placeOf(commit) ?? none;
    return found === none ? undefined : found;
  };
}

function walkToLine(
  facts: RepositoryFacts,
  positions: ReadonlyMap<string, number>,
  commit: string,
  seen: Set<string>,
): Commit[] {
  const path: Commit[] = [];
  const pending = [commit];
  while (pending.length > 0) {
    const id = pending.pop() as string;
    if (seen.has(id) || positions.has(id)) continue;
    seen.add(id);
    const beside = facts.commits.get(id);
    if (beside) path.push(beside);
    pending.push(...(beside?.parents ?? []));
  }
  return path;
}
