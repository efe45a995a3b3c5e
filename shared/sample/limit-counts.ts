import { hypergeometric, lowerTail, upperTail } from "./count-distribution.ts";
import { firstReached } from "./limit-root.ts";
import { isWithinRisk } from "./risk.ts";

/** A sample without replacement. */
interface FiniteSample {
  readonly deviations: number;
  readonly size: number;
  readonly populationSize: number;
}

/*
 * Exact limits of the number of deviating items in a population, among those that the sample leaves possible: at least
 * the deviations that it found, and not the sound items that it found. The tail falls with that number throughout, so
 * that the border is found by halving.
 */

/** The most deviating items with which so few would still be found with a probability above `risk`. */
export function upperCountLimit({ deviations, size, populationSize }: FiniteSample, risk: number): number {
  const isRuledOut = (deviating: number): boolean =>
    isWithinRisk(lowerTail(hypergeometric(populationSize, deviating, size), deviations), risk);
  const most = populationSize - (size - deviations);
  return firstReached(deviations + 1, most + 1, isRuledOut) - 1;
}

/** The fewest deviating items with which so many would still be found with a probability above `risk`. */
export function lowerCountLimit({ deviations, size, populationSize }: FiniteSample, risk: number): number {
  if (deviations === 0) return 0;
  const isPossible = (deviating: number): boolean =>
    !isWithinRisk(upperTail(hypergeometric(populationSize, deviating, size), deviations), risk);
  return firstReached(deviations, populationSize - (size - deviations), isPossible);
}
