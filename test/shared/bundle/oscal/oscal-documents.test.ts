import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assessmentPlan } from "../../../../shared/bundle/oscal/assessment-plan.ts";
import { assessmentResults } from "../../../../shared/bundle/oscal/assessment-results.ts";
import { encodeCanonical } from "../../../../shared/model/canonical-json.ts";
import { describeWithOscalSchemas } from "../../../recorded-data.ts";
import { houseTable, judgement, plan, type Tested } from "../../evaluation/sample-under-test.ts";
import { auditRecordOf, digest, usualTest } from "../audit-record-under-test.ts";
import { readOscalSchema } from "./oscal-schema.ts";

const planOf = (tested?: Tested, title?: string) => assessmentPlan(auditRecordOf(tested, title), digest);
const resultsOf = (tested?: Tested, title?: string) => assessmentResults(auditRecordOf(tested, title), digest);
const resultOf = (tested?: Tested) => resultsOf(tested)["assessment-results"].results[0];
const findingOf = (tested?: Tested) => resultOf(tested)?.findings?.[0];

const clean: Tested = { ...usualTest, found: { pass: 60 } };
const tested: readonly (readonly [string, Tested])[] = [
  ["with deviations", usualTest],
  ["without deviations", clean],
  ["named by the auditor", { populationSize: 500, basis: judgement, method: "targeted", found: { pass: 3 } }],
  ["of a house table", { populationSize: 500, basis: houseTable, found: { pass: 25 } }],
  ["that nothing applies to", { ...usualTest, found: { "not-applicable": 60 } }],
  ["without an item", { ...usualTest, found: {} }],
];

describeWithOscalSchemas("by NIST's schema, OSCAL documents are valid", (folder) => {
  const [planFaults, resultFaults] = [
    readOscalSchema(folder, "assessment-plan"),
    readOscalSchema(folder, "assessment-results"),
  ];
  test.each(tested)("for a sample %s", (_name, sample) => {
    expect(planFaults(planOf(sample))).toEqual([]);
    expect(resultFaults(resultsOf(sample))).toEqual([]);
  });

  test("whatever is written in names", () => {
    const sample = { ...usualTest, found: { pass: 1, fail: 1 } };
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("", " ", "\n", "a\u2028b", "\u0000", "\r\nx "),
    );
    const holds = (title: string) => {
      expect(planFaults(planOf(sample, title))).toEqual([]);
      expect(resultFaults(resultsOf(sample, title))).toEqual([]);
    };
    fc.assert(fc.property(text, holds), { numRuns: 40 });
  });

  test("and where they leave out what is not a deviation, or most of everything", () => {
    for (const most of [0, 1, 30]) expect(resultFaults(assessmentResults(auditRecordOf(), digest, most))).toEqual([]);
  });

  test("and a wrong one is not", () => {
    expect(resultFaults({ "assessment-results": { uuid: "none" } })).not.toEqual([]);
  });
});

describe("OSCAL assessment results", () => {
  test("have an observation for each control on each item, with its outcome and the evidence in the bundle", () => {
    const observations = resultOf()?.observations ?? [];
    expect(observations).toHaveLength(60);
    expect(new Set(observations.map(({ uuid }) => uuid)).size).toBe(60);
    const failed = observations.filter(({ props }) =>
      props.some((each) => each.name === "outcome" && each.value === "fail"),
    );
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({
      "title": "REV-01 on C.57",
      "methods": ["EXAMINE"],
      "relevant-evidence": [
        { href: `../evidence/${digest("commit of ledger@0000000000000000000000000000000000000056")}` },
      ],
    });
  });

  test("name each record of the evidence with its hash", () => {
    const { "back-matter": back } = resultsOf()["assessment-results"];
    expect(back?.resources).toHaveLength(60);
    for (const { rlinks } of back?.resources ?? []) {
      const [link] = rlinks;
      expect(link?.href).toBe(`../evidence/${link?.hashes?.[0]?.value}`);
    }
  });

  test("tie a finding to its observations, and to a risk with those that deviate", () => {
    const { observations = [], findings = [], risks = [] } = resultOf() ?? {};
    expect(findings).toHaveLength(1);
    expect(findings[0]?.["related-observations"]?.map((each) => each["observation-uuid"])).toEqual(
      observations.map(({ uuid }) => uuid),
    );
    expect(findings[0]?.["related-risks"]).toEqual([{ "risk-uuid": risks[0]?.uuid }]);
    expect(risks[0]?.["related-observations"]).toHaveLength(2);
    expect(resultOf(clean)?.risks).toBeUndefined();
    expect(risks[0]).toMatchObject({ status: "remediating", remediations: [{ lifecycle: "planned" }] });
  });

  test("of a large sample list deviations, and say what they leave out", () => {
    const bounded = (most: number) => assessmentResults(auditRecordOf(), digest, most)["assessment-results"];
    const [few] = bounded(30).results;
    const outcomes = few?.observations?.map(({ props }) => props.find(({ name }) => name === "outcome")?.value);
    expect(outcomes).toEqual(["fail", "no-evidence"]);
    expect(few?.remarks).toMatch(/^Of 60 observations this document lists 2: every deviation\./);
    expect(few?.findings?.[0]?.props).toEqual(findingOf()?.props);
    expect(few?.risks?.[0]?.["related-observations"]).toHaveLength(2);
    expect(bounded(30)["back-matter"]?.resources).toHaveLength(2);
    const [one] = bounded(1).results;
    expect(one?.observations).toHaveLength(1);
    expect(one?.remarks).toMatch(/lists 1: deviations; 1 more deviations are not listed\./);
    expect(bounded(60).results[0]?.remarks).toBeUndefined();
  });

  test("are satisfied only where the sample supports it", () => {
    expect(findingOf(clean)?.target.status).toMatchObject({ state: "satisfied", reason: "pass" });
    expect(findingOf(usualTest)?.target.status).toMatchObject({ state: "not-satisfied", reason: "fail" });
    const nothingClaimed = tested.filter(([name]) => /auditor|house|applies/.test(name));
    expect(nothingClaimed).toHaveLength(3);
    for (const [, sample] of nothingClaimed)
      expect(findingOf(sample)?.target.status).toMatchObject({ state: "not-satisfied", reason: "other" });
  });

  test("never call satisfied what is not supported, whatever was found", () => {
    const count = fc.integer({ min: 0, max: 30 });
    const bases = fc.constantFrom(
      judgement,
      houseTable,
      plan({ method: "binomial", confidence: "0.9", tolerableRate: "0.1" }),
    );
    const found = fc.record({ "pass": count, "fail": count, "no-evidence": count, "not-applicable": count });
    fc.assert(
      fc.property(found, bases, (found, basis) => {
        const record = auditRecordOf({ populationSize: 5000, basis, found });
        const states = assessmentResults(record, digest)["assessment-results"].results[0]?.findings?.map(
          ({ target }) => target.status.state === "satisfied",
        );
        expect(states).toEqual(record.conclusions.map(({ support }) => support === "supported"));
      }),
      { numRuns: 30 },
    );
  });

  test("import the plan that lies beside them, and speak of the same parties, controls and population", () => {
    const plan = planOf()["assessment-plan"];
    const results = resultsOf()["assessment-results"];
    expect(results["import-ap"].href).toBe("assessment-plan.json");
    expect(results.metadata.parties).toEqual(plan.metadata.parties);
    expect(results.results[0]?.["reviewed-controls"]).toEqual(plan["reviewed-controls"]);
    expect(plan.tasks[0]?.props.find(({ name }) => name === "sample-seed")?.value).toBe("20261001");
    expect(plan["import-ssp"].href).toBe(`#${plan["back-matter"].resources[0]?.uuid}`);
  });
});

test("OSCAL documents of one state are equal to the byte, and another state has other document ids", () => {
  const record = auditRecordOf();
  const write = () => encodeCanonical([assessmentPlan(record, digest), assessmentResults(record, digest)]);
  expect(write()).toBe(write());
  const later = { ...record, activityHead: "b".repeat(64) };
  expect(assessmentResults(later, digest)["assessment-results"].uuid).not.toBe(resultsOf()["assessment-results"].uuid);
});
