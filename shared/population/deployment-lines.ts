import type { RepositoryFacts } from "../facts/fact-set.ts";
import type { Artifact, Deployment } from "../model/deployment-facts.ts";
import { hasFailed } from "../model/deployment-words.ts";
import { followDeployments, type TrailEntry } from "./deployment-trail.ts";
import type { LineEntry } from "./release-line.ts";
import type { OwnedLine } from "./release-lines.ts";
import { createRevisionFinder } from "./revision-finding.ts";

/** Production deployments of a repository in their places on its release lines. */
export interface DeploymentLines {
  /** For each line all deployments as they stand to it, oldest first. */
  readonly seen: readonly (readonly TrailEntry[])[];
  /** For each line those that are of this line. */
  readonly own: readonly (readonly TrailEntry[])[];
  /** All of them, each as it stands to its own line, oldest first. */
  readonly history: readonly TrailEntry[];
  /** Changes that reached the environment with a deployment for the first time, of whatever line. */
  broughtBy(deployment: Deployment): readonly LineEntry[];
  /** What a deployment changed in its environment against what stood there before. */
  stepOf(deployment: Deployment): DeploymentStep;
}

/** From one deployment of an environment to the next that did not fail. */
export interface DeploymentStep {
  /** What stood there before; undefined for the first. */
  readonly previous: TrailEntry | undefined;
  /** Changes that it has and the previous one had not, for the first time or again. */
  readonly added: readonly LineEntry[];
  /** Changes that the previous one had and it has not. */
  readonly removed: readonly LineEntry[];
}

/**
 * Follows the deployments along every line: one of a branch that was cut from another also puts there what it shares
 * with the other. A deployment is of the line on which its commit is counted; beside the lines, of the last one that has
 * a commit of its own as the newest that it contains; else of the first.
 */
export function followOnLines(
  facts: RepositoryFacts,
  lines: readonly OwnedLine[],
  artifactsOf: (revision: string) => readonly Artifact[],
): DeploymentLines {
  const findCommit = createRevisionFinder(facts, artifactsOf);
  const seen = lines.map(({ line }) => followDeployments(facts, line, findCommit));
  // The same deployments in the same order on every line.
  const deployments = (seen[0] ?? []).map(({ deployment }) => deployment);
  const places = new Map(deployments.map((deployment, index) => [deployment, index]));
  const homes = deployments.map((_, index) => findHome(lines, seen, index));
  const history = tellRollbacks(seen, homes);
  const before = findPrevious(history);
  const ownEntries = ({ line, owns }: OwnedLine, from: number, to: number) =>
    line.entries.slice(from, to + 1).filter(({ commit }) => owns(commit.id));
  return {
    seen,
    own: lines.map((_, line) => history.filter((_entry, index) => homes[index] === line)),
    history,
    broughtBy(deployment) {
      const index = places.get(deployment) ?? -1;
      return lines.flatMap((line, each) => {
        const brings = seen[each]?.[index]?.brings;
        return brings ? ownEntries(line, brings.from, brings.to) : [];
      });
    },
    stepOf(deployment) {
      const index = places.get(deployment) ?? -1;
      const earlier = before[index];
      const placeOn = (each: number, of: number | undefined) =>
        (of === undefined ? undefined : seen[each]?.[of]?.position) ?? -1;
      const took = history[index]?.position !== undefined && !hasFailed(deployment);
      const between = (from: number | undefined, to: number | undefined) =>
        took ? lines.flatMap((line, each) => ownEntries(line, placeOn(each, from) + 1, placeOn(each, to))) : [];
      return {
        previous: earlier === undefined ? undefined : history[earlier],
        added: between(earlier, index),
        removed: earlier === undefined ? [] : between(index, earlier),
      };
    },
  };
}

function findHome(lines: readonly OwnedLine[], seen: readonly (readonly TrailEntry[])[], index: number): number {
  const commit = seen[0]?.[index]?.commit ?? "";
  const on = lines.findIndex(({ owns }) => owns(commit));
  if (on >= 0) return on;
  const beside = lines.findLastIndex(({ line, owns }, each) => {
    const newest = line.entries[seen[each]?.[index]?.position ?? -1];
    return newest !== undefined && owns(newest.commit.id);
  });
  return Math.max(beside, 0);
}

/**
 * A rollback puts back something that stood there before and does not contain what stands there, whichever lines the two
 * are of. On one line this is the same as an older place.
 */
function tellRollbacks(seen: readonly (readonly TrailEntry[])[], homes: readonly number[]): TrailEntry[] {
  const environments = new Map<string, { home: number; position: number; stood: Set<string> }>();
  return homes.flatMap((home, index) => {
    const entry = seen[home]?.[index];
    if (!entry) return [];
    const { deployment, position, commit, place } = entry;
    if (position === undefined || hasFailed(deployment)) return [{ ...entry, rollback: false }];
    const before = environments.get(deployment.environment);
    const contained = before && (seen[before.home]?.[index]?.position ?? -1);
    const lacks = before !== undefined && contained !== undefined && contained < before.position;
    const rollback = place === "release-branch" && lacks && before.stood.has(commit);
    environments.set(deployment.environment, { home, position, stood: (before?.stood ?? new Set()).add(commit) });
    return [{ ...entry, rollback }];
  });
}

/** For each deployment the one before it in its environment that did not fail, and whose place in git is known. */
function findPrevious(history: readonly TrailEntry[]): (number | undefined)[] {
  const standing = new Map<string, number>();
  return history.map(({ deployment, position }, index) => {
    const previous = standing.get(deployment.environment);
    if (position !== undefined && !hasFailed(deployment)) standing.set(deployment.environment, index);
    return previous;
  });
}
