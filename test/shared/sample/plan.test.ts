import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ValidLimit } from "../../../shared/model/sample-limit.ts";
import type { PlanRequest, SamplePlan } from "../../../shared/model/sample-plan.ts";
import { limitOf } from "../../../shared/sample/limit.ts";
import { planCurve, planSample } from "../../../shared/sample/plan.ts";
import { exactRisk, smallestSize } from "./exact-search.ts";
import { numberOf } from "./exact-tails.ts";

const plan = (request: Partial<PlanRequest> = {}): SamplePlan =>
  planSample({ method: "binomial", confidence: "0.95", tolerableRate: "0.05", ...request });
const sizeOf = (request: Partial<PlanRequest>) => [plan(request).size, plan(request).acceptableDeviations];

describe("published sample sizes", () => {
  it.each([
    // The size at which no deviation is rare enough has a closed form: ln(risk) ÷ ln(1 − rate), rounded up.
    ["0.95", "0.05", 59],
    ["0.90", "0.05", 45],
    ["0.95", "0.10", 29],
    ["0.90", "0.10", 22],
    ["0.99", "0.01", 459],
    ["0.95", "0.01", 299],
    ["0.95", "0.001", 2995],
  ] as const)("with %s confidence, %s tolerable and no deviation are %d", (confidence, tolerableRate, size) => {
    expect(sizeOf({ confidence, tolerableRate })).toEqual([size, 0]);
    expect(size).toBe(Math.ceil(Math.log(1 - Number(confidence)) / Math.log(1 - Number(tolerableRate))));
  });

  it.each([
    // The factors of Poisson's distribution that audit textbooks print (3.00, 4.75, 6.30 … for 95 %) over the rate.
    ["0.95", 0, 3.0],
    ["0.95", 1, 4.75],
    ["0.95", 2, 6.3],
    ["0.95", 3, 7.76],
    ["0.90", 0, 2.31],
    ["0.90", 1, 3.89],
    ["0.90", 2, 5.33],
  ] as const)(
    "by Poisson with %s confidence and %d deviations come from the factor %d",
    (confidence, count, factor) => {
      for (const tolerableRate of ["0.05", "0.10", "0.02"]) {
        const { size } = plan({ method: "poisson", confidence, tolerableRate, expectedDeviations: count });
        expect(size).toBeLessThanOrEqual(Math.ceil(factor / Number(tolerableRate)));
        expect(size).toBeGreaterThanOrEqual(Math.floor((factor - 0.01) / Number(tolerableRate)));
      }
    },
  );

  it("are enough where PCAOB AS 2315.41 says so: 60 without deviation for 5 %, and not with two", () => {
    const of60 = (deviations: number) =>
      limitOf({ method: "binomial", confidence: "0.95", tolerableRate: "0.05", size: 60, deviations });
    expect(of60(0)).toMatchObject({ supportsTolerable: true });
    expect(of60(2)).toMatchObject({ supportsTolerable: false });
  });

  it("leave out one item of a hundred when one deviating item is sought with 99 % confidence", () => {
    // P(the one is not drawn) = (100 − n) ÷ 100.
    expect(
      plan({ method: "hypergeometric", confidence: "0.99", tolerableRate: "0.01", populationSize: 100 }),
    ).toMatchObject({ size: 99, achievedRisk: expect.closeTo(0.01, 14), tolerableCount: 1 });
  });
});

const confidence = fc.constantFrom("0.5", "0.75", "0.8", "0.90", "0.95", "0.99", "0.9999");
const tolerableRate = fc.integer({ min: 1, max: 1000 }).map((mille) => (mille / 1000).toFixed(3));
const expectation = fc.oneof(
  fc.record({ expectedDeviations: fc.nat({ max: 6 }) }),
  fc.record({ expectedRate: fc.integer({ min: 0, max: 400 }).map((mille) => (mille / 1000).toFixed(3)) }),
);
const endless = fc
  .tuple(fc.constantFrom("binomial" as const, "poisson" as const), confidence, tolerableRate, expectation)
  .map(
    ([method, level, rate, expected]): PlanRequest => ({ method, confidence: level, tolerableRate: rate, ...expected }),
  );
const finite = fc.tuple(fc.integer({ min: 1, max: 120 }), confidence, tolerableRate, expectation).map(
  ([populationSize, level, rate, expected]): PlanRequest => ({
    ...{ method: "hypergeometric", populationSize, confidence: level, tolerableRate: rate },
    ...expected,
  }),
);

describe("a planned size", () => {
  it("is always the smallest that is enough, by exact search", () => {
    const largest = 120;
    fc.assert(
      fc.property(fc.oneof(endless, finite), (request) => {
        const own = planSample(request);
        if (own.status === "infeasible_expected_not_below_tolerable") return;
        const exact = smallestSize(request, Math.min(request.populationSize ?? largest, largest));
        if (exact === null) expect(own.size ?? largest + 1).toBeGreaterThan(largest);
        else expect(own).toMatchObject({ status: "ok", size: exact.size, acceptableDeviations: exact.acceptable });
      }),
      { numRuns: 300 },
    );
  });

  it("always supports the rate with the deviations that it puts up with, and never with one more", () => {
    fc.assert(
      fc.property(fc.oneof(endless, finite), (request) => {
        const { status, size, acceptableDeviations: acceptable, achievedRisk } = planSample(request);
        if (status !== "ok" || size === null || acceptable === null) return;
        const supports = (deviations: number) => limitOf({ ...limitRequest(request), size, deviations });
        expect(supports(acceptable)).toMatchObject({ supportsTolerable: true, tailAtTolerable: achievedRisk });
        expect(supports(acceptable + 1)).toMatchObject({ supportsTolerable: false });
        expect(achievedRisk).toBeLessThanOrEqual(numberOf(exactRisk(request.confidence)) + 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  it("takes a tie as enough, which floating point would miss", () => {
    // P(none of 19 from 20 hits the one deviating item) is 1/20 exactly.
    expect(sizeOf({ method: "hypergeometric", populationSize: 20 })).toEqual([19, 0]);
    expect(sizeOf({ confidence: "0.5", tolerableRate: "0.5" })).toEqual([1, 0]);
    expect(sizeOf({ confidence: "0.9999", tolerableRate: "0.9" })).toEqual([4, 0]);
  });

  it("rounds what is expected, and what is tolerated, up exactly", () => {
    const request = { method: "binomial", confidence: "0.95", tolerableRate: "0.065", expectedRate: "0.035" } as const;
    // 0.035 × 200 is 7.000000000000001 in floating point, which would put up with 8.
    const exact = smallestSize(request, 300);
    expect(exact).toEqual({ size: 200, acceptable: 7 });
    expect(sizeOf(request)).toEqual([200, 7]);
    expect(plan({ method: "hypergeometric", populationSize: 400, tolerableRate: "0.035" }).tolerableCount).toBe(14);
  });

  it("goes upwards through sizes that are enough and then are not again", () => {
    const isEnough = (size: number) => {
      const deviations = Math.ceil(size / 200);
      const request = { method: "binomial", confidence: "0.95", tolerableRate: "0.03" } as const;
      return (limitOf({ ...request, size, deviations }) as ValidLimit).supportsTolerable;
    };
    expect(plan({ tolerableRate: "0.03", expectedRate: "0.005" }).size).toBe(157);
    expect([156, 157, 200, 201, 207, 208].map(isEnough)).toEqual([false, true, true, false, false, true]);
  });

  it("is a census where the population is that small", () => {
    expect(sizeOf({ method: "hypergeometric", populationSize: 1 })).toEqual([1, 0]);
    expect(plan({ method: "hypergeometric", populationSize: 10 })).toMatchObject({ size: 10, achievedRisk: 0 });
  });

  it("is one more than what is put up with when everything may deviate", () => {
    // By Poisson two items with at most two deviations would already be rare enough for so little confidence.
    expect(sizeOf({ method: "poisson", confidence: "0.2", tolerableRate: "1", expectedDeviations: 2 })).toEqual([3, 2]);
    expect(sizeOf({ tolerableRate: "1", expectedDeviations: 3 })).toEqual([4, 3]);
    expect(sizeOf({ tolerableRate: "1", method: "hypergeometric", populationSize: 9, expectedDeviations: 3 })).toEqual([
      4, 3,
    ]);
  });
});

describe("no plan", () => {
  it("exists where no fewer deviations are expected than tolerated", () => {
    const infeasible = { status: "infeasible_expected_not_below_tolerable", size: null, achievedRisk: null };
    expect(plan({ expectedRate: "0.05" })).toMatchObject(infeasible);
    expect(plan({ expectedRate: "0.050000000000000000001" })).toMatchObject(infeasible);
    expect(plan({ expectedRate: "0.049" }).status).not.toBe(infeasible.status);
    expect(plan({ tolerableRate: "0" })).toMatchObject(infeasible);
    const finite20 = { method: "hypergeometric", populationSize: 20 } as const;
    expect(plan({ ...finite20, expectedDeviations: 1 })).toMatchObject({ ...infeasible, tolerableCount: 1 });
    expect(plan({ ...finite20, expectedRate: "0.01" })).toMatchObject(infeasible);
    expect(plan({ ...finite20, tolerableRate: "0.0500001", expectedDeviations: 1 })).toMatchObject({
      tolerableCount: 2,
    });
  });

  it("of up to 5,000 items exists where the two are close", () => {
    expect(plan({ expectedRate: "0.0499" })).toMatchObject({ status: "exceeds_max", size: null });
    expect(plan({ tolerableRate: "0", expectedDeviations: 0 })).toMatchObject({ status: "exceeds_max", size: null });
    expect(plan({ tolerableRate: "0.0005" })).toMatchObject({ status: "exceeds_max" });
    expect(plan({ tolerableRate: "0.0006" })).toMatchObject({ status: "ok", size: 4992 });
  });

  it("fits a population smaller than its size, which is still said", () => {
    expect(plan({ populationSize: 58 })).toMatchObject({ status: "exceeds_population", size: 59 });
    expect(plan({ populationSize: 59 })).toMatchObject({ status: "ok", size: 59 });
  });

  it.each([
    [{ confidence: "1" }, "confidence is not between 0 and 1"],
    [{ confidence: "95" }, "confidence is not between 0 and 1"],
    [{ tolerableRate: "5 %" }, "tolerable rate is not a decimal number"],
    [{ expectedRate: "-0.01" }, "expected rate is not a decimal number"],
    [{ method: "hypergeometric" }, "population size is needed by the hypergeometric method"],
  ] as const)("is made from %j", (request, message) => {
    expect(() => plan(request)).toThrowError(expect.objectContaining({ code: "request-invalid" }));
    expect(() => plan(request)).toThrowError(message);
  });
});

describe("the curve of sizes", () => {
  it("has the plan of each rate, and a gap where there is none", () => {
    const request = { method: "binomial", confidence: "0.95", tolerableRate: "0.05", expectedRate: "0.02" } as const;
    const curve = planCurve(request);
    expect(curve).toHaveLength(39);
    for (const point of curve) {
      const { status, size } = planSample({ ...request, tolerableRate: point.tolerableRate });
      expect(point.size).toBe(status === "ok" ? size : null);
    }
    expect(curve[0]?.size).toBeNull();
    expect(() => planCurve(request, ["5"])).toThrow();
  });
});

function limitRequest({ method, confidence: level, tolerableRate: rate, populationSize }: PlanRequest) {
  return { method, confidence: level, tolerableRate: rate, populationSize };
}
