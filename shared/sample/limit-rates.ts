import { binomial, lowerTail, poisson, upperTail } from "./count-distribution.ts";
import { pointReached, type Tail } from "./tail-crossing.ts";

/*
 * Limits of a rate, as the rate at which a tail equals the risk: Clopper and Pearson's limits for the binomial (1934),
 * Garwood's for Poisson's distribution (1936). They are usually written with quantiles of the beta and gamma
 * distributions, and are the same numbers.
 */

/** The highest rate at which so few deviations still have a probability of `risk`. */
export function upperBinomialLimit(deviations: number, size: number, risk: number): number {
  if (deviations === size) return 1;
  return pointReached(
    0,
    1,
    falling(risk, (rate) => lowerTail(binomial(size, rate), deviations)),
  );
}

/** The lowest rate at which so many deviations still have a probability of `risk`. */
export function lowerBinomialLimit(deviations: number, size: number, risk: number): number {
  if (deviations === 0) return 0;
  return pointReached(
    0,
    1,
    rising(risk, (rate) => upperTail(binomial(size, rate), deviations)),
  );
}

/** As a rate; it may exceed 1. */
export function upperPoissonLimit(deviations: number, size: number, risk: number): number {
  const tail = falling(risk, (mean) => lowerTail(poisson(mean), deviations));
  return pointReached(0, meanBeyond(deviations, tail), tail) / size;
}

export function lowerPoissonLimit(deviations: number, size: number, risk: number): number {
  if (deviations === 0) return 0;
  const tail = rising(risk, (mean) => upperTail(poisson(mean), deviations));
  return pointReached(0, meanBeyond(deviations, tail), tail) / size;
}

function falling(risk: number, tailAt: (rate: number) => number): Tail {
  return { risk, tailAt, isReached: (tail) => tail <= risk };
}

function rising(risk: number, tailAt: (rate: number) => number): Tail {
  return { risk, tailAt, isReached: (tail) => tail >= risk };
}

/** A mean beyond the crossing. */
function meanBeyond(deviations: number, { tailAt, isReached }: Tail): number {
  let mean = deviations + 1;
  while (!isReached(tailAt(mean))) mean *= 2;
  return mean;
}
