/*
 * Probabilities of single counts, by Stirling's formula with its error and the deviance from the mean kept apart
 * (Loader, "Fast and accurate computation of binomial probabilities", 2000). Differences of log-gammas would lose all
 * digits for populations of millions; this keeps about 13.
 */

const twoPi = 2 * Math.PI;

/** P(X = count), X ~ Binomial(trials, rate), for a rate above 0 and below 1. `rest` is 1 − rate. */
export function binomialProbability(count: number, trials: number, rate: number, rest: number): number {
  const misses = trials - count;
  if (count === 0) return Math.exp(trials * logOf(rest, rate));
  if (misses === 0) return Math.exp(trials * logOf(rate, rest));
  const stirling = stirlingError(trials) - stirlingError(count) - stirlingError(misses);
  const deviance = devianceOf(count, trials * rate) + devianceOf(misses, trials * rest);
  return Math.sqrt(trials / (twoPi * count * misses)) * Math.exp(stirling - deviance);
}

/** P(X = count), X ~ Poisson(mean), for a mean above 0. */
export function poissonProbability(count: number, mean: number): number {
  if (count === 0) return Math.exp(-mean);
  return Math.exp(-stirlingError(count) - devianceOf(count, mean)) / Math.sqrt(twoPi * count);
}

/**
 * P(X = count), X the deviations in `draws` of `population` items of which `deviating` deviate, for counts that can be
 * and fewer draws than items. Both parts of the population are binomial given their sum, at any rate; at the draws'
 * share all three probabilities are near their largest.
 */
export function hypergeometricProbability(count: number, population: number, deviating: number, draws: number): number {
  const rate = draws / population;
  const rest = (population - draws) / population;
  const found = binomialProbability(count, deviating, rate, rest);
  const notFound = binomialProbability(draws - count, population - deviating, rate, rest);
  return found * (notFound / binomialProbability(draws, population, rate, rest));
}

/** log(value), where `rest` is 1 − value, without loss near 1. */
function logOf(value: number, rest: number): number {
  return value > 0.5 ? Math.log1p(-rest) : Math.log(value);
}

const largestTabulated = 15;

/** log(n!) − log(√(2πn) (n/e)ⁿ), for whole n above 0. */
function stirlingError(n: number): number {
  if (n <= largestTabulated) return tabulatedErrors[n] ?? 0;
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}

const tabulatedErrors = Array.from({ length: largestTabulated + 1 }, (_, n) => {
  let factorial = 1;
  for (let factor = 2; factor <= n; factor += 1) factorial *= factor;
  return n === 0 ? 0 : Math.log(factorial / (Math.sqrt(twoPi * n) * n ** n * Math.exp(-n)));
});

/** count × log(count ÷ mean) + mean − count, also where the two are close and the terms cancel. */
function devianceOf(count: number, mean: number): number {
  const difference = count - mean;
  const ratio = difference / (count + mean);
  if (Math.abs(ratio) > 0.1) return count * Math.log(count / mean) - difference;
  // log(count ÷ mean) is twice the area tangent of the ratio, and its first term meets the difference.
  let power = ratio;
  let sum = 0;
  for (let odd = 3; ; odd += 2) {
    power *= ratio * ratio;
    const next = sum + power / odd;
    if (next === sum) return difference * ratio + 2 * count * sum;
    sum = next;
  }
}
