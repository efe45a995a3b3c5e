import { describe, expect, it } from "vitest";
import type { LimitRequest } from "../../../shared/model/sample-limit.ts";
import type { PlanRequest } from "../../../shared/model/sample-plan.ts";
import { limitOf } from "../../../shared/sample/limit.ts";
import { planSample } from "../../../shared/sample/plan.ts";
import { planTwoStages } from "../../../shared/sample/two-stage-plan.ts";

const base = { method: "binomial", confidence: "0.95", tolerableRate: "0.05", itemName: "changes" } as const;
const plan = (request: Partial<PlanRequest>) => planSample({ ...base, ...request }).sentence;
const finite = (populationSize: number, request: Partial<PlanRequest> = {}) =>
  plan({ method: "hypergeometric", populationSize, ...request });
const stages = (request: Partial<PlanRequest>) => planTwoStages({ ...base, tolerableRate: "0.1", ...request }).sentence;
const limit = (request: Partial<LimitRequest>) => limitOf({ ...base, size: 60, deviations: 0, ...request }).sentence;

describe("a plan says in one sentence", () => {
  it("what is tested, what it will show and with what risk", () => {
    expect(plan({ expectedRate: "0.01", populationSize: 812_440 })).toBe(
      "Sample of 93 of 812,440 changes: if at most 1 of them deviates, it can be concluded with 95 % confidence that " +
        "fewer than 5 % of all changes deviate; with 2 or more it cannot (binomial, 1 % deviations expected; risk of " +
        "concluding so in error at most 5 %).",
    );
    expect(plan({ expectedDeviations: 3 })).toContain("if at most 3 of them deviate, it can");
  });

  it("that it is discovery sampling when no deviation is put up with", () => {
    expect(plan({ populationSize: 812_440 })).toBe(
      "Discovery sample of 59 of 812,440 changes: if none of them deviates, it can be concluded with 95 % confidence " +
        "that fewer than 5 % of all changes deviate; a single deviation means that it cannot (binomial, no deviation " +
        "expected; risk of concluding so in error at most 4.85 %).",
    );
  });

  it("how many of a counted population are tolerated, and whether that was rounded", () => {
    expect(finite(1200)).toContain("fewer than 60 of the 1,200 changes deviate (5 %)");
    expect(finite(137, { tolerableRate: "0.055" })).toContain(
      "fewer than 8 of the 137 changes deviate (5.5 %, rounded up)",
    );
    expect(finite(10)).toBe(
      "Everything (10 changes) has to be tested and show no deviation: by the hypergeometric method no smaller sample " +
        "lets it be concluded with 95 % confidence that none of the 10 changes deviates (fewer than 1; 5 %, rounded up).",
    );
  });

  it("why there is none, and what to change", () => {
    expect(plan({ expectedRate: "0.06" })).toBe(
      "No sample can support this, because what is expected (6 % deviations) is not below what can be tolerated (5 %): " +
        "expect fewer deviations, accept a higher tolerable rate, or do not rely on the control.",
    );
    expect(finite(20, { expectedDeviations: 1 })).toContain(
      "what is expected (1 deviation) is not below what can be tolerated (5 %; of 20 changes that is 1, rounded up)",
    );
    expect(plan({ expectedRate: "0.0475" })).toBe(
      "No sample of up to 5,000 changes lets it be concluded with 95 % confidence that fewer than 5 % of all changes " +
        "deviate, expecting 4.75 % deviations: accept a higher tolerable rate, expect fewer deviations, lower the " +
        "confidence, or test everything.",
    );
    expect(plan({ populationSize: 40 })).toBe(
      "59 changes would be needed, and there are only 40: plan with the hypergeometric method, which takes the size of " +
        "the population into account, or test everything.",
    );
    for (const expected of [{}, { expectedDeviations: 0 }]) {
      expect(plan({ tolerableRate: "0", ...expected })).toBe(
        "No sample can show that nothing deviates: accept a tolerable rate above 0 %, or test everything.",
      );
    }
  });

  it("when to stop and when to go on, if there are two stages", () => {
    expect(stages({})).toBe(
      "Two stages of 30 changes (stop-or-go): if none of the first stage deviates, or one there and none of the second, " +
        "it can be concluded with 95 % confidence that fewer than 10 % of all changes deviate; two deviations in the " +
        "first stage, or one in the second, mean that it cannot (binomial; risk of concluding so in error, both stages " +
        "together, at most 4.84 %).",
    );
    expect(stages({ populationSize: 50 })).toContain("Two stages of 30 changes would be needed, and there are only 50");
    expect(stages({ method: "hypergeometric", populationSize: 8 })).toContain(
      "No two stages of up to 4 changes let it",
    );
  });
});

describe("a limit says in one sentence", () => {
  it("what was found, what it shows and whether the rate is supported", () => {
    expect(limit({})).toBe(
      "No deviation in 60 changes: the most likely rate of deviation is 0 %, and with 95 % confidence it is no more than " +
        "4.88 % (binomial; two-sided interval 0 % to 5.97 %); that fewer than 5 % of all changes deviate is supported.",
    );
    expect(limit({ deviations: 2, populationSize: 812_440 })).toBe(
      "2 deviations in 60 of 812,440 changes: the most likely rate of deviation is 3.33 %, and with 95 % confidence it is " +
        "no more than 10.13 % (binomial; two-sided interval 0.4 % to 11.53 %); that fewer than 5 % of all changes deviate " +
        "is not supported: if 5 % deviated, 2 or fewer would still be found in 41.75 % of all samples of 60 changes.",
    );
    expect(limit({ size: 25 })).toContain("none would still be found in 27.74 % of all samples of 25 changes");
    expect(limit({ tolerableRate: null })).toMatch(/5\.97 %\)\.$/);
  });

  it("how many items that is, where the population was counted", () => {
    expect(limit({ method: "hypergeometric", populationSize: 500, deviations: 1 })).toMatch(
      /is no more than 7\.\d+ % \(3\d changes; hypergeometric; two-sided/,
    );
  });

  it("that nothing is left to chance when everything was tested", () => {
    expect(limit({ method: "hypergeometric", size: 40, populationSize: 40, deviations: 1 })).toBe(
      "1 deviation in all 40 changes, so that 2.5 % deviate; that fewer than 2 of the 40 changes deviate (5 %) is supported.",
    );
    expect(limit({ method: "hypergeometric", size: 40, populationSize: 40, deviations: 2 })).toMatch(
      /is not supported\.$/,
    );
  });

  it("no share above 100 %, and no upper limit that rounding made smaller", () => {
    expect(limit({ method: "poisson", size: 1, deviations: 1 })).toContain("no more than 100 %");
    expect(limit({ size: 5_000_000, tolerableRate: null })).toContain("no more than 0.01 %");
  });
});

it("names one item by its own name", () => {
  expect(limit({ size: 1, itemName: "log entries" })).toContain("No deviation in 1 log entry:");
  expect(limit({ size: 1, itemName: "access" })).toContain("in 1 access:");
});
