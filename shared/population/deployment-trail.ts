import type { RepositoryFacts } from "../facts/fact-set.ts";
import type { Artifact, Deployment } from "../model/deployment-facts.ts";
import type { DeploymentItem, RevisionPlace } from "../model/deployment-item.ts";
import { hasFailed } from "../model/deployment-words.ts";
import type { Ref } from "../model/git-facts.ts";
import type { ReleaseLine } from "./release-line.ts";
import type { createRevisionFinder, FoundCommit } from "./revision-finding.ts";

/** A production deployment tied to git, in its place in the history of its environment. */
export interface TrailEntry {
  readonly deployment: Deployment;
  readonly revisionKind: DeploymentItem["revisionKind"];
  readonly place: RevisionPlace;
  readonly commit: string;
  readonly ref: Ref | undefined;
  /** What was built, where the revision names that. */
  readonly artifacts: readonly Artifact[];
  /** Newest place on the release line that it contains. */
  readonly position: number | undefined;
  readonly rollback: boolean;
  /** Places on the line that reached the environment with it for the first time: from (included), to (included). */
  readonly brings: { readonly from: number; readonly to: number } | undefined;
}

/** Follows each production environment through time: what each deployment put there, and what it brought for the first time. */
export function followDeployments(
  facts: RepositoryFacts,
  line: ReleaseLine,
  findCommit: ReturnType<typeof createRevisionFinder>,
): TrailEntry[] {
  const isBounded = facts.boundaries.size > 0;
  const state = new Map<string, EnvironmentState>();
  return distinctDeployments(facts.deployments)
    .filter((deployment) => deployment.production)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map((deployment) => {
      const { kind: revisionKind, ...commit } = findCommit(deployment);
      const found = { revisionKind, ...commit, ...placeFound(facts, line, isBounded, commit) };
      const environment = state.get(deployment.environment) ?? { current: undefined, highest: -1, stood: new Set() };
      state.set(deployment.environment, environment);
      const { position } = found;
      const took = position !== undefined && !hasFailed(deployment);
      const rollback = took && found.place === "release-branch" && isRollback(environment, found.commit, position);
      const brings =
        took && position > environment.highest ? { from: environment.highest + 1, to: position } : undefined;
      if (took) {
        environment.current = position;
        environment.stood.add(found.commit);
        environment.highest = Math.max(environment.highest, position);
      }
      return { deployment, ...found, rollback, brings };
    });
}

interface EnvironmentState {
  current: number | undefined;
  /** Newest place on the line that ever stood there. */
  highest: number;
  /** Commits that stood there. */
  readonly stood: Set<string>;
}

/**
 * A rollback puts something back that stood there before, and is older than what stands there. A release that was only
 * tagged out of order is older too, but nobody took anything back with it; and a commit beside the line is neither.
 */
function isRollback({ current, stood }: EnvironmentState, commit: string, position: number): boolean {
  return current !== undefined && position < current && stood.has(commit);
}

function distinctDeployments(deployments: readonly Deployment[]): Deployment[] {
  return [...new Map(deployments.map((d) => [`${d.environment}/${d.id}`, d])).values()];
}

/** Where a found commit stands. @param isBounded the pulled history begins later than the repository's */
function placeFound(
  facts: RepositoryFacts,
  line: ReleaseLine,
  isBounded: boolean,
  { commit, ref }: Pick<FoundCommit, "commit" | "ref">,
): Pick<TrailEntry, "place" | "position"> {
  if (commit === "") return { place: "unresolved", position: undefined };
  if (line.isOnLine(commit)) return { place: "release-branch", position: line.positionOf(commit) };
  if (facts.commits.has(commit)) return { place: "other-branch", position: line.positionOf(commit) };
  const isOlder = ref !== undefined || facts.boundaries.get(commit)?.reason === "before-range";
  return { place: isOlder ? "older" : isBounded ? "beyond" : "absent", position: undefined };
}
