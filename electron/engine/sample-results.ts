import type { Item } from "../../shared/model/item.ts";
import type { PopulationKind } from "../../shared/model/population-kind.ts";
import type { Result } from "../../shared/model/result.ts";
import { VerdictTable } from "../../shared/model/verdict-table.ts";
import type { TestedSample } from "../../shared/sample/tested-samples.ts";
import type { Session } from "./session.ts";

/** Results of samples in their order, of one control or of all. An item may be in the sample and be named by the auditor too: its results are the same, and stated once. */
export function* readSampleResults(
  session: Session,
  samples: readonly TestedSample[],
  control: string | null = null,
): Generator<Result> {
  const filter = control === null ? {} : { control };
  const stated = new Map<PopulationKind, Set<string>>();
  for (const { population, draws, drawn } of samples) {
    const before = stated.get(population);
    for (const { id } of draws) {
      for (const result of session.store.results({ drawId: id, ...filter }))
        if (!before?.has(result.item)) yield result;
    }
    stated.set(population, new Set([...(before ?? []), ...drawn]));
  }
}

/** The same of all controls, in little memory, over the items as they were read. */
export function readSampleVerdicts(
  session: Session,
  samples: readonly TestedSample[],
  itemOf: (population: PopulationKind, id: string) => Item,
): VerdictTable {
  const table = new VerdictTable();
  for (const { population, draws } of samples) {
    for (const { id } of draws) {
      for (const { item, controls } of session.store.verdicts(id)) {
        if (!table.has(population, item)) table.add(population, itemOf(population, item), controls);
      }
    }
  }
  return table;
}
