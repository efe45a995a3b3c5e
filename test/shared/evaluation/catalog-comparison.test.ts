import fc from "fast-check";
import { expect, it } from "vitest";
import { makeChange } from "../../../build/bench/usual-change.ts";
import { CatalogTrial } from "../../../shared/evaluation/catalog-comparison.ts";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import { type EditedControl, writeCatalog } from "./edited-catalog.ts";

const items = Array.from({ length: 12 }, (_, number) => makeChange(number));

function tryOn(before: readonly EditedControl[], after: readonly EditedControl[], mostListed = 1000) {
  const trial = new CatalogTrial(compileCatalog(writeCatalog(before)), compileCatalog(writeCatalog(after)), mostListed);
  for (const item of items) trial.add("change", item);
  return trial.state();
}

const plain: EditedControl = { id: "SML-01", limit: 200, assertions: ["small"] };

it("a changed parameter shows what it was, and every item that comes out otherwise with both reasons", () => {
  const found = tryOn([plain], [{ ...plain, limit: 100 }]);
  expect(found.controls).toEqual([{ control: "SML-01", title: "Small", difference: "changed" }]);
  expect(found.parameters).toEqual([{ control: "SML-01", parameter: "limit", before: 200, after: 100 }]);
  const between = items.filter(({ size }) => size.added <= 200 && size.added > 100);
  expect(between.length).toBeGreaterThan(0);
  expect(found.changes.map(({ item }) => item)).toEqual(between.map(({ id }) => id));
  expect(found.changes[0]).toMatchObject({
    before: { outcome: "pass", reason: "At most 200 lines." },
    after: { outcome: "fail", reason: "More than 100 lines." },
  });
  expect(found.assertions).toMatchObject([{ assertion: "small", difference: "same", changed: between.length }]);
});

it("a control or an assertion that is added or removed has counts on one side, and all of its items come out otherwise", () => {
  const other: EditedControl = { id: "SML-02", limit: 5, assertions: ["small", "titled"] };
  const found = tryOn(
    [plain, other],
    [
      { ...other, assertions: ["small"] },
      { ...plain, id: "SML-03" },
    ],
  );
  expect(found.controls.map(({ control, difference }) => [control, difference])).toEqual([
    ["SML-02", "changed"],
    ["SML-03", "added"],
    ["SML-01", "removed"],
  ]);
  const rows = new Map(found.assertions.map((row) => [`${row.control} ${row.assertion}`, row]));
  expect(rows.get("SML-02 titled")).toMatchObject({ difference: "removed", after: null, changed: items.length });
  expect(rows.get("SML-03 small")).toMatchObject({ difference: "added", before: null, changed: items.length });
  expect(rows.get("SML-02 small")).toMatchObject({ difference: "same", changed: 0 });
});

it("equal catalogs differ in nothing, and no item is looked at", () => {
  const same = new CatalogTrial(compileCatalog(writeCatalog([plain])), compileCatalog(writeCatalog([plain])), 9);
  expect(same.populations).toEqual([]);
  expect(same.state()).toMatchObject({ assertions: [], changes: [], totalChanges: 0 });
});

it("no more results are listed than were asked for, and all are counted", () => {
  const found = tryOn([plain], [{ ...plain, id: "SML-02" }], 3);
  expect(found.changes).toHaveLength(3);
  expect(found.totalChanges).toBe(2 * items.length);
});

const control = fc.record({
  id: fc.constantFrom("SML-01", "SML-02", "SML-03"),
  limit: fc.constantFrom(0, 100, 200, 400),
  assertions: fc.subarray(["small", "titled", "reviewed"] as const, { minLength: 1 }),
});
const catalog = fc.uniqueArray(control, { selector: ({ id }) => id, minLength: 1 });

it("whatever was edited, the trial tells what evaluating everything with both catalogs tells", () => {
  fc.assert(
    fc.property(catalog, catalog, (before, after) => {
      const [was, is] = [evaluateAll(before), evaluateAll(after)];
      const keys = [...new Set([...was.keys(), ...is.keys()])];
      const found = tryOn(before, after);
      expect(found.changes.map(keyOf).sort()).toEqual(keys.filter((key) => was.get(key) !== is.get(key)).sort());
      for (const { control, assertion, after: tally } of found.assertions) {
        const own = items.map((item) => is.get(keyOf({ item: item.id, control, assertion })));
        expect(tally?.fail ?? 0).toBe(own.filter((outcome) => outcome === "fail").length);
      }
    }),
    { numRuns: 60 },
  );
});

function keyOf({ item, control, assertion }: { item: string; control: string; assertion: string }): string {
  return `${item} ${control} ${assertion}`;
}

function evaluateAll(controls: readonly EditedControl[]): Map<string, string> {
  const compiled = compileCatalog(writeCatalog(controls));
  const results = items.flatMap((item) => evaluateItem(compiled, "change", item));
  return new Map(results.map((result) => [keyOf(result), result.outcome]));
}
