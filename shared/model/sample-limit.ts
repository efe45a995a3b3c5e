import { z } from "zod";
import { ConfidenceText, RateText } from "./decimal-text.ts";
import { PopulationSize, SamplingModel } from "./sample-plan.ts";

/** A tested statistical sample. Counts that cannot be (more deviations than items) are answered with `invalid`. */
export const LimitRequest = z.strictObject({
  method: SamplingModel,
  confidence: ConfidenceText,
  /** Items tested, without those that were replaced. */
  size: z.int().max(1_000_000_000),
  /** Deviations found, with items that could not be tested (PCAOB AS 2315.40). */
  deviations: z.int(),
  populationSize: PopulationSize.nullable().default(null),
  tolerableRate: RateText.nullable().default(null),
  /** What was sampled, in the plural, for the sentence. */
  itemName: z.string().min(1).default("items"),
});
export type LimitRequest = z.input<typeof LimitRequest>;
export type CheckedLimitRequest = z.output<typeof LimitRequest>;

const Count = z.int().nonnegative();

const ValidLimit = z.object({
  status: z.literal("ok"),
  request: LimitRequest,
  /** Deviations ÷ items tested. */
  mostLikelyRate: z.number(),
  /** One-sided: with the confidence, no more than this share deviates. Poisson's may exceed 1. */
  upper: z.number(),
  /** The interval with the same confidence, half of the risk on each side. */
  lowerTwoSided: z.number(),
  upperTwoSided: z.number(),
  /** The same as numbers of items of the population; hypergeometric only. */
  upperCount: Count.nullable(),
  lowerTwoSidedCount: Count.nullable(),
  upperTwoSidedCount: Count.nullable(),
  /** Deviating items in a population that deviates at the tolerable rate, rounded up; hypergeometric only. */
  tolerableCount: Count.nullable(),
  /** Probability of so few deviations if the population deviated at the tolerable rate; null without such a rate. */
  tailAtTolerable: z.number().nullable(),
  /** Decided on the tail, not on a rounded limit; null without a tolerable rate. */
  supportsTolerable: z.boolean().nullable(),
  sentence: z.string(),
});

const InvalidLimit = z.object({
  status: z.literal("invalid"),
  request: LimitRequest,
  /** Why nothing can be said about such a sample. */
  sentence: z.string(),
});

export const SampleLimit = z.discriminatedUnion("status", [ValidLimit, InvalidLimit]);
export type SampleLimit = z.output<typeof SampleLimit>;
export type ValidLimit = z.output<typeof ValidLimit>;

/** What more would have to be tested, and found without deviation, for the control to be supported. */
export const FurtherSample = z.object({
  /** Null when no further sample can support it; 0 when it is supported already. */
  additional: Count.nullable(),
  total: Count.nullable(),
  /**
   * True risk of the whole procedure when the extension was not planned beforehand: more than 1 − confidence. Null when
   * there is nothing to extend.
   */
  trueRisk: z.number().nullable(),
  sentence: z.string(),
});
export type FurtherSample = z.infer<typeof FurtherSample>;

/** What the sample says about the whole population, in items. */
export const DeviationProjection = z.object({
  populationSize: PopulationSize,
  mostLikely: Count,
  /** With the confidence, no more items than this deviate. */
  upper: Count,
  sentence: z.string(),
});
export type DeviationProjection = z.infer<typeof DeviationProjection>;
