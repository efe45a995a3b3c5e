import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  binomial,
  type CountDistribution,
  hypergeometric,
  isLowerTailAbove,
  lowerTail,
  poisson,
  probabilityOf,
  upperTail,
} from "../../../shared/sample/count-distribution.ts";
import { binomialTail, hypergeometricTail, minus, numberOf, poissonTail, type Share } from "./exact-tails.ts";

const one: Share = { over: 1n, under: 1n };

/** Holds both tails and the single probability to the exact ones, small ones to as many digits as large ones. */
function compare(own: CountDistribution, count: number, exactTail: (count: number) => Share): void {
  const upTo = exactTail(count);
  const below = count === 0 ? { over: 0n, under: 1n } : exactTail(count - 1);
  isNear(lowerTail(own, count), numberOf(upTo));
  isNear(upperTail(own, count), numberOf(minus(one, below)));
  isNear(probabilityOf(own, count), numberOf(minus(upTo, below)));
}

function isNear(own: number, exact: number): void {
  expect(Math.abs(own - exact), `${own} for ${exact}`).toBeLessThanOrEqual(Math.abs(exact) * 2e-12 + 1e-300);
}

const perMille = fc.integer({ min: 1, max: 999 });

describe("the distribution of the deviations in a sample", () => {
  it("is the binomial one to 11 digits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 250 }), fc.nat(), perMille, (trials, some, mille) => {
        const count = some % (trials + 1);
        const rate: Share = { over: BigInt(mille), under: 1000n };
        compare(binomial(trials, mille / 1000, (1000 - mille) / 1000), count, (upTo) =>
          binomialTail(upTo, trials, rate),
        );
      }),
    );
  });

  it("is the hypergeometric one to 11 digits, also where it leaves few counts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), fc.nat(), fc.nat(), (population, a, b, some) => {
        const deviating = a % (population + 1);
        const draws = 1 + (b % population);
        const count = some % (draws + 1);
        compare(hypergeometric(population, deviating, draws), count, (upTo) =>
          hypergeometricTail(upTo, population, deviating, draws),
        );
      }),
    );
  });

  it("is Poisson's one to 11 digits", () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 60_000 }), (count, mille) => {
        const mean: Share = { over: BigInt(mille), under: 1000n };
        compare(poisson(mille / 1000), count, (upTo) => poissonTail(upTo, mean));
      }),
    );
  });

  it.each([
    [1_000_000_000, 50_000_000, 60, 1],
    [1_000_000_000, 1, 5000, 0],
    [1_000_000_000, 999_999_999, 40, 39],
    [20_000_000, 100_000, 900, 2],
    [1_000_000, 30, 400, 1],
  ])("keeps its digits in a population of %d of which %d deviate (%d drawn)", (population, deviating, draws, count) => {
    compare(hypergeometric(population, deviating, draws), count, (upTo) =>
      hypergeometricTail(upTo, population, deviating, draws),
    );
  });

  it("gives the lady who tastes eight cups, four of each kind, one chance in seventy (Fisher 1935)", () => {
    const cups = hypergeometric(8, 4, 4);
    expect(upperTail(cups, 4)).toBeCloseTo(1 / 70, 15);
    expect(upperTail(cups, 3)).toBeCloseTo(17 / 70, 15);
  });

  it("is certain where nothing, or everything, deviates", () => {
    for (const distribution of [binomial(10, 0), poisson(0), hypergeometric(20, 0, 10)]) {
      expect(lowerTail(distribution, 0)).toBe(1);
      expect(upperTail(distribution, 1)).toBe(0);
      expect(probabilityOf(distribution, 0)).toBe(1);
    }
    for (const distribution of [binomial(10, 1), hypergeometric(20, 20, 10)]) {
      expect(lowerTail(distribution, 9)).toBe(0);
      expect(upperTail(distribution, 10)).toBe(1);
      expect(probabilityOf(distribution, 9)).toBe(0);
    }
    expect(lowerTail(hypergeometric(40, 2, 40), 1)).toBe(0);
    expect(lowerTail(hypergeometric(40, 2, 40), 2)).toBe(1);
  });

  it("answers whether a tail is above a bound as the whole tail does", () => {
    const bound = fc.constantFrom(0.5, 0.2, 0.1, 0.05, 0.01, 0.0001);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(), perMille, bound, (trials, some, mille, limit) => {
        const count = some % (trials + 1);
        for (const distribution of [
          binomial(trials, mille / 1000),
          poisson((trials * mille) / 1000),
          hypergeometric(2 * trials, Math.ceil((2 * trials * mille) / 1000), trials),
        ]) {
          expect(isLowerTailAbove(distribution, count, limit)).toBe(lowerTail(distribution, count) > limit);
        }
      }),
    );
  });
});
