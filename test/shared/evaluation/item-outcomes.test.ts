import fc from "fast-check";
import { expect, it } from "vitest";
import { countOutcomes, OutcomeTable, worstOutcome } from "../../../shared/evaluation/item-outcomes.ts";
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
