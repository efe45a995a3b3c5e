import { hypergeometric, lowerTail, upperTail } from "./count-distribution.ts";
import { isWithinRisk } from "./risk.ts";
import { countReached } from "./tail-crossing.ts";

/** A sample without replacement. */
interface FiniteSample {
  readonly deviations: number;
  readonly size: number;
  readonly populationSize: number;
}

/*
 * Exact limits of the number of deviating items in a population, among those that the sample leaves possible: at least
 * the deviations that it found, and not the sound items that it found. With more deviating items the lower tail only
 * falls and the upper tail only rises.
 */

/** The most deviating items with which so few would still be found with a probability above `risk`. */
export function upperCountLimit({ deviations, size, populationSize }: FiniteSample, risk: number): number {
  const most = populationSize - (size - deviations);
  const firstRuledOut = countReached(deviations + 1, most + 1, {
    risk,
    tailAt: (deviating) => lowerTail(hypergeometric(populationSize, deviating, size), deviations),
    isReached: (tail) => isWithinRisk(tail, risk),
  });
  return firstRuledOut - 1;
}

/** The fewest deviating items with which so many would still be found with a probability above `risk`. */
export function lowerCountLimit({ deviations, size, populationSize }: FiniteSample, risk: number): number {
  if (deviations === 0) return 0;
  return countReached(deviations, populationSize - (size - deviations), {
    risk,
    tailAt: (deviating) => upperTail(hypergeometric(populationSize, deviating, size), deviations),
    isReached: (tail) => !isWithinRisk(tail, risk),
  });
}
