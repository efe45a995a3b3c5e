import type { Change } from "../model/change.ts";
import type { DeploymentItem } from "../model/deployment-item.ts";
import type { PopulationKind } from "../model/sample.ts";
import { assembleChange } from "./change-assembly.ts";
import { assembleDeployment, deploymentId } from "./deployment-assembly.ts";
import type { TrailEntry } from "./deployment-trail.ts";
import { changeId } from "./period-selection.ts";
import type { LineEntry } from "./release-line.ts";
import type { RepositoryContext } from "./repository-context.ts";

/** Finds items by id, and assembles them anew, in a repository's evidence or in the part of it that a bundle holds. */
export interface ItemFinder {
  findChange(id: string): { context: RepositoryContext; entry: LineEntry } | undefined;
  findDeployment(id: string): { context: RepositoryContext; entry: TrailEntry } | undefined;
  /** The item as the evidence at hand gives it; undefined when the evidence knows no such item. */
  assemble(population: PopulationKind, id: string): Change | DeploymentItem | undefined;
}

export function createItemFinder(contexts: readonly RepositoryContext[]): ItemFinder {
  const changes = new Map<string, { context: RepositoryContext; entry: LineEntry }>();
  const deployments = new Map<string, { context: RepositoryContext; entry: TrailEntry }>();
  for (const context of contexts) {
    const { repository } = context.facts;
    for (const entry of context.line.entries) {
      if (context.owns(entry.commit.id)) changes.set(changeId(repository, entry.commit.id), { context, entry });
    }
    for (const entry of context.deployments) deployments.set(deploymentId(repository, entry), { context, entry });
  }
  return {
    findChange: (id) => changes.get(id),
    findDeployment: (id) => deployments.get(id),
    assemble(population, id) {
      if (population === "change") {
        const found = changes.get(id);
        return found && assembleChange(found.context, found.entry);
      }
      const found = deployments.get(id);
      return found && assembleDeployment(found.context, found.entry);
    },
  };
}
