import fc from "fast-check";
import { expect, it } from "vitest";
import { highestNumber, readNumberSet } from "../../../electron/sources/number-set.ts";

it("keeps what was added, each once, through being spelled and read again at any point", () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 20_000 }));
  fc.assert(
    fc.property(numbers, numbers, (before, after) => {
      const first = readNumberSet("");
      for (const number of before) first.add(number);
      const second = readNumberSet(first.spell());
      for (const number of after) second.add(number);
      const expected = [...new Set([...before, ...after])].sort((one, other) => one - other);
      expect(second.values()).toEqual(expected);
      expect(second.size).toBe(expected.length);
    }),
  );
});

it("twenty thousand numbers stay within a few kilobytes", () => {
  const set = readNumberSet("");
  for (let number = 1; number <= 40_000; number += 2) set.add(number);
  expect(set.spell().length).toBeLessThan(8_000);
});

it("refuses numbers that would take memory without end", () => {
  expect(() => readNumberSet("").add(highestNumber + 1)).toThrow(RangeError);
});
