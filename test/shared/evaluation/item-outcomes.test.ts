import fc from "fast-check";
import { expect, it } from "vitest";
import {
  countJudged,
  countOutcomes,
  gatherOutcomes,
  OutcomeTable,
  tabulateJudged,
  withoutOverruled,
  worstOutcome,
} from "../../../shared/evaluation/item-outcomes.ts";
import { Outcome } from "../../../shared/model/result.ts";

const [items, controls] = [
  ["a", "b", "c", ""],
  ["REV-01", "TST-01"],
] as const;
const result = fc.record({
  item: fc.constantFrom(...items),
  control: fc.constantFrom(...controls),
  outcome: fc.constantFrom(...Outcome.options),
});

it("the worst outcome of each item and control stands, in whatever order results come and whenever they are counted", () => {
  fc.assert(
    fc.property(fc.array(result, { maxLength: 20 }), fc.nat(20), (results, countedAfter) => {
      const table = new OutcomeTable();
      for (const [index, { item, control, outcome }] of results.entries()) {
        table.add(item, control, outcome);
        if (index === countedAfter) countOutcomes(table, "REV-01", items);
      }
      for (const control of controls) {
        const expected = items.flatMap((item) => {
          const own = results.filter((each) => each.item === item && each.control === control);
          return own.length === 0 ? [] : [worstOutcome(own.map(({ outcome }) => outcome))];
        });
        const of = (outcome: Outcome) => expected.filter((each) => each === outcome).length;
        const counts = countOutcomes(table, control, items);
        expect(counts).toMatchObject({ pass: of("pass"), fail: of("fail"), noEvidence: of("no-evidence") });
        expect(counts.tested).toBe(expected.length);
        expect(items.flatMap((item) => table.outcomeOf(item, control) ?? [])).toEqual(expected);
      }
    }),
    { numRuns: 200 },
  );
});

const assertion = fc.constantFrom("one", "two");
const cell = { item: fc.constantFrom(...items), control: fc.constantFrom(...controls), assertion };
const assertionOutcome = fc.record({ ...cell, outcome: fc.constantFrom(...Outcome.options) });
const isSame = (one: object, other: object) =>
  (["item", "control", "assertion"] as const).every((key) => Reflect.get(one, key) === Reflect.get(other, key));

it("what was judged takes the place of single outcomes, and a table of columns says the same as one of results", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(assertionOutcome, { maxLength: 16, comparator: isSame }),
      fc.uniqueArray(assertionOutcome, { maxLength: 6, comparator: isSame }),
      (results, dispositions) => {
        const outcomes = gatherOutcomes(results, dispositions);
        const judged = tabulateJudged(outcomes, dispositions);
        const asJudged = new OutcomeTable();
        for (const result of results) {
          const { outcome } = dispositions.find((each) => isSame(each, result)) ?? result;
          asJudged.add(result.item, result.control, outcome);
        }
        const place = ["not-applicable", "pass", "no-evidence", "fail"];
        const columns = controls.map((control) => {
          const weights = items.map((item) => place.indexOf(outcomes.table.outcomeOf(item, control) ?? "") + 1);
          return [control, Uint8Array.from(weights)] as const;
        });
        const ofColumns = tabulateJudged({ ...outcomes, table: OutcomeTable.ofColumns(items, columns) }, dispositions);
        for (const control of controls) {
          const expected = countOutcomes(asJudged, control, items);
          expect(countOutcomes(judged, control, items)).toEqual(expected);
          expect(countOutcomes(ofColumns, control, items)).toEqual(expected);
          expect(countOutcomes(OutcomeTable.ofColumns(items, columns), control, items)).toEqual(
            countOutcomes(outcomes.table, control, items),
          );
          const counted = countJudged(outcomes, dispositions, control, items);
          const judgedResults = dispositions.filter((each) => results.some((result) => isSame(result, each)));
          expect(counted.disposed + counted.overruled + counted.added + counted.agreed).toBeLessThanOrEqual(
            judgedResults.length,
          );
        }
        const overruled = dispositions.filter((each) =>
          results.some((result) => isSame(result, each) && result.outcome === "fail"),
        );
        expect(withoutOverruled(outcomes, dispositions)).toEqual(
          dispositions.filter((each) => !overruled.includes(each)),
        );
      },
    ),
    { numRuns: 200 },
  );
});
