import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CompiledCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { testedControl } from "../../../shared/evaluation/evaluation.ts";
import type { Item } from "../../../shared/model/item.ts";
import type { Outcome, Result } from "../../../shared/model/result.ts";
import { stateResults } from "../../../shared/model/tested-control.ts";
import { StatedResults } from "../../../shared/verification/stated-results.ts";

function controlOf(id: string, population: string, assertions: readonly string[]) {
  const reads = ["change.title", "params.names"];
  return {
    control: { id },
    population,
    parameters: { names: ["Ada", "Rin"] },
    assertions: assertions.map((assertion) => ({ assertion: { id: assertion }, reads })),
  };
}

// Only what results say of a rule is asked of it here.
const catalog = {
  controls: [
    controlOf("REV-01", "change", ["approved", "independent"]),
    controlOf("TRC-01", "change", ["named"]),
    controlOf("OPS-01", "week", ["reviewed"]),
  ],
} as unknown as CompiledCatalog;

function itemOf(id: string): Item {
  const evidence = [{ evidence: "a".repeat(64), place: "line 1", as: "commit" }];
  return { id, title: `Title of ${id}`, evidence } as unknown as Item;
}

const items = new Map([["change", ["one", "two", "three"].map(itemOf)] as const]);

const honest: readonly Result[] = (items.get("change") ?? []).flatMap((item) =>
  catalog.controls
    .filter(({ population }) => population === "change")
    .flatMap((control) => {
      const verdicts = control.assertions.map((_, index) => {
        return { outcome: (index === 0 ? "pass" : "fail") as Outcome, reason: `Reason ${index} of ${item.id}` };
      });
      return stateResults(testedControl(control), "change", item, verdicts);
    }),
);

function read(results: readonly Result[]): StatedResults {
  const stated = new StatedResults(items, catalog);
  for (const result of results) stated.add(result);
  stated.close();
  return stated;
}

const lies: readonly ((result: Result) => Result)[] = [
  (result) => ({ ...result, values: { ...result.values, "change.title": "another" } }),
  (result) => ({ ...result, values: {} }),
  (result) => ({ ...result, evidence: [] }),
  (result) => ({ ...result, item: "four" }),
  (result) => ({ ...result, control: "XXX-01" }),
  (result) => ({ ...result, assertion: "another" }),
  (result) => ({ ...result, population: "week" }),
  (result) => ({ ...result, outcome: "not-applicable", reason: "" }),
];

describe("the results that a bundle states", () => {
  test("are given back just as they were stated, whatever they say and in whatever order", () => {
    const results = fc
      .array(fc.record({ from: fc.nat(honest.length - 1), lie: fc.nat(lies.length * 3) }), { maxLength: 12 })
      .map((chosen) =>
        chosen.map(({ from, lie }) => [honest[from] as Result].map(lies[lie] ?? ((same) => same))[0] as Result),
      );
    const edited = fc
      .record({ cut: fc.nat(honest.length), more: results })
      .map(({ cut, more }) => [...honest.slice(0, cut), ...more, ...honest.slice(cut)]);
    fc.assert(
      fc.property(fc.oneof(results, edited), (stated) => {
        const held = read(stated);
        expect([...held]).toEqual(stated);
        expect(held.length).toBe(stated.length);
        expect(Array.from(held.outcomes(), ({ outcome }) => outcome)).toEqual(stated.map(({ outcome }) => outcome));
        for (const id of ["one", "two", "three", "four"])
          expect(held.of("change", id)).toEqual(
            stated.filter(({ item, population }) => item === id && population === "change"),
          );
      }),
      { numRuns: 200 },
    );
  });

  test("take no more room than their verdicts where they say what the items say", () => {
    const [first] = [...read(honest.map((result) => structuredClone(result)))];
    // What a result rests on is then the item's own list, and no copy.
    expect(first?.evidence).toBe(items.get("change")?.[0]?.evidence);
  });
});
