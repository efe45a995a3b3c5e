import { complementOf, halfOf, parseDecimal, toNumber } from "./decimal.ts";

/** The risk that a confidence leaves: 1 − confidence, taken exactly before it becomes a floating-point number. */
export function riskOf(confidence: string): number {
  return toNumber(complementOf(parseDecimal(confidence)));
}

/** The risk on each side of a two-sided interval. */
export function halfRiskOf(confidence: string): number {
  return toNumber(halfOf(complementOf(parseDecimal(confidence))));
}

/**
 * Whether a probability is no more than a risk. Plans exist in which the two are equal, and floating point misses that
 * by its last digits: what is within them is a tie, and a tie is enough.
 */
export function isWithinRisk(probability: number, risk: number): boolean {
  return probability <= largestWithin(risk);
}

/** The room for ties shrinks with the risk, so that it never becomes a part of it that counts. */
export function largestWithin(risk: number): number {
  return risk + Math.min(1e-12, risk * 1e-10);
}
