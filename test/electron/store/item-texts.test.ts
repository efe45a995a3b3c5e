import fc from "fast-check";
import { expect, it } from "vitest";
import { ItemTexts } from "../../../electron/store/item-texts.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "B", "\n", "é", "É", "漢", "\u{1F600}"), maxLength: 12 });
const letter = fc.constantFrom("a", "b", "é", "漢", "\u{1F600}");
// Longer ones are looked for in another way.
const word = fc.oneof(
  fc.string({ unit: letter, minLength: 1, maxLength: 3 }),
  fc.string({ unit: fc.constantFrom("a", "b"), minLength: 6, maxLength: 9 }),
);

it("a row is found exactly when it has every word, however the rows are cut into steps", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(text, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 24 })), { maxLength: 12 }),
      fc.array(word, { maxLength: 3 }),
      fc.integer({ min: 1, max: 5 }),
      (rows, words, atOnce) => {
        const texts = new ItemTexts(rows.length, (from, limit) => rows.slice(from, from + limit), atOnce);
        const wanted = rows.map((row) => (words.every((each) => row.toLowerCase().includes(each)) ? 1 : 0));
        expect([...texts.find(words)]).toEqual(wanted);
        expect([...texts.find(words)]).toEqual(wanted);
      },
    ),
    { numRuns: 300 },
  );
});
