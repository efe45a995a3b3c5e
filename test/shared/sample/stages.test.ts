import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { riskOfExtension } from "../../../shared/sample/extension-risk.ts";
import { planTwoStages } from "../../../shared/sample/two-stage-plan.ts";
import { choose, numberOf, type Share, shareOf } from "./exact-tails.ts";
import { randomFrom } from "./seeded-random.ts";

/** P(exactly `count` of `size`), without and with replacement. */
const exactly = (count: number, population: number, deviating: number, size: number): Share => ({
  over: choose(deviating, count) * choose(population - deviating, size - count),
  under: choose(population, size),
});
const exactlyBinomial = (count: number, size: number, rate: Share): Share => ({
  over: choose(size, count) * rate.over ** BigInt(count) * (rate.under - rate.over) ** BigInt(size - count),
  under: rate.under ** BigInt(size),
});

describe("two stages with controlled risk", () => {
  const plan = (request: Partial<Parameters<typeof planTwoStages>[0]>) =>
    planTwoStages({ method: "binomial", confidence: "0.95", tolerableRate: "0.05", ...request });

  /** p0 + p1 × p0 of one size, in floating point from exact probabilities. */
  function riskBy(rate: Share, size: number): number {
    const none = numberOf(exactlyBinomial(0, size, rate));
    return none + numberOf(exactlyBinomial(1, size, rate)) * none;
  }

  it.each([
    ["0.80", "0.05"],
    ["0.90", "0.05"],
    ["0.95", "0.07"],
    ["0.99", "0.20"],
    ["0.5", "0.5"],
  ])("with %s confidence and %s tolerable have the smallest size whose whole risk is held", (confidence, rate) => {
    const { stageSize, achievedRisk } = plan({ confidence, tolerableRate: rate });
    const risk = 1 - Number(confidence);
    const size = stageSize ?? Number.NaN;
    expect(achievedRisk).toBeCloseTo(riskBy(shareOf(rate), size), 13);
    expect(achievedRisk).toBeLessThanOrEqual(risk + 1e-12);
    if (size > 1) expect(riskBy(shareOf(rate), size - 1)).toBeGreaterThan(risk);
  });

  it("by Poisson have the mean of each stage in the exponent", () => {
    const { stageSize, achievedRisk } = plan({ method: "poisson" });
    const mean = (stageSize ?? Number.NaN) * 0.05;
    expect(achievedRisk).toBeCloseTo(Math.exp(-mean) + mean * Math.exp(-2 * mean), 14);
  });

  it("without replacement draw the second stage from what the first one left", () => {
    const { stageSize, achievedRisk } = plan({ method: "hypergeometric", populationSize: 200, tolerableRate: "0.05" });
    const size = stageSize ?? Number.NaN;
    const none = numberOf(exactly(0, 200, 10, size));
    const one = numberOf(exactly(1, 200, 10, size));
    const noneLeft = numberOf(exactly(0, 200 - size, 9, size));
    expect(achievedRisk).toBeCloseTo(none + one * noneLeft, 13);
    expect(2 * size).toBeLessThanOrEqual(200);
  });

  it("need more items than one stage, and say when they do not fit", () => {
    expect(plan({}).stageSize).toBeGreaterThan(59);
    expect(plan({ populationSize: 100 })).toMatchObject({
      status: "exceeds_population",
      stageSize: plan({}).stageSize,
    });
    expect(plan({ tolerableRate: "0" })).toMatchObject({ status: "exceeds_max", stageSize: null });
    expect(plan({ method: "hypergeometric", populationSize: 10 })).toMatchObject({ status: "exceeds_max" });
    expect(plan({ method: "hypergeometric", populationSize: 1 })).toMatchObject({ status: "exceeds_max" });
  });
});

describe("the risk of extending a sample that did not support", () => {
  it("is that of the first sample and of every way on from it, exactly", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: -1, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 999 }),
        (firstSize, more, firstAcceptable, extra, mille) => {
          const totalAcceptable = Math.max(firstAcceptable, 0) + extra;
          const rate: Share = { over: BigInt(mille), under: 1000n };
          let exact = 0;
          for (let found = 0; found <= Math.min(firstSize, totalAcceptable); found += 1) {
            for (let later = 0; later <= more; later += 1) {
              if (found > firstAcceptable && found + later > totalAcceptable) continue;
              exact += numberOf(exactlyBinomial(found, firstSize, rate)) * numberOf(exactlyBinomial(later, more, rate));
            }
          }
          const own = riskOfExtension({
            ...{ method: "binomial", tolerableRate: (mille / 1000).toFixed(3), populationSize: null },
            ...{ firstSize, firstAcceptable, totalSize: firstSize + more, totalAcceptable },
          });
          expect(own).toBeCloseTo(exact, 12);
        },
      ),
    );
  });

  it("is more than either plan states: none in 59, or one in 93 after all", () => {
    const test = { method: "binomial", tolerableRate: "0.05", populationSize: null } as const;
    const risk = riskOfExtension({ ...test, firstSize: 59, firstAcceptable: 0, totalSize: 93, totalAcceptable: 1 });
    const closed = 0.95 ** 59 + 59 * 0.05 * 0.95 ** 58 * 0.95 ** 34;
    expect(risk).toBeCloseTo(closed, 13);
    expect(risk).toBeGreaterThan(0.07);
  });

  it("shows in 10,000 simulated audits of a control that deviates at the tolerable rate", () => {
    const random = randomFrom(5);
    const runs = 10_000;
    const find = (size: number) => Array.from({ length: size }, random).filter((value) => value < 0.05).length;
    let relied = 0;
    for (let audit = 0; audit < runs; audit += 1) {
      const first = find(59);
      if (first === 0 || (first === 1 && find(34) === 0)) relied += 1;
    }
    const exact = 0.95 ** 59 + 59 * 0.05 * 0.95 ** 92;
    expect(Math.abs(relied / runs - exact)).toBeLessThanOrEqual(5 * Math.sqrt((exact * (1 - exact)) / runs));
    expect(relied / runs).toBeGreaterThan(0.05);
  });
});
