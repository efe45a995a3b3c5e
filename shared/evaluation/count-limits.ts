import type { OutcomeCounts } from "../model/conclusion.ts";
import type { DeviationProjection, ValidLimit } from "../model/sample-limit.ts";
import { limitOf } from "../sample/limit.ts";
import { projectDeviations } from "../sample/projection.ts";
import type { Terms } from "./staged-sample.ts";

/** A population that counts were sampled from. */
export interface SampledPopulation {
  readonly size: number;
  /** In the plural. */
  readonly itemName: string;
}

/**
 * The limits that counts give; null where the control applied to nothing.
 *
 * Items that the control does not apply to are outside of the sample. Then nobody knows how many items of the population
 * it applies to, and the exact count for a population of known size cannot be used: the binomial limit takes the
 * population as endless and so never claims more than any size of it would allow.
 */
export function limitOfCounts(
  counts: OutcomeCounts,
  { method, confidence, tolerableRate }: Terms,
  { size, itemName }: SampledPopulation,
): ValidLimit | null {
  const isWholeApplicable = counts.notApplicable === 0;
  const limit = limitOf({
    method: method === "hypergeometric" && !isWholeApplicable ? "binomial" : method,
    confidence,
    tolerableRate,
    size: counts.applicable,
    deviations: counts.deviations,
    populationSize: isWholeApplicable ? size : null,
    itemName,
  });
  return limit.status === "ok" ? limit : null;
}

/**
 * The counts projected on the whole population, in items. Here an item that the control does not apply to is one that
 * does not deviate, so that the size of the population is known again and the plan's method holds.
 */
export function projectCounts(
  counts: OutcomeCounts,
  terms: Terms,
  population: SampledPopulation,
): DeviationProjection | null {
  const asSound = { ...counts, applicable: counts.tested, notApplicable: 0 };
  const limit = limitOfCounts(asSound, terms, population);
  return limit && projectDeviations(limit, population.size);
}
