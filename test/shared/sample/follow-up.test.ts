import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FurtherSample, LimitRequest, ValidLimit } from "../../../shared/model/sample-limit.ts";
import { furtherSample } from "../../../shared/sample/further-sample.ts";
import { limitOf } from "../../../shared/sample/limit.ts";
import { projectDeviations } from "../../../shared/sample/projection.ts";

function limit(request: Partial<LimitRequest>): ValidLimit {
  const base = { method: "binomial", confidence: "0.95", size: 60, deviations: 0, tolerableRate: "0.05" } as const;
  const answer = limitOf({ ...base, ...request });
  if (answer.status !== "ok") throw new Error(answer.sentence);
  return answer;
}
const further = (request: Partial<LimitRequest>) => furtherSample(limit(request)) as FurtherSample;

describe("the further sample that would support reliance", () => {
  it("is the smallest with which the same deviations support the rate", () => {
    const sample = fc.record({
      method: fc.constantFrom("binomial" as const, "poisson" as const, "hypergeometric" as const),
      confidence: fc.constantFrom("0.8", "0.90", "0.95", "0.99"),
      populationSize: fc.integer({ min: 100, max: 4000 }),
      size: fc.integer({ min: 1, max: 100 }),
      deviations: fc.nat({ max: 6 }),
    });
    fc.assert(
      fc.property(sample, (request) => {
        fc.pre(request.deviations <= request.size);
        const own = further(request);
        const supportsWith = (size: number) => limit({ ...request, size }).supportsTolerable;
        if (own.total === null) {
          expect(supportsWith(request.populationSize)).toBe(false);
          return;
        }
        expect(own.total).toBe(request.size + (own.additional ?? Number.NaN));
        expect(supportsWith(own.total)).toBe(true);
        if (own.additional !== 0) expect(supportsWith(own.total - 1)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("tells the true risk, which is above the stated one when the first sample could have been enough", () => {
    const own = further({ size: 59, deviations: 1 });
    expect(own).toMatchObject({ additional: 34, total: 93 });
    expect(own.trueRisk).toBeCloseTo(0.95 ** 59 + 59 * 0.05 * 0.95 ** 92, 12);
    expect(own.sentence).toBe(
      "34 more items without any deviation, 93 in all, would support the tolerable rate. If that was not planned before " +
        "the first items were tested, the risk of relying on the control in error is 7.49 % and not 5 %.",
    );
  });

  it("keeps the risk when the first sample was too small to support it whatever it showed", () => {
    const own = further({ size: 25, deviations: 0, itemName: "changes" });
    expect(own).toMatchObject({ additional: 34, total: 59 });
    expect(own.trueRisk).toBeLessThanOrEqual(0.05);
    expect(own.sentence).toContain("The first changes were too few to support it whatever they showed");
  });

  it("is none where the sample supports the rate, and where nothing can", () => {
    expect(further({})).toMatchObject({ additional: 0, total: 60, trueRisk: null });
    expect(further({ method: "hypergeometric", populationSize: 100, deviations: 6 })).toMatchObject({
      additional: null,
    });
    expect(further({ deviations: 60, populationSize: 70 }).sentence).toContain("for 70 items in all");
    expect(further({ tolerableRate: "0" })).toMatchObject({ additional: null, trueRisk: null });
    expect(furtherSample(limit({ tolerableRate: null }))).toBeNull();
  });
});

describe("what a sample says about the items of its population", () => {
  it("is the same count as the limit where the limit is a count", () => {
    const own = limit({ method: "hypergeometric", populationSize: 1200, size: 102, deviations: 2 });
    expect(projectDeviations(own, 1200)).toMatchObject({ mostLikely: 24, upper: own.upperCount });
  });

  it("never leaves out the deviations that were found, nor counts the items that were found sound", () => {
    const sample = fc.record({
      method: fc.constantFrom("binomial" as const, "poisson" as const, "hypergeometric" as const),
      populationSize: fc.integer({ min: 60, max: 5000 }),
      deviations: fc.nat({ max: 60 }),
    });
    fc.assert(
      fc.property(sample, (request) => {
        const { mostLikely, upper } = projectDeviations(limit(request), request.populationSize);
        expect(mostLikely).toBeGreaterThanOrEqual(request.deviations);
        expect(upper).toBeGreaterThanOrEqual(mostLikely);
        expect(upper).toBeLessThanOrEqual(request.populationSize - (60 - request.deviations));
      }),
    );
  });

  it("is rounded to the side that claims less", () => {
    const own = limit({ deviations: 2, itemName: "changes" });
    expect(projectDeviations(own, 812_440)).toMatchObject({
      mostLikely: Math.round((812_440 * 2) / 60),
      upper: Math.ceil(own.upper * 812_440),
      sentence:
        "Among 812,440 changes the most likely number of deviations is 27,081, and with 95 % confidence it is no more " +
        "than 82,249.",
    });
  });
});
