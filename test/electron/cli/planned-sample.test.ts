import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { PlannedSamples, requestOf } from "../../../electron/cli/planned-sample.ts";
import { DrawRequest } from "../../../shared/model/draw-request.ts";

const seed = () => "random";
const read = (text: string) => PlannedSamples.parse(parse(text));
const requestsOf = (text: string) => read(text).map((sample) => DrawRequest.parse(requestOf(sample, seed)));

describe("the samples of a plan file", () => {
  it("are drawn by rank where no method is named, with a random seed where none stands in the plan", () => {
    expect(requestsOf("[{population: change, size: 25, rationale: Daily}]")).toEqual([
      {
        ...{ population: "change", method: "rank", size: 25, seed: "random", rationale: "Daily" },
        basis: { kind: "judgement" },
      },
    ]);
  });

  it("say in the draw log when the seed was known beforehand", () => {
    const [request] = requestsOf("[{population: change, size: 25, seed: 20260115, rationale: Daily.}]");
    expect(request).toMatchObject({ seed: "20260115", rationale: expect.stringContaining("known before the freeze") });
  });

  it("take decimal numbers exactly as they are written", () => {
    const basis = "{kind: plan, confidence: 0.95, tolerableRate: 0.035, expectedRate: 0.01}";
    const [request] = requestsOf(`[{population: change, rationale: R, basis: ${basis}}]`);
    expect(request).toMatchObject({
      size: null,
      basis: {
        kind: "plan",
        confidence: "0.95",
        tolerableRate: "0.035",
        expectedRate: "0.01",
        model: "hypergeometric",
      },
    });
  });

  it("may be stratified, on a house table, in two stages, targeted and everything", () => {
    const text = `
      - {population: change, method: stratified, by: month, sizes: {2026-01: 3}, size: 3, rationale: R}
      - {population: change, method: targeted, rationale: R, items: [{id: a, reason: Large}]}
      - {population: deployment, method: everything, rationale: Few}`;
    expect(requestsOf(text).map(({ method }) => method)).toEqual(["stratified", "targeted", "everything"]);
    const table = "[{population: change, rationale: R, basis: {kind: house-table, frequency: daily}}]";
    expect(requestsOf(table)[0]).toMatchObject({ basis: { table: "common-practice", risk: "moderate" } });
    const stages =
      "[{population: change, rationale: R, basis: {kind: two-stage-plan, confidence: 0.9, tolerableRate: 0.05}}]";
    expect(requestsOf(stages)[0]).toMatchObject({ basis: { kind: "two-stage-plan", confidence: "0.9" } });
  });

  it.each([
    [
      "two samples by chance of one population",
      "[{population: change, size: 1, rationale: R}, {population: change, size: 2, rationale: R}]",
    ],
    ["a size for everything", "[{population: change, method: everything, size: 1, rationale: R}]"],
    ["a named item without a reason", "[{population: change, method: targeted, rationale: R, items: [{id: a}]}]"],
    ["a method that is none", "[{population: change, method: lucky, size: 1, rationale: R}]"],
    ["no samples at all", "[]"],
  ])("are refused with %s", (_, text) => {
    expect(PlannedSamples.safeParse(parse(text)).success).toBe(false);
  });
});
