import { isWithin, type Period } from "../model/period.ts";
import type { Exclusion, Population, Remark } from "../model/population.ts";
import { assembleChange } from "./change-assembly.ts";
import { assembleDeployment } from "./deployment-assembly.ts";
import { selectOnLines } from "./line-selection.ts";
import { reconcile } from "./reconciliation.ts";
import { createContexts, type PopulationInput } from "./repository-context.ts";

/** Facts → all changes and production deployments of the period, what was left out and why, and their reconciliation. */
export function buildPopulation(input: PopulationInput, period: Period): Population {
  const contexts = createContexts(input);
  const changes = [];
  const deployments = [];
  const exclusions: Exclusion[] = [];
  const remarks: Remark[] = [];
  const bySource = Map.groupBy(contexts, ({ source }) => source);
  const selections = [...bySource.values()].flatMap((lines) => selectOnLines(lines, period));
  for (const [index, context] of contexts.entries()) {
    const selection = selections[index];
    exclusions.push(...(selection?.exclusions ?? []));
    remarks.push(...(selection?.remarks ?? []));
    for (const entry of selection?.members ?? []) changes.push(assembleChange(context, entry));
    for (const entry of context.deployments) {
      if (isWithin(period, entry.deployment.at)) deployments.push(assembleDeployment(context, entry));
    }
  }
  const reconciliation = reconcile(changes, deployments, input.facts.tickets, contexts, period);
  return { changes, deployments, exclusions, remarks, reconciliation };
}
