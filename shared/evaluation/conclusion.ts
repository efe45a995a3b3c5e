import { type Catalog, type Control, populationsOf } from "../model/catalog.ts";
import type { Conclusion, Disposition, StratumConclusion, TestedNumbers } from "../model/conclusion.ts";
import type { AssertionOutcome } from "../model/result.ts";
import { riskOf } from "../sample/risk.ts";
import type { TestedSample } from "../sample/tested-samples.ts";
import { concludeCounts } from "./conclusion-by-counts.ts";
import { concludeStrata } from "./conclusion-by-stratum.ts";
import { sayJudged } from "./conclusion-sentence.ts";
import {
  countJudged,
  countOutcomes,
  gatherOutcomes,
  type OutcomeTable,
  type SampleOutcomes,
  tabulateJudged,
  withoutOverruled,
} from "./item-outcomes.ts";
import { basisOf, type StagedSample, stageSample, termsOf } from "./staged-sample.ts";

/**
 * What a tested sample says about each control of its population, as the rules found it and as the auditor judged it.
 *
 * Missing evidence that was disposed of counts as what was seen instead (AS 2315.40, AU-C 530.11). A failure that the auditor
 * takes for no deviation is left out of the numbers as judged, and named beside them; where the conclusion would be
 * another with it, none is drawn: a rule that is wrong has to be corrected, and all items tested by it again.
 *
 * @param dispositions how results were judged, with reasons that are kept elsewhere; without them every result counts as it
 * came out
 */
export function concludeControls(
  catalog: Catalog,
  sample: Pick<TestedSample, "population" | "initial" | "draws">,
  results: Iterable<AssertionOutcome> | SampleOutcomes,
  dispositions: readonly Disposition[] = [],
): Conclusion[] {
  const staged = stageSample(sample);
  const outcomes = gatherOutcomes(results, dispositions);
  const tables = {
    tested: outcomes.table,
    withFailures: tabulateJudged(outcomes, withoutOverruled(outcomes, dispositions)),
    judged: tabulateJudged(outcomes, dispositions),
  };
  return catalog.controls
    .filter((control) => populationsOf(control).includes(sample.population))
    .map((control) => {
      const judgements = countJudged(outcomes, dispositions, control.id, staged.items);
      return concludeControl(control, staged, tables, judgements);
    });
}

type Tables = Readonly<Record<"tested" | "withFailures" | "judged", OutcomeTable>>;

function concludeControl(
  control: Control,
  sample: StagedSample,
  tables: Tables,
  { disposed, overruled, added }: ReturnType<typeof countJudged>,
): Conclusion {
  const { draw } = sample;
  const judged = concludeTable(control, sample, tables.judged);
  const tested = tables.tested === tables.judged ? judged : concludeTable(control, sample, tables.tested);
  const withFailures = overruled === 0 ? judged : concludeTable(control, sample, tables.withFailures);
  const isWithheld = withFailures.support !== judged.support;
  const { isPlanned, confidence, tolerableRate } = termsOf(draw.basis);
  const numbers = {
    ...judged,
    ...(isWithheld ? { support: "withheld" as const, further: null } : {}),
    strata: judged.strata.map((stratum, index) => withholdStratum(stratum, withFailures.strata[index])),
  };
  const said = sayJudged({ disposed, overruled, added }, draw.population, withFailures, isWithheld);
  return {
    control: control.id,
    title: control.title,
    population: draw.population,
    drawId: draw.id,
    populationSize: draw.populationSize,
    basis: basisOf(draw),
    asTested: numbersOf(tested),
    disposed,
    overruled,
    added,
    tolerableRate,
    plannedRisk: isPlanned ? riskOf(confidence) : null,
    ...numbers,
    sentence: [numbers.sentence, said].filter((sentence) => sentence !== "").join(" "),
  };
}

function concludeTable({ id }: Control, sample: StagedSample, table: OutcomeTable) {
  const counts = {
    first: countOutcomes(table, id, sample.first),
    further: countOutcomes(table, id, sample.further),
    all: countOutcomes(table, id, sample.items),
  };
  const strata = concludeStrata(sample, (items) => countOutcomes(table, id, items));
  return { ...counts.all, ...concludeCounts(sample, counts, strata), strata };
}

function withholdStratum(judged: StratumConclusion, withFailures: StratumConclusion | undefined): StratumConclusion {
  const isSame = withFailures === undefined || withFailures.support === judged.support;
  return isSame ? judged : { ...judged, support: "withheld", further: null };
}

function numbersOf(concluded: ReturnType<typeof concludeTable>): TestedNumbers {
  const { tested, pass, fail, noEvidence, notApplicable, deviations, applicable, rate, limits, support } = concluded;
  const counts = { tested, pass, fail, noEvidence, notApplicable, deviations, applicable };
  return { ...counts, rate, upper: limits?.upper ?? null, support };
}
