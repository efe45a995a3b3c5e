import type { Change } from "../model/change.ts";
import type { Item } from "../model/item.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import { assembleChanges } from "./build-population.ts";
import { assembleChange } from "./change-assembly.ts";
import { assembleDeployment, deploymentId } from "./deployment-assembly.ts";
import type { TrailEntry } from "./deployment-trail.ts";
import { createEntityContext, type EntityContext } from "./entity-context.ts";
import { assembleEntityItems, type EntityKind, type PopulationScope } from "./entity-population.ts";
import { changeId } from "./period-selection.ts";
import type { LineEntry } from "./release-line.ts";
import type { PopulationInput, RepositoryContext } from "./repository-context.ts";

/** Finds items by id, and assembles them anew, in a repository's evidence or in the part of it that a bundle holds. */
export interface ItemFinder extends FootingFinder {
  /** The item as the evidence at hand gives it; undefined when the evidence knows no such item. */
  assemble(population: PopulationKind, id: string): Item | undefined;
}

/** Finds what items rest on besides the records that they name. */
export interface FootingFinder {
  findChange(id: string): { context: RepositoryContext; entry: LineEntry } | undefined;
  /** Changes that an item of another kind speaks of: it comes out the same only where theirs is at hand. */
  changesBehind(population: PopulationKind, id: string): readonly Change[];
}

/** @param entity what items of the whole entity are assembled from; asked for when the first of them is asked about */
export function createFootingFinder(
  contexts: readonly RepositoryContext[],
  entity: () => EntityContext,
): FootingFinder {
  const changes = new Map<string, { context: RepositoryContext; entry: LineEntry }>();
  for (const context of contexts) {
    for (const entry of context.line.entries) {
      if (context.owns(entry.commit.id))
        changes.set(changeId(context.facts.repository, entry.commit.id), { context, entry });
    }
  }
  return {
    findChange: (id) => changes.get(id),
    changesBehind(population, id) {
      if (population === "review-pattern") return entity().changes.filter(({ repository }) => repository === id);
      if (population !== "incident") return [];
      const { tickets, changesNaming } = entity();
      const keys = new Set([id, ...(tickets.viewOf(id)?.links.map(({ to }) => to) ?? [])]);
      return [...keys].flatMap((key) => changesNaming(key));
    },
  };
}

export function createItemFinder(
  input: PopulationInput,
  contexts: readonly RepositoryContext[],
  scope: PopulationScope,
): ItemFinder {
  const deployments = new Map<string, { context: RepositoryContext; entry: TrailEntry }>();
  for (const context of contexts) {
    const { repository } = context.facts;
    for (const entry of context.deployments) deployments.set(deploymentId(repository, entry), { context, entry });
  }
  // Items of the whole entity need all changes of the period: these are put together when the first such item is asked for.
  let entity: EntityContext | undefined;
  const entityOf = () => {
    entity ??= createEntityContext(input, contexts, assembleChanges(contexts, scope.period).changes);
    return entity;
  };
  const findEntityItem = createEntityItemFinder(entityOf, scope);
  const footing = createFootingFinder(contexts, entityOf);
  return {
    ...footing,
    assemble(population, id) {
      if (population === "change") {
        const found = footing.findChange(id);
        return found && assembleChange(found.context, found.entry, scope.period);
      }
      if (population === "deployment") {
        const found = deployments.get(id);
        return found && assembleDeployment(found.context, found.entry, scope.period);
      }
      return findEntityItem(population, id);
    },
  };
}

function createEntityItemFinder(
  entity: () => EntityContext,
  scope: PopulationScope,
): (kind: EntityKind, id: string) => Item | undefined {
  const items = new Map<EntityKind, ReadonlyMap<string, Item>>();
  return (kind, id) => {
    const known = items.get(kind) ?? new Map(assembleEntityItems(kind, entity(), scope).map((item) => [item.id, item]));
    items.set(kind, known);
    return known.get(id);
  };
}
