import type { DeploymentItem } from "../model/deployment-item.ts";
import { releaseUses } from "./change-assembly.ts";
import type { TrailEntry } from "./deployment-trail.ts";
import { changeId } from "./period-selection.ts";
import type { RepositoryContext } from "./repository-context.ts";

export function deploymentId(repository: string, entry: TrailEntry): string {
  return `${repository}/${entry.deployment.environment}/${entry.deployment.id}`;
}

/** Makes the item that the rules read of one production deployment. */
export function assembleDeployment(context: RepositoryContext, entry: TrailEntry): DeploymentItem {
  const { deployment, brings } = entry;
  const { repository } = context.facts;
  const { directory, coverage, line } = context;
  const on = (position: number | undefined) => (position === undefined ? undefined : line.entries[position]);
  const change = on(entry.position);
  const covers = (kind: "commits" | "requests" | "reviews" | "builds" | "deployments") =>
    coverage.covers(kind, repository, deployment.at);
  return {
    id: deploymentId(repository, entry),
    repository,
    environment: deployment.environment,
    at: deployment.at,
    account: directory.resolve({ system: "deploy", name: deployment.by }),
    requestedBy: directory.resolve({ system: "deploy", name: deployment.requestedBy }),
    trigger: deployment.trigger,
    byPipeline: deployment.byPipeline,
    status: deployment.status,
    revision: deployment.revision,
    revisionKind: entry.revisionKind,
    place: entry.place,
    commit: entry.commit,
    change: change ? changeId(repository, change.commit.id) : "",
    isMerge: entry.place === "release-branch" && (change?.commit.parents.length ?? 0) > 1,
    rollback: entry.rollback,
    newChanges: brings
      ? line.entries.slice(brings.from, brings.to + 1).map(({ commit }) => changeId(repository, commit.id))
      : [],
    coverage: {
      commits: covers("commits"),
      requests: covers("requests"),
      reviews: covers("reviews"),
      tickets: coverage.scopesOf("tickets", deployment.at).length > 0,
      builds: covers("builds"),
      deployments: covers("deployments"),
    },
    evidence: [
      ...releaseUses(entry),
      ...(change
        ? [{ evidence: change.commit.origin.evidence, place: change.commit.origin.place, as: "commit" as const }]
        : []),
    ],
  };
}
