import type { Conclusion, ConclusionLimits, StratumConclusion, Support } from "../model/conclusion.ts";
import { nounsOf } from "../model/population-words.ts";
import type { ValidLimit } from "../model/sample-limit.ts";
import { furtherSample } from "../sample/further-sample.ts";
import { limitOf } from "../sample/limit.ts";
import { projectDeviations } from "../sample/projection.ts";
import * as say from "./conclusion-sentence.ts";
import { limitOfCounts, projectCounts, type SampledPopulation } from "./count-limits.ts";
import { limitOfStages, type Ruling, ruleExpansion, ruleTwoStages, type StagedCounts } from "./extended-sample.ts";
import { basisOf, type StagedSample, type Terms, termsOf } from "./staged-sample.ts";

export type ConcludedNumbers = Pick<
  Conclusion,
  "rate" | "limits" | "support" | "trueRisk" | "projection" | "further" | "sentence"
>;

const nothing = { rate: null, limits: null, trueRisk: null, projection: null, further: null } as const;

/** The numbers of a whole sample, and whether they support reliance. */
export function concludeCounts(
  sample: StagedSample,
  counts: StagedCounts,
  strata: readonly StratumConclusion[],
): ConcludedNumbers {
  const { draw } = sample;
  const terms = termsOf(draw.basis);
  const population = { size: draw.populationSize, itemName: nounsOf(draw.population) };
  if (counts.all.applicable === 0) {
    return { ...nothing, support: "nothing-applicable", sentence: say.sayNothingApplicable(counts.all, population) };
  }
  switch (basisOf(draw)) {
    case "non-statistical":
      return concludeNonStatistical(sample, counts, population);
    case "everything":
      return concludeEverything(counts, terms, population);
    case "statistical": {
      const isUnweighted = draw.strata?.allocation === "given";
      if (isUnweighted) return concludeUnweighted(counts, terms, strata, population);
      return concludeSample(sample, counts, terms, population);
    }
  }
}

function concludeNonStatistical(
  { draw }: StagedSample,
  { all }: StagedCounts,
  population: SampledPopulation,
): ConcludedNumbers {
  const rate = all.deviations / all.applicable;
  return { ...nothing, rate, support: "not-projected", sentence: say.sayNotProjected(draw, all, population) };
}

/** Each item was tested: the rate is that of the population. It is tolerable when it is below the tolerable rate. */
function concludeEverything({ all }: StagedCounts, terms: Terms, population: SampledPopulation): ConcludedNumbers {
  const rate = all.deviations / all.applicable;
  const exact = { method: "hypergeometric", confidence: terms.confidence, tolerableRate: terms.tolerableRate } as const;
  const size = { size: all.applicable, populationSize: all.applicable, deviations: all.deviations };
  const compared = limitOf({ ...exact, ...size });
  const support = compared.status === "ok" ? supportOf(compared) : "nothing-applicable";
  return { ...nothing, rate, support, sentence: say.sayEverything(all, terms, support, population) };
}

/**
 * The strata were not drawn in proportion to their sizes, so that the items of the sample stand for different numbers of
 * items and must not be added up. What remains true: where each stratum by itself shows fewer than the tolerable rate, the
 * population does, and with no more risk than one of them, since one of them would have to be wrong.
 */
function concludeUnweighted(
  counts: StagedCounts,
  terms: Terms,
  strata: readonly StratumConclusion[],
  population: SampledPopulation,
): ConcludedNumbers {
  const areAllSupported = strata.every(({ support }) => support === "supported");
  const support = terms.tolerableRate === null ? "no-tolerable-rate" : areAllSupported ? "supported" : "withheld";
  return { ...nothing, support, sentence: say.sayUnweighted(counts.all, support, population) };
}

function concludeSample(
  sample: StagedSample,
  counts: StagedCounts,
  terms: Terms,
  population: SampledPopulation,
): ConcludedNumbers {
  const limit = limitOfCounts(counts.all, terms, population);
  if (!limit) return { ...nothing, support: "nothing-applicable", sentence: "" };
  const { basis } = sample.draw;
  const isExtended = counts.further.tested > 0;
  const isStaged = basis.kind === "two-stage-plan" && !sample.isExpanded;
  const ruling = isStaged
    ? ruleTwoStages(counts, basis.plan, limit)
    : sample.isExpanded && terms.tolerableRate !== null
      ? ruleExpansion(counts, terms, population, limit)
      : { support: supportOf(limit), trueRisk: null };
  const limits = isStaged ? limitsOfStages(counts, limit) : limitsOf(limit);
  const staged = isStaged && isExtended ? limits.upper : null;
  return {
    rate: limit.mostLikelyRate,
    limits,
    ...ruling,
    projection:
      staged === null
        ? projectCounts(counts.all, terms, population)
        : projectDeviations({ ...limit, upper: staged, upperCount: null }, population.size),
    // What was extended because of what it showed has no risk that a further extension could keep.
    further: isExtended || ruling.support === "second-stage-due" ? null : furtherOf(limit, ruling),
    sentence: say.saySample({ sample, counts, terms, population, limit, limits, ruling, isStaged }),
  };
}

function furtherOf(limit: ValidLimit, { support }: Ruling): Conclusion["further"] {
  const further = furtherSample(limit);
  // A stage that is clean and too small for the plan's risk may be enough by itself: then there is nothing to add.
  return support === "not-supported" && further?.additional === 0 ? null : further;
}

/** Of a sample that was drawn at once. */
export function supportOf({ supportsTolerable }: ValidLimit): Support {
  if (supportsTolerable === null) return "no-tolerable-rate";
  return supportsTolerable ? "supported" : "not-supported";
}

export function limitsOf(limit: ValidLimit): ConclusionLimits {
  const { upper, lowerTwoSided, upperTwoSided, tailAtTolerable } = limit;
  const { method, confidence } = limit.request;
  return { method, confidence, upper, lowerTwoSided, upperTwoSided, tailAtTolerable };
}

function limitsOfStages(counts: StagedCounts, limit: ValidLimit): ConclusionLimits {
  const isOneStage = counts.further.tested === 0;
  return {
    ...limitsOf(limit),
    upper: limitOfStages(counts, limit),
    ...(isOneStage ? {} : { lowerTwoSided: null, upperTwoSided: null }),
    tailAtTolerable: null,
  };
}
