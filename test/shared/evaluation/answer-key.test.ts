import { describe, expect, it } from "vitest";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import { listAskedDocuments, type ParameterValues } from "../../../shared/model/catalog.ts";
import { EvidenceKind } from "../../../shared/model/coverage.ts";
import type { Item } from "../../../shared/model/item.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { Outcome } from "../../../shared/model/result.ts";
import type { AnswerCase } from "./answer-key/answer-case.ts";
import { changeCases } from "./answer-key/change-cases.ts";
import { deploymentCases } from "./answer-key/deployment-cases.ts";
import { entityCases } from "./answer-key/entity-cases.ts";
import { EntityStory } from "./answer-key/entity-story.ts";
import { Released, repository, url } from "./answer-key/released-story.ts";
import { compiledCatalog } from "./catalog-under-test.ts";
import { compare } from "./cel-oracle.ts";

/** A line of the answer key with the item that its story leads to. */
interface Line {
  readonly assertion: string;
  readonly words: string;
  readonly outcome: Outcome;
  readonly population: PopulationKind;
  readonly item: Item;
  readonly parameters: ParameterValues | undefined;
}

function released(told: AnswerCase<Released>[3]): Released {
  const story = new Released();
  for (const request of story.history.facts.repositories.get(repository)?.requests ?? []) request.url = url;
  told(story);
  return story;
}

function changeLines(): Line[] {
  return changeCases.map(([assertion, words, outcome, told, parameters]) => {
    const story = released(told);
    const item = story.history.change(story.merge);
    return { assertion, words: `a change of which ${words}`, outcome, population: "change", item, parameters };
  });
}

function deploymentLines(): Line[] {
  return deploymentCases.map(([assertion, words, outcome, told, parameters]) => {
    const [item] = released(told).history.deployments();
    if (!item) throw new Error("Nothing was deployed.");
    return { assertion, words: `a deployment of which ${words}`, outcome, population: "deployment", item, parameters };
  });
}

function entityLines(): Line[] {
  const asked = listAskedDocuments(compiledCatalog().catalog);
  return entityCases.flatMap(({ population, about, cases }) =>
    cases.map(([assertion, words, outcome, tell, parameters]) => {
      const story = new EntityStory(about);
      story.asked = asked;
      tell(story);
      return { assertion, words, outcome, population, item: story.item(population), parameters };
    }),
  );
}

const lines: readonly Line[] = [...changeLines(), ...deploymentLines(), ...entityLines()];

/** Controls that ask something of every item of their population, so that nothing is not applicable. */
const alwaysApplies = ["TRC-01", "TRC-03", "REV-01", "REV-06", "REV-08", "DEP-01", "DEP-05"];

describe("the answer key", () => {
  it.each(lines)("$assertion, $words: $outcome", ({ assertion, outcome, population, item, parameters }) => {
    const results = evaluateItem(compiledCatalog(parameters), population, item);
    const own = results.find((result) => `${result.control} ${result.assertion}` === assertion);
    expect(own?.reason).not.toContain("could not be evaluated");
    expect(own?.outcome).toBe(outcome);
  });

  it("has for every assertion a pass, a failure and a gap, and for every control a case that it is not about", () => {
    for (const { id, assertions } of compiledCatalog().catalog.controls) {
      for (const assertion of assertions) {
        const own = lines.filter((line) => line.assertion === `${id} ${assertion.id}`);
        const outcomes = [...new Set(own.map(({ outcome }) => outcome))];
        expect([id, assertion.id, outcomes]).toEqual([
          id,
          assertion.id,
          expect.arrayContaining(["pass", "fail", "no-evidence"]),
        ]);
      }
      const isAbout = lines.some((line) => line.assertion.startsWith(id) && line.outcome === "not-applicable");
      expect([id, isAbout]).toEqual([id, !alwaysApplies.includes(id)]);
    }
  });

  it("comes out the same by an independent CEL implementation", () => {
    for (const { population, item, parameters } of lines) compare(population, item, parameters);
  });
});

describe("missing evidence", () => {
  it("never makes a pass of what was none, in any of these cases and for any kind of evidence", () => {
    for (const { population, item, parameters } of lines) {
      const catalog = compiledCatalog(parameters);
      const before = evaluateItem(catalog, population, item).map(({ outcome }) => outcome);
      for (const kind of EvidenceKind.options) {
        if (!item.coverage[kind]) continue;
        const without = { ...item, coverage: { ...item.coverage, [kind]: false } };
        const after = evaluateItem(catalog, population, without).map(({ outcome }) => outcome);
        expect(after.findIndex((outcome, index) => outcome === "pass" && before[index] !== "pass")).toBe(-1);
      }
    }
  });
});
