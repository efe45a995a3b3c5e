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
export interface ItemFinder {
  findChange(id: string): { context: RepositoryContext; entry: LineEntry } | undefined;
  /** The item as the evidence at hand gives it; undefined when the evidence knows no such item. */
  assemble(population: PopulationKind, id: string): Item | undefined;
  /** Changes that an item of another kind speaks of: it comes out the same only where theirs is at hand. */
  changesBehind(population: PopulationKind, id: string): readonly Change[];
}

export function createItemFinder(
  input: PopulationInput,
  contexts: readonly RepositoryContext[],
  scope: PopulationScope,
): ItemFinder {
  const changes = new Map<string, { context: RepositoryContext; entry: LineEntry }>();
  const deployments = new Map<string, { context: RepositoryContext; entry: TrailEntry }>();
  for (const context of contexts) {
    const { repository } = context.facts;
    for (const entry of context.line.entries) {
      if (context.owns(entry.commit.id)) changes.set(changeId(repository, entry.commit.id), { context, entry });
    }
    for (const entry of context.deployments) deployments.set(deploymentId(repository, entry), { context, entry });
  }
  const entity = createEntityFinder(input, contexts, scope);
  return {
    findChange: (id) => changes.get(id),
    assemble(population, id) {
      if (population === "change") {
        const found = changes.get(id);
        return found && assembleChange(found.context, found.entry, scope.period);
      }
      if (population === "deployment") {
        const found = deployments.get(id);
        return found && assembleDeployment(found.context, found.entry, scope.period);
      }
      return entity.find(population, id);
    },
    changesBehind: entity.changesBehind,
  };
}

/** Items of the whole entity need all changes of the period: these are put together when the first such item is asked for. */
function createEntityFinder(
  input: PopulationInput,
  contexts: readonly RepositoryContext[],
  scope: PopulationScope,
): { find(kind: EntityKind, id: string): Item | undefined } & Pick<ItemFinder, "changesBehind"> {
  let context: EntityContext | undefined;
  const items = new Map<EntityKind, ReadonlyMap<string, Item>>();
  const contextOf = () => {
    context ??= createEntityContext(input, contexts, assembleChanges(contexts, scope.period).changes);
    return context;
  };
  return {
    find(kind, id) {
      let known = items.get(kind);
      if (!known) {
        known = new Map(assembleEntityItems(kind, contextOf(), scope).map((item) => [item.id, item]));
        items.set(kind, known);
      }
      return known.get(id);
    },
    changesBehind(population, id) {
      if (population === "review-pattern") return contextOf().changes.filter(({ repository }) => repository === id);
      if (population !== "incident") return [];
      const { tickets, changesNaming } = contextOf();
      const keys = new Set([id, ...(tickets.viewOf(id)?.links.map(({ to }) => to) ?? [])]);
      return [...keys].flatMap((key) => changesNaming(key));
    },
  };
}
