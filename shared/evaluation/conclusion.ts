import type { Catalog, Control } from "../model/catalog.ts";
import type { Conclusion, Disposition } from "../model/conclusion.ts";
import type { Result } from "../model/result.ts";
import { riskOf } from "../sample/risk.ts";
import type { TestedSample } from "../sample/tested-samples.ts";
import { concludeCounts } from "./conclusion-by-counts.ts";
import { concludeStrata } from "./conclusion-by-stratum.ts";
import { countDisposed, countOutcomes, type OutcomeTable, tabulateOutcomes } from "./item-outcomes.ts";
import { basisOf, type StagedSample, stageSample, termsOf } from "./staged-sample.ts";

/**
 * What a tested sample says about each control of its population. Dispositions are the auditor's, with reasons that are
 * kept elsewhere; without them every result counts as it came out.
 */
export function concludeControls(
  catalog: Catalog,
  sample: Pick<TestedSample, "population" | "initial" | "draws">,
  results: readonly Result[],
  dispositions: readonly Disposition[] = [],
): Conclusion[] {
  const table = tabulateOutcomes(results, dispositions);
  const staged = stageSample(sample);
  return catalog.controls
    .filter((control) => control.population === sample.population)
    .map((control) =>
      concludeControl(control, staged, table, countDisposed(results, dispositions, control.id, staged.items)),
    );
}

function concludeControl(control: Control, sample: StagedSample, table: OutcomeTable, disposed: number): Conclusion {
  const { draw } = sample;
  const counts = {
    first: countOutcomes(table, control.id, sample.first),
    further: countOutcomes(table, control.id, sample.further),
    all: countOutcomes(table, control.id, sample.items),
  };
  const { isPlanned, confidence, tolerableRate } = termsOf(draw.basis);
  const strata = concludeStrata(sample, (items) => countOutcomes(table, control.id, items));
  return {
    control: control.id,
    title: control.title,
    population: draw.population,
    drawId: draw.id,
    populationSize: draw.populationSize,
    basis: basisOf(draw),
    ...counts.all,
    disposed,
    tolerableRate,
    plannedRisk: isPlanned ? riskOf(confidence) : null,
    ...concludeCounts(sample, counts, strata),
    strata,
  };
}
