import { z } from "zod";
import { ConfidenceText, RateText } from "./decimal-text.ts";

/**
 * What the number of deviations in a sample follows. `hypergeometric` is exact for a population of known size drawn
 * without replacement; `binomial` and `poisson` take the population as endless and never ask for fewer items.
 */
export const SamplingModel = z.enum(["binomial", "poisson", "hypergeometric"]);
export type SamplingModel = z.infer<typeof SamplingModel>;

const Count = z.int().nonnegative();

/** Up to here populations are counted exactly and plans stay fast. */
export const PopulationSize = z.int().positive().max(1_000_000_000);

/** What a plan is made for. Rates and confidence are decimal text and exact. */
export const PlanRequest = z
  .strictObject({
    method: SamplingModel,
    confidence: ConfidenceText,
    tolerableRate: RateText,
    /** Share of deviations that is expected; with neither this nor a count, none is expected (discovery sampling). */
    expectedRate: RateText.nullable().default(null),
    /**
     * Number of deviations that the sample shall put up with. Given besides a rate, it decides; the rate is then only
     * compared with the tolerable one.
     */
    expectedDeviations: Count.nullable().default(null),
    populationSize: PopulationSize.nullable().default(null),
    /** What is sampled, in the plural, for the sentence. */
    itemName: z.string().min(1).default("items"),
  })
  .refine(({ method, populationSize }) => method !== "hypergeometric" || populationSize !== null, {
    path: ["populationSize"],
    message: "is needed by the hypergeometric method",
  });
export type PlanRequest = z.input<typeof PlanRequest>;
export type CheckedPlanRequest = z.output<typeof PlanRequest>;

export const PlanStatus = z.enum([
  "ok",
  "infeasible_expected_not_below_tolerable",
  /** No sample of up to 5,000 items is enough. */
  "exceeds_max",
  /** The size is given, and is larger than the population. */
  "exceeds_population",
]);
export type PlanStatus = z.infer<typeof PlanStatus>;

export const SamplePlan = z.object({
  request: PlanRequest,
  status: PlanStatus,
  size: Count.nullable(),
  /** The control is supported with this many deviations or fewer. */
  acceptableDeviations: Count.nullable(),
  /** Risk of relying on a control that deviates at the tolerable rate: at most 1 − confidence. */
  achievedRisk: z.number().nullable(),
  /** Deviating items in a population that deviates at the tolerable rate, rounded up; hypergeometric only. */
  tolerableCount: Count.nullable(),
  /** For the workpaper: what is tested and what it will show; or why there is no plan and what to change. */
  sentence: z.string(),
});
export type SamplePlan = z.output<typeof SamplePlan>;

/**
 * Stop-or-go in two stages of one size: none deviates → supported; one deviates → the second stage, and supported when
 * none deviates there; otherwise not supported. The risk of the whole is held, not that of each stage alone.
 */
export const TwoStagePlan = z.object({
  request: PlanRequest,
  status: z.enum(["ok", "exceeds_max", "exceeds_population"]),
  /** Items in each of the two stages. */
  stageSize: Count.nullable(),
  achievedRisk: z.number().nullable(),
  sentence: z.string(),
});
export type TwoStagePlan = z.output<typeof TwoStagePlan>;

/** A point of the picture of size against tolerable rate. */
export const PlanPoint = z.object({
  tolerableRate: RateText,
  /** Null where there is no plan. */
  size: Count.nullable(),
  acceptableDeviations: Count.nullable(),
});
export type PlanPoint = z.infer<typeof PlanPoint>;
