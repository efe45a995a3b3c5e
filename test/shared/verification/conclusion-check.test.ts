import { describe, expect, it } from "vitest";
import { concludeControls } from "../../../shared/evaluation/conclusion.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { checkConclusions } from "../../../shared/verification/conclusion-check.ts";
import { catalog, drawAndTest, plan } from "../evaluation/sample-under-test.ts";

const { sample, results } = drawAndTest({
  populationSize: 812,
  basis: plan({ method: "hypergeometric", confidence: "0.95", tolerableRate: "0.05", populationSize: 812 }),
  method: "stratified",
  found: {},
  strata: {
    allocation: "proportional",
    found: [
      { name: "ledger", population: 541, found: { pass: 38, fail: 1 } },
      { name: "portal", population: 271, found: { pass: 19 } },
    ],
  },
});
// JSON is YAML, and the way of every number through the bundle's JSON is gone as well.
const stated = JSON.parse(JSON.stringify(concludeControls(catalog, sample, results))) as Conclusion[];
const bundle = { catalogText: JSON.stringify(catalog), samples: [sample], results };

const check = (change: (conclusion: Conclusion) => Partial<Conclusion>) =>
  checkConclusions({ ...bundle, summaries: stated.map((each) => ({ ...each, ...change(each) })) });

/** The next number that floating point can hold. */
const nudge = (value: number) => value * (1 + 2 ** -52);

describe("conclusions that are computed again", () => {
  it("are the stated ones, to the last digit", () => {
    expect(check(() => ({}))).toMatchObject({ outcome: "passed" });
  });

  const tampered: readonly (readonly [what: string, path: string, (conclusion: Conclusion) => Partial<Conclusion>])[] =
    [
      [
        "an upper limit",
        "$.limits.upper",
        ({ limits }) => ({ limits: limits && { ...limits, upper: nudge(limits.upper) } }),
      ],
      [
        "a tail",
        "$.limits.tailAtTolerable",
        ({ limits }) => ({ limits: limits && { ...limits, tailAtTolerable: nudge(limits.tailAtTolerable ?? 0) } }),
      ],
      [
        "an end of the interval",
        "$.limits.lowerTwoSided",
        ({ limits }) => ({ limits: limits && { ...limits, lowerTwoSided: 0 } }),
      ],
      [
        "a projection",
        "$.projection.upper",
        ({ projection }) => ({ projection: projection && { ...projection, upper: projection.upper - 1 } }),
      ],
      ["support", "$.support", () => ({ support: "supported" })],
      ["a count", "$.deviations", () => ({ deviations: 0 })],
      ["a tolerable rate", "$.tolerableRate", () => ({ tolerableRate: "0.1" })],
      ["a risk", "$.plannedRisk", () => ({ plannedRisk: 0.1 })],
      ["what a further sample would take", "$.further", () => ({ further: null })],
      ["a sentence", "$.sentence", ({ sentence }) => ({ sentence: sentence.replace("not supported", "supported") })],
      [
        "a stratum's limit",
        "$.strata[0].limits.upper",
        ({ strata }) => ({
          strata: strata.map((each) => ({ ...each, limits: each.limits && { ...each.limits, upper: 0.01 } })),
        }),
      ],
    ];

  it.each(tampered)("show %s that was changed, and where", (_what, path, change) => {
    expect(check(change)).toMatchObject({
      outcome: "failed",
      detail: `The conclusion on REV-01 comes out otherwise at ${path}.`,
      subject: "REV-01 on changes",
    });
  });

  it("show one that was left out", () => {
    expect(checkConclusions({ ...bundle, summaries: [...stated, ...stated] })).toMatchObject({ outcome: "failed" });
    expect(checkConclusions({ ...bundle, summaries: [] })).toMatchObject({ outcome: "failed" });
  });
});
