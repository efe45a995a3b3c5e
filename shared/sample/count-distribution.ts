import { binomialProbability, hypergeometricProbability, poissonProbability } from "./point-probability.ts";

/** A distribution of a count of deviations. */
export interface CountDistribution {
  /** Least and largest count that can be. */
  readonly lowest: number;
  readonly highest: number;
  readonly mean: number;
  /** P(X = count), for counts that can be. */
  probabilityOf(count: number): number;
  /** P(X = count + 1) ÷ P(X = count). */
  ratioAfter(count: number): number;
}

/**
 * Deviations in so many independent trials.
 * @param rest 1 − rate, where it is known better than a difference of floating-point numbers gives it
 */
export function binomial(trials: number, rate: number, rest = 1 - rate): CountDistribution {
  return {
    lowest: rate >= 1 ? trials : 0,
    highest: rate <= 0 ? 0 : trials,
    mean: trials * rate,
    probabilityOf: (count) => binomialProbability(count, trials, rate, rest),
    ratioAfter: (count) => ((trials - count) / (count + 1)) * (rate / rest),
  };
}

/** Deviations that occur independently, so many in the mean. */
export function poisson(mean: number): CountDistribution {
  return {
    lowest: 0,
    highest: mean <= 0 ? 0 : Number.POSITIVE_INFINITY,
    mean,
    probabilityOf: (count) => poissonProbability(count, mean),
    ratioAfter: (count) => mean / (count + 1),
  };
}

/** Deviations in so many draws without replacement from a population of which so many items deviate. */
export function hypergeometric(population: number, deviating: number, draws: number): CountDistribution {
  const sound = population - deviating;
  return {
    lowest: Math.max(0, draws - sound),
    highest: Math.min(draws, deviating),
    mean: draws * (deviating / population),
    probabilityOf: (count) => hypergeometricProbability(count, population, deviating, draws),
    ratioAfter: (count) => ((deviating - count) / (count + 1)) * ((draws - count) / (sound - draws + count + 1)),
  };
}

/** P(X ≤ count). */
export function lowerTail(distribution: CountDistribution, count: number): number {
  if (count < distribution.lowest) return 0;
  if (count >= distribution.highest) return 1;
  return count < distribution.mean ? sumDown(distribution, count) : 1 - sumUp(distribution, count + 1);
}

/**
 * Whether P(X ≤ count) is more than a bound, for a search that asks it of thousands of distributions: the sum ends as
 * soon as the answer is known.
 */
export function isLowerTailAbove(distribution: CountDistribution, count: number, bound: number): boolean {
  const { lowest, highest, mean } = distribution;
  if (count < lowest || count >= highest || count >= mean) return lowerTail(distribution, count) > bound;
  return sumDown(distribution, count, bound) > bound;
}

/** P(X ≥ count). */
export function upperTail(distribution: CountDistribution, count: number): number {
  if (count <= distribution.lowest) return 1;
  if (count > distribution.highest) return 0;
  return count > distribution.mean ? sumUp(distribution, count) : 1 - sumDown(distribution, count - 1);
}

/** P(X = count), 0 for counts that cannot be. */
export function probabilityOf(distribution: CountDistribution, count: number): number {
  if (count < distribution.lowest || count > distribution.highest) return 0;
  return distribution.lowest === distribution.highest ? 1 : distribution.probabilityOf(count);
}

/* Away from the mean terms fall faster and faster, so that what is left out after the last one is below it. */
const negligible = 2 ** -60;

/** @param enough where the sum may end, when all that matters is that it is more than this */
function sumDown({ lowest, probabilityOf, ratioAfter }: CountDistribution, from: number, enough = 2): number {
  let term = probabilityOf(from);
  let sum = term;
  for (let count = from - 1; count >= lowest && term > sum * negligible && sum <= enough; count -= 1) {
    term /= ratioAfter(count);
    sum += term;
  }
  return sum;
}

function sumUp({ highest, probabilityOf, ratioAfter }: CountDistribution, from: number): number {
  let term = probabilityOf(from);
  let sum = term;
  for (let count = from; count < highest && term > sum * negligible; count += 1) {
    term *= ratioAfter(count);
    sum += term;
  }
  return sum;
}
