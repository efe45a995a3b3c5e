import { describe, expect, test } from "vitest";
import { concludeControls } from "../../../shared/evaluation/conclusion.ts";
import type { Conclusion, Support } from "../../../shared/model/conclusion.ts";
import { Draw } from "../../../shared/model/sample.ts";
import {
  catalog,
  conclude,
  houseTable,
  judgement,
  plan,
  resultOf,
  type Tested,
  twoStages,
} from "./sample-under-test.ts";

const binomial = { method: "binomial", confidence: "0.95", tolerableRate: "0.05" } as const;
const finite = { ...binomial, method: "hypergeometric", populationSize: 812 } as const;
const stages = twoStages(binomial);
const stageSize = stages.plan.stageSize ?? 0;
const populationSize = 812;

const rules: readonly (readonly [rule: string, tested: Tested, support: Support, sentence: RegExp])[] = [
  [
    "60 changes without a deviation support 5 % with 95 % confidence",
    { populationSize, basis: plan(binomial), found: { pass: 60 } },
    "supported",
    /no more than 4\.88 %.*supported/,
  ],
  [
    "two deviations in 60 do not",
    { populationSize, basis: plan(binomial), found: { pass: 58, fail: 2 } },
    "not-supported",
    /not supported/,
  ],
  [
    "a change that could not be tested counts as a deviation",
    { populationSize, basis: plan(binomial), found: { "pass": 59, "no-evidence": 1 } },
    "not-supported",
    /^1 deviation in 60/,
  ],
  [
    "a change that the control does not apply to leaves the sample, which is then too small",
    { populationSize, basis: plan(binomial), found: { "pass": 58, "not-applicable": 1 } },
    "not-supported",
    /left out/,
  ],
  [
    "of a population of known size fewer changes are enough",
    { populationSize, basis: plan(finite), found: { pass: 57 } },
    "supported",
    /57 of 812 changes.*hypergeometric/,
  ],
  [
    "not where the control does not apply to all: then its population has no known size",
    { populationSize, basis: plan(finite), found: { "pass": 57, "not-applicable": 3 } },
    "not-supported",
    /binomial limit is used, which claims no more/,
  ],
  [
    "a control that applies to nothing says nothing",
    { populationSize, basis: plan(binomial), found: { "not-applicable": 60 } },
    "nothing-applicable",
    /applies to none/,
  ],
  [
    "a size by judgement has a limit at the usual confidence, and no support without a tolerable rate",
    { populationSize, basis: judgement, found: { pass: 25 } },
    "no-tolerable-rate",
    /no more than 1[01]\.\d+ %.*rests on no plan.*No tolerable rate was set before the draw/,
  ],
  [
    "a size from a house table projects nothing",
    { populationSize, basis: houseTable, found: { pass: 25 } },
    "not-projected",
    /house table.*nothing may be projected/,
  ],
  [
    "changes that the auditor targeted project nothing, whatever they show",
    { populationSize, basis: judgement, method: "targeted", found: { pass: 500 } },
    "not-projected",
    /non-statistical/,
  ],
  [
    "nor do changes picked haphazardly",
    { populationSize, basis: judgement, method: "haphazard", found: { pass: 59, fail: 1 } },
    "not-projected",
    /non-statistical/,
  ],
  [
    "everything tested gives the exact rate and no limit",
    { populationSize: 60, basis: judgement, method: "everything", found: { pass: 58, fail: 2 } },
    "no-tolerable-rate",
    /^Tested at 100 %: 2 deviations in 60 changes \(3\.33 %\)/,
  ],
  [
    "everything tested with fewer deviations than are tolerable supports the control",
    { populationSize: 60, basis: plan(binomial), method: "everything", found: { pass: 58, fail: 2 } },
    "supported",
    /below the tolerable 5 %/,
  ],
  [
    "with exactly the tolerable rate it does not",
    { populationSize: 60, basis: plan(binomial), method: "everything", found: { pass: 57, fail: 3 } },
    "not-supported",
    /not below/,
  ],
  [
    "a first stage without a deviation ends a two-stage test",
    { populationSize, basis: stages, found: { pass: stageSize } },
    "supported",
    /two-stage plan.*supported/,
  ],
  [
    "one deviation in the first stage calls for the second",
    { populationSize, basis: stages, found: { pass: stageSize - 1, fail: 1 } },
    "second-stage-due",
    /second stage decides/,
  ],
  [
    "one in the first stage and none in the second supports the control",
    {
      populationSize,
      basis: stages,
      found: { pass: stageSize - 1, fail: 1 },
      further: { kind: "second-stage", found: { pass: stageSize } },
    },
    "supported",
    /supported/,
  ],
  [
    "one in each stage does not",
    {
      populationSize,
      basis: stages,
      found: { pass: stageSize - 1, fail: 1 },
      further: { kind: "second-stage", found: { pass: stageSize - 1, fail: 1 } },
    },
    "not-supported",
    /not supported/,
  ],
  [
    "two deviations in the first stage end the test",
    { populationSize, basis: stages, found: { pass: stageSize - 2, fail: 2 } },
    "not-supported",
    /not supported/,
  ],
  [
    "two in a second stage that another control called for are not overlooked",
    {
      populationSize,
      basis: stages,
      found: { pass: stageSize },
      further: { kind: "second-stage", found: { pass: stageSize - 2, fail: 2 } },
    },
    "not-supported",
    /not supported/,
  ],
  [
    "a stage in which the control applied to too few changes does not hold the plan's risk",
    { populationSize, basis: stages, found: { "pass": stageSize - 9, "not-applicable": 9 } },
    "not-supported",
    /too few items are left/,
  ],
  [
    "adding changes until the table is satisfied withholds the support and shows the true risk",
    {
      populationSize,
      basis: plan(binomial),
      found: { pass: 58, fail: 1 },
      further: { kind: "expansion", found: { pass: 34 } },
    },
    "withheld",
    /true risk of adding items until they do is 7\.\d+ % and not 5 %/,
  ],
  [
    "changes that were added without need leave a supported control supported",
    { populationSize, basis: plan(binomial), found: { pass: 59 }, further: { kind: "expansion", found: { pass: 34 } } },
    "supported",
    /what the first items showed did not call for it/,
  ],
  [
    "unless deviations come with them",
    {
      populationSize,
      basis: plan(binomial),
      found: { pass: 59 },
      further: { kind: "expansion", found: { pass: 30, fail: 4 } },
    },
    "not-supported",
    /not supported/,
  ],
  [
    "strata in proportion count together",
    {
      populationSize,
      basis: plan(binomial),
      method: "stratified",
      found: {},
      strata: {
        allocation: "proportional",
        found: [
          { name: "ledger", population: 541, found: { pass: 40 } },
          { name: "portal", population: 271, found: { pass: 20 } },
        ],
      },
    },
    "supported",
    /counted together/,
  ],
  [
    "strata out of proportion are not added up",
    {
      populationSize,
      basis: plan(binomial),
      method: "stratified",
      found: {},
      strata: {
        allocation: "given",
        found: [
          { name: "ledger", population: 541, found: { pass: 60 } },
          { name: "portal", population: 271, found: { pass: 20 } },
        ],
      },
    },
    "withheld",
    /must not be added up/,
  ],
  [
    "where each of them supports the control, the population does",
    {
      populationSize,
      basis: plan(binomial),
      method: "stratified",
      found: {},
      strata: {
        allocation: "given",
        found: [
          { name: "ledger", population: 541, found: { pass: 60 } },
          { name: "portal", population: 271, found: { pass: 60 } },
        ],
      },
    },
    "supported",
    /so the population does/,
  ],
];

describe("what a tested sample supports", () => {
  test.each(rules)("%s", (_rule, tested, support, sentence) => {
    const conclusion = conclude(tested);
    expect(conclusion.support).toBe(support);
    expect(conclusion.sentence).toMatch(sentence);
  });

  test("only a statistical sample shows limits, a projection and a further sample", () => {
    for (const [, tested] of rules) {
      const { basis, limits, projection, further } = conclude(tested);
      if (basis !== "statistical") expect([limits, projection, further]).toEqual([null, null, null]);
    }
  });
});

describe("numbers of a conclusion", () => {
  test("are shares of the items that the control applies to", () => {
    const { tested, applicable, rate } = conclude({
      populationSize,
      basis: plan(binomial),
      found: { "pass": 45, "fail": 3, "no-evidence": 2, "not-applicable": 10 },
    });
    expect([tested, applicable, rate]).toEqual([60, 50, 0.1]);
  });

  test("are projected on the whole population as items", () => {
    const { projection } = conclude({ populationSize: 812, basis: plan(finite), found: { pass: 56, fail: 1 } });
    expect(projection).toMatchObject({ populationSize: 812, mostLikely: 14 });
    // R: max K with phyper(1, K, 812 - K, 57) > 0.05
    expect(projection?.upper).toBe(63);
  });

  test("say what more would have to be tested, and at what true risk", () => {
    const { further } = conclude({ populationSize, basis: plan(binomial), found: { pass: 58, fail: 1 } });
    expect(further).toMatchObject({ additional: 34, total: 93 });
    expect(further?.trueRisk).toBeGreaterThan(0.07);
  });

  test("after two stages have the limit of the whole procedure, which the tolerable rate just reaches", () => {
    const { limits } = conclude({
      populationSize,
      basis: stages,
      found: { pass: stageSize - 1, fail: 1 },
      further: { kind: "second-stage", found: { pass: stageSize } },
    });
    expect(limits?.upper).toBeLessThanOrEqual(0.05);
    expect(limits?.upper).toBeGreaterThan(0.049);
    // One deviation in one sample of that size would seem to show less.
    const pooled = conclude({ populationSize, basis: plan(binomial), found: { pass: 2 * stageSize - 1, fail: 1 } });
    expect(pooled.limits?.upper).toBeLessThan(0.04);
  });

  test("are given for each stratum by itself", () => {
    const { strata } = conclude({
      populationSize,
      basis: plan(finite),
      method: "stratified",
      found: {},
      strata: {
        allocation: "given",
        found: [
          { name: "ledger", population: 541, found: { pass: 39, fail: 1 } },
          { name: "portal", population: 271, found: {} },
        ],
      },
    });
    expect(strata).toMatchObject([
      { stratum: "ledger", populationSize: 541, applicable: 40, deviations: 1, support: "not-supported" },
      { stratum: "portal", populationSize: 271, applicable: 0, limits: null, support: "nothing-applicable" },
    ]);
  });
});

describe("what counts", () => {
  const ids = ["a", "b", "c"];
  const initial = Draw.parse({
    id: "draw-1",
    freezeId: "freeze-1",
    population: "change",
    populationDigest: "0".repeat(64),
    populationSize: 3,
    method: "everything",
    seed: "",
    size: 3,
    rationale: "Few enough.",
    at: "2026-07-01T09:00:00.000Z",
    by: "A. Osei",
    items: ids,
  });
  const sample = { population: "change", initial, draws: [initial] } as const;
  const results = ids.map((id) => resultOf(id, "pass"));
  const only = (conclusions: readonly Conclusion[]) => conclusions[0];

  test("is an item once, however many of its assertions deviate", () => {
    const both = [resultOf("a", "fail"), resultOf("a", "no-evidence", "independent"), ...results.slice(1)];
    expect(only(concludeControls(catalog, sample, both))).toMatchObject({ deviations: 1, fail: 1, noEvidence: 0 });
  });

  test("is a result as the auditor disposed of it", () => {
    const missing = [resultOf("a", "no-evidence"), ...results.slice(1)];
    const seen = { control: "REV-01", assertion: "approved", item: "a", outcome: "pass" } as const;
    expect(only(concludeControls(catalog, sample, missing))).toMatchObject({ deviations: 1, disposed: 0 });
    expect(only(concludeControls(catalog, sample, missing, [seen]))).toMatchObject({ deviations: 0, disposed: 1 });
  });

  test("is a replacement in the place of what it replaces", () => {
    const replacement = Draw.parse({
      ...initial,
      id: "draw-2",
      purpose: { kind: "replacement", of: "draw-1", replaces: "b", reason: "void", explanation: "Withdrawn." },
      items: ["d"],
    });
    const followed = { ...sample, draws: [initial, replacement] };
    const found = [resultOf("a", "pass"), resultOf("b", "fail"), resultOf("c", "pass"), resultOf("d", "pass")];
    expect(only(concludeControls(catalog, followed, found))).toMatchObject({ tested: 3, deviations: 0 });
  });
});
