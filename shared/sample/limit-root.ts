import { binomial, lowerTail, poisson, upperTail } from "./count-distribution.ts";

/*
 * Limits of a rate, as the rate at which a tail equals the risk. A tail falls or rises with the rate throughout, so
 * halving the interval always finds it: Clopper and Pearson's limits for the binomial, Garwood's for Poisson's
 * distribution, which are usually written with quantiles of the beta and gamma distributions.
 */

/** The highest rate at which so few deviations still have a probability of `risk`. */
export function upperBinomialLimit(deviations: number, size: number, risk: number): number {
  if (deviations === size) return 1;
  return bisect(0, 1, (rate) => lowerTail(binomial(size, rate), deviations) > risk);
}

/** The lowest rate at which so many deviations still have a probability of `risk`. */
export function lowerBinomialLimit(deviations: number, size: number, risk: number): number {
  if (deviations === 0) return 0;
  return bisect(0, 1, (rate) => upperTail(binomial(size, rate), deviations) < risk);
}

/** As a rate; it may exceed 1. */
export function upperPoissonLimit(deviations: number, size: number, risk: number): number {
  const isBelow = (mean: number) => lowerTail(poisson(mean), deviations) > risk;
  return bisect(0, boundOf(deviations, isBelow), isBelow) / size;
}

export function lowerPoissonLimit(deviations: number, size: number, risk: number): number {
  if (deviations === 0) return 0;
  const isBelow = (mean: number) => upperTail(poisson(mean), deviations) < risk;
  return bisect(0, boundOf(deviations, isBelow), isBelow) / size;
}

/** A mean above the limit. */
function boundOf(deviations: number, isBelow: (mean: number) => boolean): number {
  let bound = deviations + 1;
  while (isBelow(bound)) bound *= 2;
  return bound;
}

/** The point at which `isBelow` ends, down to the last digits of floating point. */
function bisect(from: number, to: number, isBelow: (middle: number) => boolean): number {
  let below = from;
  let above = to;
  for (;;) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above || above - below < above * 1e-15) return middle;
    if (isBelow(middle)) below = middle;
    else above = middle;
  }
}

/** The first whole number from `from` to `to` at which `isReached`; `to` when it is reached nowhere before. */
export function firstReached(from: number, to: number, isReached: (value: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
