import fc from "fast-check";
import { expect, test } from "vitest";
import type { Conclusion, Support } from "../../../shared/model/conclusion.ts";
import { conclude, type Found, judgement, plan, type Tested, twoStages } from "./sample-under-test.ts";

const populationSize = 900;
const request = { confidence: "0.9", tolerableRate: "0.08" };
const bases = [
  plan({ method: "binomial", ...request }),
  plan({ method: "poisson", ...request }),
  plan({ method: "hypergeometric", ...request, populationSize }),
  twoStages({ method: "binomial", ...request }),
  twoStages({ method: "hypergeometric", ...request, populationSize }),
  judgement,
];

const found = fc.record({
  "pass": fc.integer({ min: 1, max: 60 }),
  "fail": fc.integer({ min: 0, max: 3 }),
  "no-evidence": fc.integer({ min: 0, max: 2 }),
  "not-applicable": fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 })),
});

/** A sample drawn at once, extended, or in strata. */
const tested: fc.Arbitrary<Tested> = fc.oneof(
  fc.record({ populationSize: fc.constant(populationSize), basis: fc.constantFrom(...bases), found }),
  fc.record({
    populationSize: fc.constant(populationSize),
    basis: fc.constantFrom(...bases),
    found,
    further: fc.record({ kind: fc.constantFrom("second-stage", "expansion"), found }),
  }),
  fc
    .record({
      basis: fc.constantFrom(...bases),
      allocation: fc.constantFrom("given", "proportional"),
      here: found,
      there: found,
    })
    .map(({ basis, allocation, here, there }) => ({
      populationSize,
      basis,
      method: "stratified" as const,
      found: {},
      strata: {
        allocation,
        found: [
          { name: "ledger", population: 600, found: here },
          { name: "portal", population: 300, found: there },
        ],
      },
    })),
);

/** The same sample with another number of what was found in its first items. */
function change(sample: Tested, by: (found: Found) => Found): Tested {
  if (!sample.strata) return { ...sample, found: by(sample.found) };
  const [first, ...rest] = sample.strata.found;
  if (!first) return sample;
  return { ...sample, strata: { ...sample.strata, found: [{ ...first, found: by(first.found) }, ...rest] } };
}

const strength: Record<Support, number> = {
  "supported": 3,
  "second-stage-due": 2,
  "withheld": 2,
  "not-supported": 1,
  "no-tolerable-rate": 0,
  "not-projected": 0,
  "nothing-applicable": 0,
};

function expectNoBetter(worse: Conclusion, than: Conclusion): void {
  expect(strength[worse.support]).toBeLessThanOrEqual(strength[than.support]);
  expect(worse.rate ?? 1).toBeGreaterThanOrEqual(than.rate ?? 0);
  if (worse.limits && than.limits) {
    // Poisson's limit may be above 1, where it says nothing.
    expect(worse.limits.upper).toBeGreaterThanOrEqual(Math.min(than.limits.upper, 1) - 1e-12);
    expect(worse.limits.tailAtTolerable ?? 1).toBeGreaterThanOrEqual((than.limits.tailAtTolerable ?? 0) - 1e-12);
  }
  for (const [index, stratum] of worse.strata.entries()) {
    const before = than.strata[index];
    expect(strength[stratum.support]).toBeLessThanOrEqual(strength[before?.support ?? "supported"]);
  }
}

const runs = { numRuns: 300 };

test("one pass less never improves a conclusion", () => {
  fc.assert(
    fc.property(tested, (sample) => {
      const less = change(sample, (counts) => ({ ...counts, pass: (counts.pass ?? 1) - 1 }));
      expectNoBetter(conclude(less), conclude(sample));
    }),
    runs,
  );
});

test("one deviation more never improves a conclusion, whether it is found in a pass's place or added", () => {
  fc.assert(
    fc.property(tested, fc.boolean(), (sample, replaced) => {
      // The sizes of two stages are the plan's: nothing is added to one.
      const inPlace = replaced || sample.basis.kind === "two-stage-plan";
      const more = change(sample, (counts) => ({
        ...counts,
        pass: (counts.pass ?? 1) - (inPlace ? 1 : 0),
        fail: (counts.fail ?? 0) + 1,
      }));
      expectNoBetter(conclude(more), conclude(sample));
    }),
    runs,
  );
});

test("missing evidence never does better than a pass, and no worse than a failure", () => {
  fc.assert(
    fc.property(tested, (sample) => {
      const turn = (outcome: "fail" | "no-evidence") =>
        conclude(
          change(sample, (counts) => ({
            ...counts,
            pass: (counts.pass ?? 1) - 1,
            [outcome]: (counts[outcome] ?? 0) + 1,
          })),
        );
      const missing = turn("no-evidence");
      expectNoBetter(missing, conclude(sample));
      const failed = turn("fail");
      expect([missing.support, missing.limits, missing.rate]).toEqual([failed.support, failed.limits, failed.rate]);
    }),
    runs,
  );
});
