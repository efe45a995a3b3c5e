import fc from "fast-check";
import { expect, it } from "vitest";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import { evidenceOfFact } from "../../../shared/facts/fact-evidence.ts";
import { EvidenceKind } from "../../../shared/model/coverage.ts";
import { buildPopulation } from "../../../shared/population/build-population.ts";
import type { PopulationInput } from "../../../shared/population/repository-context.ts";
import { scope } from "../population/history.ts";
import { changeCases } from "./answer-key/change-cases.ts";
import { deploymentCases } from "./answer-key/deployment-cases.ts";
import { Released } from "./answer-key/released-story.ts";
import { compiledCatalog } from "./catalog-under-test.ts";

type Population = "change" | "deployment";
type Line = readonly [population: Population, tell: (story: Released) => unknown];

const lines: readonly Line[] = [
  ...changeCases.map(([, , , tell]): Line => ["change", tell]),
  ...deploymentCases.map(([, , , tell]): Line => ["deployment", tell]),
];

/** Outcome of every assertion of every control on every item of a population. */
function outcomesOf(input: PopulationInput, population: Population): Map<string, string> {
  const outcomes = new Map<string, string>();
  for (const item of buildPopulation(input, scope).items[population]) {
    for (const { control, assertion, outcome } of evaluateItem(compiledCatalog(), population, item)) {
      outcomes.set(`${item.id} ${control} ${assertion}`, outcome);
    }
  }
  return outcomes;
}

it("records of whatever kinds that were not pulled never make a pass of what was none, of no control", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...lines),
      fc.subarray(EvidenceKind.options, { minLength: 1, maxLength: 3 }),
      ([population, tell], missing) => {
        const story = new Released();
        tell(story);
        const whole = story.history.input();
        const before = outcomesOf(whole, population);
        const isMissing = (kind: EvidenceKind | null) => kind !== null && missing.includes(kind);
        const part: PopulationInput = {
          ...story.history.inputFrom((fact) => !isMissing(evidenceOfFact(fact).kind)),
          // Who is who is stated apart from what was pulled of each kind.
          people: whole.people,
          coverage: whole.coverage.filter(({ kind }) => !isMissing(kind)),
        };
        for (const [asked, outcome] of outcomesOf(part, population)) {
          // Nor may it make a finding vanish by calling the control not applicable.
          const allowed =
            outcome === "pass" ? ["pass"] : outcome === "not-applicable" ? ["pass", "not-applicable"] : [];
          if (allowed.length > 0)
            expect(allowed, `${asked} without ${missing.join(", ")}`).toContain(before.get(asked));
        }
      },
    ),
    { numRuns: 120 },
  );
});
