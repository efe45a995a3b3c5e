import type { Decimal } from "../model/decimal-text.ts";
import type { SamplingModel } from "../model/sample-plan.ts";
import { binomial, type CountDistribution, hypergeometric, poisson } from "./count-distribution.ts";
import { complementOf, multiplyUp, toNumber } from "./decimal.ts";

/** How deviations come into a sample of any size when a given share of the population deviates. */
export interface DeviationModel {
  /** The deviations in a sample of `size`. */
  inSample(size: number): CountDistribution;
  /**
   * The deviations in `size` further items, when `tested` items were drawn before and `found` of them deviated: without
   * replacement what is left is another population.
   */
  inFurtherSample(size: number, tested: number, found: number): CountDistribution;
}

/**
 * @param populationSize needed by the hypergeometric method only. There the population has the rate's number of
 * deviating items, rounded up exactly, and a sample cannot be larger than it
 */
export function modelDeviations(method: SamplingModel, rate: Decimal, populationSize: number | null): DeviationModel {
  if (method === "hypergeometric") return withoutReplacement(populationSize ?? 0, rate);
  const share = toNumber(rate);
  const rest = toNumber(complementOf(rate));
  const inSample = (size: number) => (method === "binomial" ? binomial(size, share, rest) : poisson(size * share));
  return { inSample, inFurtherSample: (size) => inSample(size) };
}

function withoutReplacement(population: number, rate: Decimal): DeviationModel {
  const deviating = multiplyUp(rate, population);
  return {
    inSample: (size) => hypergeometric(population, deviating, size),
    inFurtherSample: (size, tested, found) => hypergeometric(population - tested, deviating - found, size),
  };
}
