import { z } from "zod";
import { ConfidenceText, RateText } from "./decimal-text.ts";
import { PopulationKind } from "./population-kind.ts";
import { Outcome } from "./result.ts";
import { DeviationProjection, FurtherSample } from "./sample-limit.ts";
import { SamplingModel } from "./sample-plan.ts";

const Count = z.int().nonnegative();

/** How far the tested items speak for the others. */
export const ConclusionBasis = z.enum([
  /** Chance chose: limits can be stated. */
  "statistical",
  /** Nothing was left untested: the rate is known, and there is no limit to state. */
  "everything",
  /** The auditor chose, or the size is that of a house table: counts of the tested items and nothing beyond them. */
  "non-statistical",
]);
export type ConclusionBasis = z.infer<typeof ConclusionBasis>;

export const Support = z.enum([
  /** Fewer than the tolerable rate deviate, with the plan's risk of being wrong. */
  "supported",
  /** The first stage found one deviation: the second stage decides. */
  "second-stage-due",
  /**
   * Numbers are shown, and the claim is not made: the procedure's true risk is above the plan's, the strata do not add up, or
   * only failures that the auditor takes for no deviation stand between it and another answer.
   */
  "withheld",
  "not-supported",
  /** No tolerable rate was set before the draw, so that there is nothing to hold the limit against. */
  "no-tolerable-rate",
  /** Non-statistical: nothing is projected. */
  "not-projected",
  /** The control applied to none of the tested items. */
  "nothing-applicable",
]);
export type Support = z.infer<typeof Support>;

/** Outcomes by item. An item is counted once for a control, whatever number of its assertions deviate (AS 2315.36). */
export const OutcomeCounts = z.object({
  tested: Count,
  pass: Count,
  fail: Count,
  noEvidence: Count,
  notApplicable: Count,
  /** Failures and missing evidence: an item that could not be tested counts as a deviation (PCAOB AS 2315.40). */
  deviations: Count,
  /** Tested items that the control applies to; rates are shares of these. */
  applicable: Count,
});
export type OutcomeCounts = z.infer<typeof OutcomeCounts>;

/** What a statistical sample says about its population, at one confidence. */
export const ConclusionLimits = z.object({
  /** The plan's, or binomial where the size of the population that the control applies to is not known. */
  method: SamplingModel,
  confidence: ConfidenceText,
  /** One-sided: with the confidence, no more than this share deviates. Poisson's may exceed 1. */
  upper: z.number(),
  /** Null in a sample of two stages, whose size depended on what was found. */
  lowerTwoSided: z.number().nullable(),
  upperTwoSided: z.number().nullable(),
  /** Probability of so few deviations if the population deviated at the tolerable rate; null in two stages, or without such a rate. */
  tailAtTolerable: z.number().nullable(),
});
export type ConclusionLimits = z.infer<typeof ConclusionLimits>;

const numbers = {
  /** Deviations ÷ applicable; null where the control applied to nothing. */
  rate: z.number().nullable(),
  limits: ConclusionLimits.nullable(),
  support: Support,
  projection: DeviationProjection.nullable(),
  further: FurtherSample.nullable(),
  /** For the workpaper. */
  sentence: z.string(),
};

/** The same for one stratum of a stratified sample. */
export const StratumConclusion = OutcomeCounts.extend({
  stratum: z.string(),
  /** Items of the stratum in the population. */
  populationSize: Count,
  ...numbers,
});
export type StratumConclusion = z.infer<typeof StratumConclusion>;

/** What the rules alone found, before anybody judged. */
export const TestedNumbers = OutcomeCounts.extend({
  rate: z.number().nullable(),
  /** One-sided, at the confidence of the plan. */
  upper: z.number().nullable(),
  support: Support,
});
export type TestedNumbers = z.infer<typeof TestedNumbers>;

/**
 * What the tested items say about one control: counts, what follows from them for the population, and whether the control
 * can be relied on. Computed from the draws, the results and the dispositions alone, so that anybody can do it again.
 */
export const Conclusion = OutcomeCounts.extend({
  control: z.string(),
  title: z.string(),
  population: PopulationKind,
  /** The initial draw; draws that follow it are of the same sample. */
  drawId: z.string(),
  populationSize: Count,
  basis: ConclusionBasis,
  /** The counts and what follows from them are as judged; these are the same without any judgement. */
  asTested: TestedNumbers,
  /** Results with missing evidence that count as what an alternative procedure showed. */
  disposed: Count,
  /** Failures that the auditor takes for no deviation. Support never rests on them. */
  overruled: Count,
  /** Deviations that the auditor found where the rules found none. */
  added: Count,
  /** The plan's; null where none was set before the draw. */
  tolerableRate: RateText.nullable(),
  /** 1 − confidence of the plan; null without a plan. */
  plannedRisk: z.number().nullable(),
  /** Risk of relying on the control in error by the procedure as it was carried out, where that is another than the plan's. */
  trueRisk: z.number().nullable(),
  ...numbers,
  strata: z.array(StratumConclusion),
});
export type Conclusion = z.infer<typeof Conclusion>;

/** How a result counts after the auditor judged it with a reason, such as missing evidence that was seen on paper. */
export const Disposition = z.object({
  control: z.string(),
  assertion: z.string(),
  item: z.string(),
  outcome: Outcome,
});
export type Disposition = z.infer<typeof Disposition>;
