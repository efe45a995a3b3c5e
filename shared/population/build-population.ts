import type { Change } from "../model/change.ts";
import type { DeploymentItem } from "../model/deployment-item.ts";
import { isWithin, type Period } from "../model/period.ts";
import type { Exclusion, Population, Remark } from "../model/population.ts";
import { assembleChange } from "./change-assembly.ts";
import { assembleDeployment } from "./deployment-assembly.ts";
import { createEntityContext, type EntityContext } from "./entity-context.ts";
import { assembleAllEntityItems, type PopulationScope } from "./entity-population.ts";
import { selectOnLines } from "./line-selection.ts";
import { remarkUnguarded } from "./protection-windows.ts";
import { reconcile } from "./reconciliation.ts";
import { createContexts, type PopulationInput, type RepositoryContext } from "./repository-context.ts";

/** Facts → all items of the period of every kind, what was left out and why, and the reconciliation of the changes. */
export function buildPopulation(input: PopulationInput, scope: PopulationScope): Population {
  return assemblePopulation(input, scope).population;
}

/** With what the items were assembled from. */
export interface AssembledPopulation {
  readonly population: Population;
  readonly contexts: readonly RepositoryContext[];
  readonly entity: EntityContext;
}

export function assemblePopulation(input: PopulationInput, scope: PopulationScope): AssembledPopulation {
  const { period } = scope;
  const contexts = createContexts(input);
  const { changes, exclusions, remarks } = assembleChanges(contexts, period);
  const deployments: DeploymentItem[] = [];
  for (const context of contexts) {
    for (const entry of context.deployments) {
      if (isWithin(period, entry.deployment.at)) deployments.push(assembleDeployment(context, entry, period));
    }
  }
  const entity = createEntityContext(input, contexts, changes);
  const population = {
    items: { change: changes, deployment: deployments, ...assembleAllEntityItems(entity, scope) },
    exclusions,
    remarks,
    reconciliation: reconcile(changes, deployments, input.facts.tickets, contexts, period),
  };
  return { population, contexts, entity };
}

interface ChangesOfPeriod {
  readonly changes: readonly Change[];
  readonly exclusions: readonly Exclusion[];
  readonly remarks: readonly Remark[];
}

/** The changes of the period on every release line. */
export function assembleChanges(contexts: readonly RepositoryContext[], period: Period): ChangesOfPeriod {
  const changes: Change[] = [];
  const exclusions: Exclusion[] = [];
  const remarks: Remark[] = [];
  const bySource = Map.groupBy(contexts, ({ source }) => source);
  const selections = [...bySource.values()].flatMap((lines) => selectOnLines(lines, period));
  for (const [index, context] of contexts.entries()) {
    const selection = selections[index];
    exclusions.push(...(selection?.exclusions ?? []));
    remarks.push(...(selection?.remarks ?? []), ...remarkUnguarded(context, selection?.members ?? []));
    for (const entry of selection?.members ?? []) changes.push(assembleChange(context, entry, period));
  }
  return { changes, exclusions, remarks };
}
