import fc from "fast-check";
import { expect, it } from "vitest";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import { evidenceOfFact } from "../../../shared/facts/fact-evidence.ts";
import { listAskedDocuments, type ParameterValues } from "../../../shared/model/catalog.ts";
import { EvidenceKind } from "../../../shared/model/coverage.ts";
import type { Fact } from "../../../shared/model/facts.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { buildPopulation } from "../../../shared/population/build-population.ts";
import type { PopulationInput } from "../../../shared/population/repository-context.ts";
import { type History, period } from "../population/history.ts";
import { changeCases } from "./answer-key/change-cases.ts";
import { deploymentCases } from "./answer-key/deployment-cases.ts";
import { generatedEntity, generatedProduction, generatedReviews, tellEntity } from "./answer-key/generated-entity.ts";
import { Released } from "./answer-key/released-story.ts";
import { compiledCatalog } from "./catalog-under-test.ts";

const scope = { period, asked: listAskedDocuments(compiledCatalog().catalog) };

/** With what only a policy can say, so that each control can pass. */
const policies: readonly ParameterValues[] = [
  {},
  {
    "OPS-03": { hosts: ["web1", "web2"] },
    "SOD-03": { deployedPaths: ["/srv/app"], ignoredPaths: ["/var/log/"] },
    "REV-05": { chance: 1 },
  },
];

/** What is taken away: kinds of evidence, all of each, or what is later or earlier than a moment. */
interface Missing {
  readonly kinds: readonly EvidenceKind[];
  readonly kept: { readonly from: string; readonly to: string };
}

/** Any day of the period, and more often an hour of the days in which the stories happen. */
const moment = fc
  .oneof(
    { weight: 1, arbitrary: fc.integer({ min: 24, max: 85 * 24 }) },
    { weight: 2, arbitrary: fc.integer({ min: 32 * 24, max: 35 * 24 }) },
  )
  .map((hours) => new Date(Date.UTC(2026, 0, 1, hours, 30)).toISOString());

function missing(
  kept: fc.Arbitrary<Missing["kept"]>,
  options: readonly EvidenceKind[] = EvidenceKind.options,
): fc.Arbitrary<Missing> {
  return fc.record({ kinds: fc.subarray([...options], { minLength: 1, maxLength: 3 }), kept });
}

const nothing = fc.constant({ from: period.start, to: period.start });
const earlier = moment.map((to) => ({ from: period.start, to }));
const later = moment.map((from) => ({ from, to: period.end }));

/** Outcome of every assertion of every control on every item of some populations. */
function outcomesOf(
  input: PopulationInput,
  populations: readonly PopulationKind[],
  parameters: ParameterValues,
): Map<string, string> {
  const outcomes = new Map<string, string>();
  const { items } = buildPopulation(input, scope);
  for (const population of populations) {
    for (const item of items[population]) {
      for (const { control, assertion, outcome } of evaluateItem(compiledCatalog(parameters), population, item)) {
        outcomes.set(`${population} ${item.id} ${control} ${assertion}`, outcome);
      }
    }
  }
  return outcomes;
}

/** The evidence of a history without a part, which nothing claims to cover any more. */
function without(history: History, { kinds, kept: { from, to } }: Missing): PopulationInput {
  const whole = history.input();
  const isMissing = (kind: EvidenceKind | null) => kind !== null && kinds.includes(kind);
  const isKept = (fact: Fact) => {
    const { kind, at } = evidenceOfFact(fact);
    // What tells no time of its own came with something that does, such as a finding with its run.
    return !isMissing(kind) || (from < to && (at === null || (at >= from && at < to)));
  };
  const coverage = whole.coverage.flatMap((entry) => {
    if (!isMissing(entry.kind)) return [entry];
    const left = { from: entry.from > from ? entry.from : from, to: entry.to < to ? entry.to : to };
    return left.from < left.to ? [{ ...entry, ...left }] : [];
  });
  // Who is who is stated apart from what was pulled of each kind.
  return { ...history.inputFrom(isKept), people: whole.people, coverage };
}

/**
 * @param about what the items' ids hold
 * @returns the assertions that passed with all of the evidence
 */
function checkWithout(
  history: History,
  populations: readonly PopulationKind[],
  taken: Missing,
  parameters: ParameterValues = {},
  about = "",
): string[] {
  const before = outcomesOf(history.input(), populations, parameters);
  for (const [asked, outcome] of outcomesOf(without(history, taken), populations, parameters)) {
    if (!asked.includes(about)) continue;
    // Nor may it make a finding vanish by calling the control not applicable.
    const allowed = outcome === "pass" ? ["pass"] : outcome === "not-applicable" ? ["pass", "not-applicable"] : [];
    if (allowed.length > 0)
      expect(
        allowed,
        `${asked} with ${taken.kinds.join(", ")} only from ${taken.kept.from} to ${taken.kept.to}`,
      ).toContain(before.get(asked));
  }
  return [...before].filter(([, outcome]) => outcome === "pass").map(([asked]) => asked);
}

const lines = [
  // Only what a story tells of: the commits that it stands on came with no request, by their author's own clock.
  ...changeCases.map(([, , , tell]) => ["change", tell] as const),
  ...deploymentCases.map(([, , , tell]) => ["deployment", tell] as const),
];

it("records of whatever kinds that were not pulled never make a pass of what was none, of no control", () => {
  fc.assert(
    fc.property(fc.constantFrom(...lines), missing(fc.oneof(nothing, earlier)), ([population, tell], taken) => {
      const story = new Released();
      tell(story);
      // A policy that takes states for approvals says that the ticket system keeps no decisions, so none can be taken away.
      const policy: ParameterValues = taken.kinds.includes("decisions") ? { "TRC-02": { approvedStatuses: [] } } : {};
      checkWithout(story.history, [population], taken, policy, population === "change" ? story.merge : "");
    }),
    { numRuns: 120 },
  );
});

it("nor of weeks, quarters, incidents, access events, detected changes and documents, whatever the entity did", () => {
  const populations = ["week", "quarter", "incident", "access-event", "detected-change", "document"] as const;
  const passed = new Set<string>();
  fc.assert(
    fc.property(
      generatedEntity,
      missing(fc.oneof(nothing, earlier, later)),
      fc.constantFrom(...policies),
      (steps, taken, parameters) => {
        const { history } = tellEntity(steps);
        for (const asked of checkWithout(history, populations, taken, parameters))
          passed.add(asked.split(" ")[0] ?? "");
      },
    ),
    { numRuns: 150 },
  );
  // Where nothing ever passed, nothing was tried.
  expect([...passed].sort()).toEqual([...populations].sort());
});

it("nor of weeks and detected changes, whatever part of what detectors and the configuration tool reported is at hand", () => {
  const kinds = ["detections", "convergence", "deployments"] as const;
  const policy = { "OPS-03": { hosts: ["web1", "web2"] }, "SOD-03": { deployedPaths: ["/srv/app"] } };
  let passed = 0;
  fc.assert(
    fc.property(generatedProduction, missing(fc.oneof(earlier, later), kinds), (steps, taken) => {
      passed += checkWithout(tellEntity(steps).history, ["week", "detected-change"], taken, policy).length;
    }),
    { numRuns: 150 },
  );
  expect(passed).toBeGreaterThan(0);
});

it("nor of the pattern of reviews, however they were given", () => {
  let passed = 0;
  fc.assert(
    fc.property(generatedReviews, missing(fc.oneof(nothing, earlier)), (steps, taken) => {
      passed += checkWithout(tellEntity(steps).history, ["review-pattern"], taken).length;
    }),
    { numRuns: 25 },
  );
  expect(passed).toBeGreaterThan(0);
});
