import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LimitRequest, ValidLimit } from "../../../shared/model/sample-limit.ts";
import { SamplingModel } from "../../../shared/model/sample-plan.ts";
import { binomial, hypergeometric, lowerTail } from "../../../shared/sample/count-distribution.ts";
import { limitOf } from "../../../shared/sample/limit.ts";
import { planSample } from "../../../shared/sample/plan.ts";
import { binomialTail, hypergeometricTail, isAtMost, type Share } from "./exact-tails.ts";

const limit = (request: LimitRequest) => limitOf(request) as ValidLimit;
const confidence = fc.constantFrom("0.5", "0.8", "0.90", "0.95", "0.99", "0.9999");
const request = fc
  .tuple(fc.constantFrom(...SamplingModel.options), confidence, fc.integer({ min: 2, max: 3000 }), fc.nat(), fc.nat())
  .map(([method, level, populationSize, a, b]) => {
    const size = 1 + (a % (populationSize - 1));
    return { method, confidence: level, populationSize, size, deviations: b % Math.min(size, 60) };
  });

/** Room for the last digits of floating point. */
const above = (value: number) => value * (1 + 1e-12) + 1e-15;

describe("limits", () => {
  it("never fall when one more item deviates", () => {
    fc.assert(
      fc.property(request, (sample) => {
        const [own, more] = [limit(sample), limit({ ...sample, deviations: sample.deviations + 1 })];
        expect(own.upper).toBeLessThanOrEqual(above(more.upper));
        expect(own.upperTwoSided).toBeLessThanOrEqual(above(more.upperTwoSided));
        expect(own.lowerTwoSided).toBeLessThanOrEqual(above(more.lowerTwoSided));
      }),
      { numRuns: 400 },
    );
  });

  it("never rise when one more item is tested and does not deviate", () => {
    fc.assert(
      fc.property(request, (sample) => {
        const [own, more] = [limit(sample), limit({ ...sample, size: sample.size + 1 })];
        expect(more.upper).toBeLessThanOrEqual(above(own.upper));
        expect(more.upperTwoSided).toBeLessThanOrEqual(above(own.upperTwoSided));
        expect(more.lowerTwoSided).toBeLessThanOrEqual(above(own.lowerTwoSided));
      }),
      { numRuns: 400 },
    );
  });

  it("never fall with more confidence, and two-sided ones never are inside of one-sided ones", () => {
    fc.assert(
      fc.property(request, (sample) => {
        const levels = ["0.5", "0.8", "0.90", "0.95", "0.99", "0.9999"];
        const uppers = levels.map((level) => limit({ ...sample, confidence: level }));
        for (const [index, own] of uppers.entries()) {
          expect(own.upper).toBeLessThanOrEqual(above(own.upperTwoSided));
          // Counts come in whole items: 8 of 9 deviate in a sample of 10, and with 50 % at least 9 of the 10 do.
          const grain = sample.method === "hypergeometric" ? 1 / sample.populationSize : 0;
          expect(own.lowerTwoSided).toBeLessThanOrEqual(above(own.mostLikelyRate + grain));
          const next = uppers[index + 1];
          if (next) expect(own.upper).toBeLessThanOrEqual(above(next.upper));
        }
      }),
      { numRuns: 100 },
    );
  });
});

/*
 * The hypergeometric distribution and its two binomial neighbours. While no more than k of the items drawn so far
 * deviate, the next one deviates with a chance of at least (K − k) ÷ N and at most K ÷ (N − n + 1). Draws with one of
 * these fixed chances can be coupled with it, so that they pass k no sooner, or no later. Therefore
 * T_bin(k; n, K ÷ (N − n + 1)) ≤ T_hyp(k; N, K, n) ≤ T_bin(k; n, (K − k) ÷ N).
 */
describe("the hypergeometric method", () => {
  const finite = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), fc.nat());

  it("lies between its binomial neighbours, exactly", () => {
    fc.assert(
      fc.property(finite, ([population, a, b, some]) => {
        const deviating = a % (population + 1);
        const draws = 1 + (b % population);
        const count = some % (Math.min(draws, deviating) + 1);
        const tail = hypergeometricTail(count, population, deviating, draws);
        const [low, high] = neighboursOf(count, population, deviating, draws);
        expect(isAtMost(binomialTail(count, draws, high), tail)).toBe(true);
        expect(isAtMost(tail, binomialTail(count, draws, low))).toBe(true);
      }),
    );
  });

  it("lies between them as it is computed, in populations of any size", () => {
    const large = fc.tuple(fc.integer({ min: 6000, max: 1_000_000_000 }), fc.nat(), fc.integer({ min: 1, max: 5000 }));
    fc.assert(
      fc.property(large, fc.nat({ max: 40 }), ([population, a, draws], some) => {
        const deviating = a % (population + 1);
        const count = Math.min(some, draws, deviating);
        const tail = lowerTail(hypergeometric(population, deviating, draws), count);
        const low = lowerTail(binomial(draws, (deviating - count) / population), count);
        const high = lowerTail(binomial(draws, Math.min(1, deviating / (population - draws + 1))), count);
        expect(tail).toBeLessThanOrEqual(above(low));
        expect(high).toBeLessThanOrEqual(above(tail));
      }),
      { numRuns: 500 },
    );
  });

  /* Without a deviation Π (N − K − i) ÷ (N − i) ≤ (1 − K ÷ N)ⁿ ≤ e^(−n K ÷ N), and K ÷ N is at least the rate. */
  it("never asks for more items than the binomial one, nor that for more than Poisson's, where none may deviate", () => {
    const rate = fc.integer({ min: 1, max: 500 }).map((mille) => (mille / 1000).toFixed(3));
    fc.assert(
      fc.property(confidence, rate, fc.integer({ min: 1, max: 100_000 }), (level, tolerableRate, populationSize) => {
        const sizeBy = (method: SamplingModel) =>
          planSample({ method, confidence: level, tolerableRate, populationSize }).size ?? Number.POSITIVE_INFINITY;
        expect(sizeBy("hypergeometric")).toBeLessThanOrEqual(sizeBy("binomial"));
        expect(sizeBy("binomial")).toBeLessThanOrEqual(sizeBy("poisson"));
        const limitBy = (method: SamplingModel) =>
          limit({ method, confidence: level, populationSize, size: Math.min(populationSize, 80), deviations: 0 }).upper;
        expect(limitBy("hypergeometric")).toBeLessThanOrEqual(above(limitBy("binomial")));
        expect(limitBy("binomial")).toBeLessThanOrEqual(above(limitBy("poisson")));
      }),
    );
  });

  it("becomes the binomial one when the population is large", () => {
    for (const deviations of [0, 1, 7]) {
      const sample = { confidence: "0.95", size: 120, deviations, populationSize: 1_000_000_000 } as const;
      const [finiteLimit, endless] = [
        limit({ ...sample, method: "hypergeometric" }),
        limit({ ...sample, method: "binomial" }),
      ];
      expect(finiteLimit.upper).toBeCloseTo(endless.upper, 7);
      expect(finiteLimit.lowerTwoSided).toBeCloseTo(endless.lowerTwoSided, 7);
    }
  });
});

function neighboursOf(count: number, population: number, deviating: number, draws: number): [Share, Share] {
  const under = Math.max(population - draws + 1, deviating);
  return [
    { over: BigInt(deviating - count), under: BigInt(population) },
    { over: BigInt(deviating), under: BigInt(under) },
  ];
}
