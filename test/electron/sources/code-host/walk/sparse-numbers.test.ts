import fc from "fast-check";
import { expect, it } from "vitest";
import { readSparseNumbers } from "../../../../../electron/sources/code-host/walk/sparse-numbers.ts";

it("a set of numbers always comes back from its spelling as it was", () => {
  const numbers = fc.array(fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.maxSafeNat()));
  fc.assert(
    fc.property(numbers, numbers, (added, others) => {
      const set = readSparseNumbers("");
      for (const number of added) set.add(number);
      const again = readSparseNumbers(set.spell());
      for (const number of added) expect(again.has(number)).toBe(true);
      for (const number of others) expect(again.has(number)).toBe(added.includes(number));
    }),
  );
});

it("thousands of neighbouring numbers take a few bytes each hundred, however high they are", () => {
  const set = readSparseNumbers("");
  for (let number = 7_000_000; number < 7_020_000; number += 1) set.add(number);
  expect(set.spell().length).toBeLessThan(4000);
});

it("what is no number of a request is refused", () => {
  for (const wrong of [-1, 1.5, Number.NaN]) expect(() => readSparseNumbers("").add(wrong)).toThrow(RangeError);
});
