import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LimitRequest, ValidLimit } from "../../../shared/model/sample-limit.ts";
import { limitOf } from "../../../shared/sample/limit.ts";
import { exactRisk, halfOfShare, possibleCounts } from "./exact-search.ts";
import { binomialTail, ceilingOf, isAtMost, minus, poissonTail, type Share, shareOf } from "./exact-tails.ts";

function limit(request: Partial<LimitRequest>): ValidLimit {
  const answer = limitOf({ method: "binomial", confidence: "0.95", size: 60, deviations: 0, ...request });
  if (answer.status !== "ok") throw new Error(answer.sentence);
  return answer;
}
const poisson = (confidence: string, deviations: number) =>
  limit({ method: "poisson", size: 1000, confidence, deviations: deviations });

describe("published limits", () => {
  it.each([
    // Clopper and Pearson's for ten trials, two-sided 95 %.
    [0, 0, 0.3085],
    [1, 0.0025, 0.445],
    [2, 0.0252, 0.5561],
    [3, 0.0667, 0.6525],
    [4, 0.1216, 0.7376],
    [5, 0.1871, 0.8129],
    [10, 0.6915, 1],
  ])("of %d in ten by the binomial method are %d and %d", (deviations, lower, upper) => {
    const own = limit({ size: 10, deviations });
    expect(own.lowerTwoSided).toBeCloseTo(lower, 4);
    expect(own.upperTwoSided).toBeCloseTo(upper, 4);
  });

  it.each([
    // Garwood's for a count, two-sided 95 %, and the one-sided factors that audit textbooks print.
    [0, 0, 3.689, 2.996, Math.LN10],
    [1, 0.025, 5.572, 4.744, 3.89],
    [2, 0.242, 7.225, 6.296, 5.322],
    [3, 0.619, 8.767, 7.754, 6.681],
    [5, 1.623, 11.668, 10.513, 9.275],
    [10, 4.795, 18.39, 16.962, 15.407],
  ])("of a count of %d by Poisson are %d to %d, one-sided %d and %d", (count, lower, upper, of95, of90) => {
    expect(poisson("0.95", count).lowerTwoSided * 1000).toBeCloseTo(lower, 3);
    expect(poisson("0.95", count).upperTwoSided * 1000).toBeCloseTo(upper, 3);
    expect(poisson("0.95", count).upper * 1000).toBeCloseTo(of95, 3);
    expect(poisson("0.90", count).upper * 1000).toBeCloseTo(of90, 3);
  });

  it("without a deviation, and with nothing but deviations, have closed forms", () => {
    for (const [confidence, risk] of [
      ["0.95", 0.05],
      ["0.90", 0.1],
      ["0.9999", 0.0001],
      ["0.5", 0.5],
    ] as const) {
      for (const size of [1, 2, 25, 60, 5000, 1_000_000]) {
        const none = limit({ confidence, size });
        expect(none.upper).toBeCloseTo(-Math.expm1(Math.log(risk) / size), 13);
        expect(none.upperTwoSided).toBeCloseTo(-Math.expm1(Math.log(risk / 2) / size), 13);
        expect(none.lowerTwoSided).toBe(0);
        expect(limit({ method: "poisson", confidence, size }).upper).toBeCloseTo(-Math.log(risk) / size, 13);
        const all = limit({ confidence, size, deviations: size });
        expect(all).toMatchObject({ upper: 1, upperTwoSided: 1 });
        expect(all.lowerTwoSided).toBeCloseTo((risk / 2) ** (1 / size), 13);
      }
    }
  });

  it("by Poisson may pass 1, and are not capped", () => {
    expect(limit({ method: "poisson", size: 2, deviations: 2 }).upper).toBeGreaterThan(3);
  });
});

const confidence = fc.constantFrom("0.5", "0.8", "0.90", "0.95", "0.99", "0.9999");

describe("a limit of a rate", () => {
  it("is where the exact tail meets the risk, to ten digits", () => {
    const tails = {
      binomial: (count: number, size: number, rate: Share) => binomialTail(count, size, rate),
      poisson: (count: number, size: number, rate: Share) =>
        poissonTail(count, { over: rate.over * BigInt(size), under: rate.under }),
    };
    const request = fc.record({
      method: fc.constantFrom("binomial" as const, "poisson" as const),
      confidence,
      size: fc.integer({ min: 1, max: 150 }),
    });
    fc.assert(
      fc.property(request, fc.nat({ max: 25 }), (sample, some) => {
        const deviations = Math.min(some, sample.size);
        const own = limit({ ...sample, deviations });
        const one: Share = { over: 1n, under: 1n };
        const upTo = (rate: Share) => tails[sample.method](deviations, sample.size, rate);
        const from = (rate: Share) => minus(one, tails[sample.method](deviations - 1, sample.size, rate));
        const risk = exactRisk(sample.confidence);
        if (deviations < sample.size || sample.method === "poisson") {
          expectCrossing(own.upper, upTo, risk);
          expectCrossing(own.upperTwoSided, upTo, halfOfShare(risk));
        }
        if (deviations > 0) expectCrossing(own.lowerTwoSided, from, halfOfShare(risk));
      }),
      { numRuns: 150 },
    );
  });

  it("supports the tolerable rate exactly where the upper limit is not above it", () => {
    const methods = fc.constantFrom("binomial" as const, "poisson" as const);
    const mille = fc.integer({ min: 1, max: 999 });
    fc.assert(
      fc.property(
        methods,
        confidence,
        fc.integer({ min: 1, max: 2000 }),
        fc.nat(),
        mille,
        (method, level, size, some, t) => {
          const deviations = some % (1 + Math.min(size, 60));
          const tolerableRate = (t / 1000).toFixed(3);
          const own = limit({ method, confidence: level, size, deviations, tolerableRate });
          // Where the two are equal but for the last digits the tail decides, as a tie.
          fc.pre(Math.abs(own.upper - t / 1000) > 1e-12);
          expect(own.supportsTolerable).toBe(own.upper <= t / 1000);
          expect(own).toMatchObject({ upperCount: null, lowerTwoSidedCount: null, tolerableCount: null });
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("a limit of a number of items", () => {
  it("is exactly the border of what the sample and the risk leave possible", () => {
    const sample = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(), confidence);
    fc.assert(
      fc.property(sample, ([populationSize, a, b, level]) => {
        const size = 1 + (a % populationSize);
        const deviations = b % (size + 1);
        const own = limit({ method: "hypergeometric", confidence: level, populationSize, size, deviations });
        const risk = exactRisk(level);
        const upper = (share: Share) => possibleCounts(deviations, size, populationSize, share, "upper").at(-1);
        const lower = (share: Share) => possibleCounts(deviations, size, populationSize, share, "lower")[0];
        expect(own.upperCount).toBe(upper(risk));
        expect(own.upperTwoSidedCount).toBe(upper(halfOfShare(risk)));
        expect(own.lowerTwoSidedCount).toBe(deviations === 0 ? 0 : lower(halfOfShare(risk)));
        expect(own.upper).toBe((own.upperCount ?? Number.NaN) / populationSize);
      }),
      { numRuns: 500 },
    );
  });

  it("supports the tolerable rate exactly where it is below the tolerable number of items", () => {
    const sample = fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.nat(), fc.nat(), confidence, fc.nat({ max: 1000 }));
    fc.assert(
      fc.property(sample, ([populationSize, a, b, level, mille]) => {
        const size = 1 + (a % populationSize);
        const deviations = b % Math.min(size + 1, 40);
        const tolerableRate = (mille / 1000).toFixed(3);
        const request = { method: "hypergeometric", populationSize, size, deviations, tolerableRate } as const;
        const own = limit({ ...request, confidence: level });
        const tolerable = ceilingOf(shareOf(tolerableRate), populationSize);
        expect(own.tolerableCount).toBe(tolerable);
        expect(own.supportsTolerable).toBe((own.upperCount ?? Number.NaN) < tolerable);
      }),
      { numRuns: 500 },
    );
  });

  it("takes a tie as ruled out: one deviating item of a hundred, ninety tested, 90 %", () => {
    const request = { method: "hypergeometric", confidence: "0.90", populationSize: 100 } as const;
    expect(limit({ ...request, size: 90 }).upperCount).toBe(0);
    expect(limit({ ...request, size: 89 }).upperCount).toBe(1);
  });

  it("is certain where everything was tested", () => {
    for (const deviations of [0, 1, 40]) {
      expect(limit({ method: "hypergeometric", populationSize: 40, size: 40, deviations })).toMatchObject({
        ...{ upperCount: deviations, lowerTwoSidedCount: deviations, upperTwoSidedCount: deviations },
      });
    }
  });
});

describe("a tolerable rate", () => {
  it("of 1 is supported, unless everything deviated; one of 0 never is", () => {
    for (const method of ["binomial", "hypergeometric"] as const) {
      const sample = { method, populationSize: 80, size: 20 };
      expect(limit({ ...sample, deviations: 19, tolerableRate: "1" })).toMatchObject({ supportsTolerable: true });
      expect(limit({ ...sample, deviations: 20, tolerableRate: "1" })).toMatchObject({ supportsTolerable: false });
      expect(limit({ ...sample, deviations: 0, tolerableRate: "0" })).toMatchObject({
        ...{ supportsTolerable: false, tailAtTolerable: 1 },
      });
    }
  });

  it("that is not given leaves support open", () => {
    expect(limit({})).toMatchObject({ supportsTolerable: null, tailAtTolerable: null, tolerableCount: null });
  });
});

describe("a sample that cannot be", () => {
  it.each([
    [{ size: 0 }, "Nothing was tested"],
    [{ size: -5 }, "Nothing was tested"],
    [{ deviations: -1 }, "-1 is not a number of deviations"],
    [{ deviations: 61 }, "61 deviations cannot be found in 60 items"],
    [{ populationSize: 59 }, "cannot be drawn from a population of 59"],
    [{ method: "hypergeometric" }, "needs the size of the population"],
  ] as const)("(%j) is answered with the reason", (request, reason) => {
    const answer = limitOf({ method: "binomial", confidence: "0.95", size: 60, deviations: 0, ...request });
    expect(answer.status).toBe("invalid");
    expect(answer.sentence).toContain(reason);
  });

  it.each([{ confidence: "0" }, { confidence: "1.5" }, { tolerableRate: "5" }, { size: 1.5 }] as const)(
    "by a number out of its range (%j) is refused",
    (request) => {
      expect(() => limit(request)).toThrowError(expect.objectContaining({ code: "request-invalid" }));
    },
  );
});

/** The exact tail is on one side of the risk just before the limit, and on the other just behind it. */
function expectCrossing(own: number, tailAt: (rate: Share) => Share, risk: Share): void {
  const text = (rate: number) => shareOf(Math.max(rate, 0).toFixed(20));
  const before = isAtMost(tailAt(text(own * (1 - 1e-10))), risk);
  // A limit so near to 1 that the next rate is no rate is at 1 within the digits.
  const after = isAtMost(tailAt(text(own < 1 && own * (1 + 1e-10) > 1 ? 1 : own * (1 + 1e-10))), risk);
  expect(before).not.toBe(after);
}
