import { type FactSet, factsOf, type RepositoryFacts } from "../facts/fact-set.ts";
import type { Deployment, DeploymentStatus } from "../model/deployment-facts.ts";

/** Of a deployment that was only asked for: until a status says how it ended, it has put nothing anywhere. */
const askedFor = "asked for";

/**
 * Gives each deployment the end that its statuses tell. The first success counts, at its time: what follows, such as
 * `inactive` when the next one replaced it, is another's story, unless it turned out to be a failure. One that never
 * ended put nothing anywhere.
 */
export function endDeployments(set: FactSet, { repository, deployments }: RepositoryFacts): Deployment[] {
  const statuses = Map.groupBy(
    factsOf(set, "deployment-status").filter((status) => status.repository === repository),
    ({ deployment }) => deployment,
  );
  return deployments.flatMap((deployment) => {
    if (deployment.status !== askedFor) return [deployment];
    const end = endOf(statuses.get(deployment.id) ?? []);
    return end === undefined ? [] : [{ ...deployment, at: end.at, status: end.state }];
  });
}

function endOf(statuses: readonly DeploymentStatus[]): DeploymentStatus | undefined {
  const ordered = [...statuses].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  const success = ordered.find(({ state }) => state === "success");
  if (success === undefined) return ordered.find(({ state }) => isFailure(state));
  const last = ordered.findLast(({ state }) => state === "success" || isFailure(state));
  return last === undefined || last.state === "success"
    ? success
    : { ...success, state: `success, then ${last.state}` };
}

function isFailure(state: string): boolean {
  return state === "failure" || state === "error";
}
