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
import { generatedEntity, generatedReviews, tellEntity } from "./answer-key/generated-entity.ts";
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

/** What is taken away: kinds of evidence, all of each or what is later than a moment. */
interface Missing {
  readonly kinds: readonly EvidenceKind[];
  readonly from: string;
}

const missing: fc.Arbitrary<Missing> = fc.record({
  kinds: fc.subarray(EvidenceKind.options, { minLength: 1, maxLength: 3 }),
  from: fc.oneof(
    { weight: 2, arbitrary: fc.constant(period.start) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 1, max: 85 }).map((days) => new Date(Date.UTC(2026, 0, days, 3)).toISOString()),
    },
  ),
});

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
function without(history: History, { kinds, from }: Missing): PopulationInput {
  const whole = history.input();
  const isMissing = (kind: EvidenceKind | null) => kind !== null && kinds.includes(kind);
  const isKept = (fact: Fact) => {
    const { kind, at } = evidenceOfFact(fact);
    // What tells no time of its own came with something that does, such as a finding with its run.
    return !isMissing(kind) || (from > period.start && (at === null || at < from));
  };
  const coverage = whole.coverage.flatMap((entry) => {
    if (!isMissing(entry.kind)) return [entry];
    return from > period.start ? [{ ...entry, to: from }] : [];
  });
  // Who is who is stated apart from what was pulled of each kind.
  return { ...history.inputFrom(isKept), people: whole.people, coverage };
}

/** @returns the assertions that passed with all of the evidence */
function checkWithout(
  history: History,
  populations: readonly PopulationKind[],
  taken: Missing,
  parameters: ParameterValues = {},
): string[] {
  const before = outcomesOf(history.input(), populations, parameters);
  for (const [asked, outcome] of outcomesOf(without(history, taken), populations, parameters)) {
    // Nor may it make a finding vanish by calling the control not applicable.
    const allowed = outcome === "pass" ? ["pass"] : outcome === "not-applicable" ? ["pass", "not-applicable"] : [];
    if (allowed.length > 0)
      expect(allowed, `${asked} without ${taken.kinds.join(", ")} from ${taken.from}`).toContain(before.get(asked));
  }
  return [...before].filter(([, outcome]) => outcome === "pass").map(([asked]) => asked);
}

const lines = [
  ...changeCases.map(([, , , tell]) => ["change", tell] as const),
  ...deploymentCases.map(([, , , tell]) => ["deployment", tell] as const),
];

it("records of whatever kinds that were not pulled never make a pass of what was none, of no control", () => {
  fc.assert(
    fc.property(fc.constantFrom(...lines), missing, ([population, tell], taken) => {
      const story = new Released();
      tell(story);
      checkWithout(story.history, [population], taken);
    }),
    { numRuns: 120 },
  );
});

it("nor of weeks, quarters, incidents, access events, detected changes and documents, whatever the entity did", () => {
  const populations = ["week", "quarter", "incident", "access-event", "detected-change", "document"] as const;
  const passed = new Set<string>();
  fc.assert(
    fc.property(generatedEntity, missing, fc.constantFrom(...policies), (steps, taken, parameters) => {
      const { history } = tellEntity(steps);
      for (const asked of checkWithout(history, populations, taken, parameters)) passed.add(asked.split(" ")[0] ?? "");
    }),
    { numRuns: 150 },
  );
  // Where nothing ever passed, nothing was tried.
  expect([...passed].sort()).toEqual([...populations].sort());
});

it("nor of the pattern of reviews, however they were given", () => {
  let passed = 0;
  fc.assert(
    fc.property(generatedReviews, missing, (steps, taken) => {
      passed += checkWithout(tellEntity(steps).history, ["review-pattern"], taken).length;
    }),
    { numRuns: 25 },
  );
  expect(passed).toBeGreaterThan(0);
});
