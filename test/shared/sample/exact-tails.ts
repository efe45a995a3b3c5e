/*
 * The same probabilities as shared/sample computes, by the definitions alone and in whole numbers of any length: nothing
 * here is rounded before the end, and nothing is shared with the code under test.
 */

/** A share of two whole numbers. */
export interface Share {
  readonly over: bigint;
  readonly under: bigint;
}

/** `0.035` → 35/1000. */
export function shareOf(text: string): Share {
  const [whole = "", fraction = ""] = text.split(".");
  return { over: BigInt(whole + fraction), under: 10n ** BigInt(fraction.length) };
}

export function minus(a: Share, b: Share): Share {
  return { over: a.over * b.under - b.over * a.under, under: a.under * b.under };
}

export function isAtMost(a: Share, b: Share): boolean {
  return a.over * b.under <= b.over * a.under;
}

/** The smallest whole number that is not below share × count. */
export function ceilingOf(share: Share, count: number): number {
  const product = share.over * BigInt(count);
  return Number(product / share.under + (product % share.under === 0n ? 0n : 1n));
}

/** The nearest number to about 17 digits. */
export function numberOf({ over, under }: Share): number {
  if (over === 0n) return 0;
  const shift = Math.max(0, 25 + String(under).length - String(over).length);
  return Number(`${(over * 10n ** BigInt(shift)) / under}e-${shift}`);
}

export function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let result = 1n;
  for (let i = 1; i <= k; i += 1) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}

/** P(X ≤ count), X the deviations in `trials` independent trials. */
export function binomialTail(count: number, trials: number, rate: Share): Share {
  const rest = rate.under - rate.over;
  let sum = 0n;
  for (let i = 0; i <= Math.min(count, trials); i += 1) {
    sum += choose(trials, i) * rate.over ** BigInt(i) * rest ** BigInt(trials - i);
  }
  return { over: sum, under: rate.under ** BigInt(trials) };
}

/** P(X ≤ count), X the deviations in `draws` of `population` items of which `deviating` deviate. */
export function hypergeometricTail(count: number, population: number, deviating: number, draws: number): Share {
  let sum = 0n;
  for (let i = 0; i <= Math.min(count, draws); i += 1) {
    sum += choose(deviating, i) * choose(population - deviating, draws - i);
  }
  return { over: sum, under: choose(population, draws) };
}

/** P(X ≤ count), X ~ Poisson(mean), to 400 decimal places: Σ meanⁱ/i! up to the count, over the same without an end. */
export function poissonTail(count: number, mean: Share): Share {
  const one = 10n ** 400n;
  let term = one;
  let part = 0n;
  let all = 0n;
  for (let i = 0; term > 0n || i <= count; i += 1) {
    if (i <= count) part += term;
    all += term;
    term = (term * mean.over) / (mean.under * BigInt(i + 1));
  }
  return { over: part, under: all };
}
