import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concludeControls } from "../../../shared/evaluation/conclusion.ts";
import { dispositionsOf, judgeResult, standingJudgements } from "../../../shared/judgement/judging.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { effectOf, type Judgement, judgeableAs, needsProcedure } from "../../../shared/model/judgement.ts";
import { Outcome, type Result } from "../../../shared/model/result.ts";
import { catalog, drawAndTest, plan, resultOf, type Tested } from "../evaluation/sample-under-test.ts";

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const at = "2026-07-02T09:00:00.000Z";
const procedure = { done: "The signed form was read.", seen: "It is signed.", documents: [] };

function judge(result: Result, outcome: Outcome | null, number = 1): Judgement {
  const { control, assertion, population, item } = result;
  const request = { control, assertion, population, item, outcome, reason: "As was seen.", procedure };
  return judgeResult(request, result, { number, by: "A. Osei", at }, digest);
}

function concludeWith(
  results: readonly Result[],
  judgements: readonly Judgement[],
  sample = tested.sample,
): Conclusion {
  const standing = standingJudgements(judgements, results, digest).judgements;
  const [conclusion] = concludeControls(catalog, sample, results, dispositionsOf(standing, "change"));
  if (!conclusion) throw new Error("no conclusion");
  return conclusion;
}

const basis = plan({ method: "binomial", confidence: "0.9", tolerableRate: "0.05" });
const usual: Tested = {
  populationSize: 5000,
  basis,
  found: { "pass": 56, "fail": 1, "no-evidence": 1, "not-applicable": 2 },
};
const tested = drawAndTest(usual);

/** An audited sample and judgements on some of its results, as many may be made one after the other. */
const judged = fc
  .record({
    pass: fc.integer({ min: 40, max: 60 }),
    fail: fc.integer({ min: 0, max: 3 }),
    missing: fc.integer({ min: 0, max: 3 }),
    inapplicable: fc.integer({ min: 0, max: 3 }),
    strata: fc.boolean(),
    picks: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 8 }),
  })
  .map(({ pass, fail, missing, inapplicable, strata, picks }) => {
    const found = { pass, fail, "no-evidence": missing, "not-applicable": inapplicable };
    const audit = drawAndTest({
      populationSize: 5000,
      basis,
      ...(strata
        ? {
            method: "stratified" as const,
            found: {},
            strata: {
              allocation: "given" as const,
              found: [
                { name: "ledger", population: 4000, found },
                { name: "portal", population: 1000, found: { pass: 50 } },
              ],
            },
          }
        : { found }),
    });
    // The rarer outcomes are those that matter: they stand at the end.
    const judgements = picks.map(([pick, choice], index) => {
      const result = audit.results.at(-1 - (pick % (fail + missing + inapplicable + 3)));
      if (!result) throw new Error("no result");
      const choices = [...judgeableAs(result.outcome), null];
      return judge(result, choices[choice % choices.length] ?? null, index + 1);
    });
    return { ...audit, judgements };
  });

describe("a judgement", () => {
  it("never changes a result, nor what the rules alone found", () => {
    fc.assert(
      fc.property(judged, ({ sample, results, judgements }) => {
        const before = structuredClone(results);
        const conclusion = concludeWith(results, judgements, sample);
        expect(results).toEqual(before);
        expect(conclusion.asTested).toEqual(concludeWith(results, [], sample).asTested);
      }),
      { numRuns: 60 },
    );
  });

  it("that is taken back leaves the conclusion that was there before it", () => {
    fc.assert(
      fc.property(judged, fc.nat(), ({ sample, results, judgements }, pick) => {
        const result = results[pick % results.length];
        if (!result) return;
        const others = judgements.filter(({ item }) => item !== result.item);
        const before = concludeWith(results, others, sample);
        const [outcome = null] = judgeableAs(result.outcome).filter((each) => each !== result.outcome);
        if (outcome === null) return;
        const withIt = [...others, judge(result, outcome, 100)];
        expect(concludeWith(results, withIt, sample)).not.toEqual(before);
        expect(concludeWith(results, [...withIt, judge(result, null, 101)], sample)).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it("that a failure is no deviation never makes a control supported that is not with the failure", () => {
    fc.assert(
      fc.property(judged, ({ sample, results, judgements }) => {
        const isOverruling = ({ tested: outcome, outcome: as }: Judgement) =>
          as !== null && effectOf(outcome, as) === "overruled";
        const conclusion = concludeWith(results, judgements, sample);
        const withFailures = concludeWith(
          results,
          standingJudgements(judgements, results, digest).judgements.filter((each) => !isOverruling(each)),
          sample,
        );
        if (withFailures.support !== "supported") expect(conclusion.support).not.toBe("supported");
        for (const [index, { support }] of conclusion.strata.entries()) {
          if (withFailures.strata[index]?.support !== "supported") expect(support).not.toBe("supported");
        }
      }),
      { numRuns: 60 },
    );
  });

  it("counts no more when the result is another, whatever of it changed", () => {
    const [result] = tested.results.filter(({ outcome }) => outcome === "no-evidence");
    if (!result) throw new Error("no result");
    const judgement = judge(result, "pass");
    const standing = (changed: Partial<Result>) => standingJudgements([judgement], [{ ...result, ...changed }], digest);
    expect(standing({})).toMatchObject({ judgements: [judgement], outdated: [] });
    const evidence = [{ evidence: "0".repeat(64), place: "", as: "review" as const }];
    for (const change of [{ outcome: "fail" }, { reason: "Otherwise." }, { values: { n: 1 } }, { evidence }] as const) {
      expect(standing(change as Partial<Result>), JSON.stringify(change)).toMatchObject({
        judgements: [],
        outdated: [judgement],
      });
    }
    expect(standingJudgements([judgement], [], digest).outdated).toEqual([judgement]);
  });

  it("disposes of missing evidence only by another procedure, and is never itself that evidence is missing", () => {
    const request = { ...resultOf("a", "no-evidence"), reason: "Because.", procedure: null };
    const make = (tested: Outcome, outcome: Outcome) => () =>
      judgeResult({ ...request, outcome }, resultOf("a", tested), { number: 1, by: "A. Osei", at }, digest);
    for (const outcome of ["pass", "not-applicable"] as const) {
      expect(needsProcedure("no-evidence", outcome)).toBe(true);
      expect(make("no-evidence", outcome), outcome).toThrow(/cannot count as .* by a reason alone/);
    }
    expect(make("no-evidence", "fail")).not.toThrow();
    for (const outcome of ["pass", "fail", "not-applicable"] as const) {
      expect(make(outcome, "no-evidence"), outcome).toThrow(/cannot be judged as no-evidence/);
    }
    expect(make("not-applicable", "pass")).toThrow(/Judge it|cannot be judged as pass/);
  });

  it("finds a deviation that the rules did not, and it counts as one", () => {
    const [passing] = tested.results;
    if (!passing) throw new Error("no result");
    const before = concludeWith(tested.results, []);
    expect(concludeWith(tested.results, [judge(passing, "fail")])).toMatchObject({
      added: 1,
      deviations: before.deviations + 1,
      asTested: { deviations: before.deviations },
    });
  });

  it("may be made of every outcome, and always in one of the ways that the numbers know", () => {
    for (const outcome of Outcome.options) {
      expect(judgeableAs(outcome)).toContain(outcome);
      for (const as of judgeableAs(outcome)) expect(effectOf(outcome, as)).not.toBeNull();
    }
  });
});
