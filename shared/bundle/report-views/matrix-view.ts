import { concludeControls } from "../../evaluation/conclusion.ts";
import {
  gatherOutcomes,
  type OutcomeTable,
  type SampleOutcomes,
  tabulateJudged,
} from "../../evaluation/item-outcomes.ts";
import { type Catalog, populationsOf } from "../../model/catalog.ts";
import type { Disposition } from "../../model/conclusion.ts";
import type { Item } from "../../model/item.ts";
import { viewRow } from "../../model/item-row.ts";
import type { PopulationKind } from "../../model/population-kind.ts";
import type { AssertionOutcome } from "../../model/result.ts";
import type { MatrixView } from "../../model/view.ts";
import { referenceIn, type TestedSample } from "../../sample/tested-samples.ts";

/** What a sample's matrix is made of. */
export interface MatrixInput {
  readonly catalog: Catalog;
  readonly sample: TestedSample;
  /** Of the sample's results. */
  readonly outcomes: Iterable<AssertionOutcome> | SampleOutcomes;
  /** How judged results of the population count. */
  readonly dispositions: readonly Disposition[];
  /** False before the sample was evaluated: its cells are empty then. */
  readonly isTested: boolean;
  readonly readItem: (id: string) => Item;
}

/** One sample: its initial draw and what followed it, without the items that were replaced. */
export function viewMatrix(input: MatrixInput): MatrixView {
  const { catalog, sample, dispositions, isTested, readItem } = input;
  const outcomes = gatherOutcomes(input.outcomes, dispositions);
  const controls = isTested ? controlsOn(catalog, sample.population) : [];
  const judged = new Set(dispositions.map(({ item, control }) => JSON.stringify([item, control])));
  const asJudged = tabulateJudged(outcomes, dispositions);
  const rows = sample.items.map((id) => ({
    ...viewRow(sample.population, readItem(id)),
    ref: referenceIn(sample, id),
    outcomes: outcomesIn(outcomes.table, id, controls),
    judged: outcomesIn(
      asJudged,
      id,
      controls.filter((control) => judged.has(JSON.stringify([id, control]))),
    ),
  }));
  const summaries = isTested ? concludeControls(catalog, sample, outcomes, dispositions) : [];
  return { draw: sample.initial, summaries, rows };
}

function outcomesIn(from: OutcomeTable, id: string, among: readonly string[]) {
  return Object.fromEntries(
    among.flatMap((control) => {
      const outcome = from.outcomeOf(id, control);
      return outcome ? [[control, outcome]] : [];
    }),
  );
}

function controlsOn(catalog: Catalog, population: PopulationKind): string[] {
  return catalog.controls.filter((control) => populationsOf(control).includes(population)).map(({ id }) => id);
}
