import fc from "fast-check";
import { expect, it } from "vitest";
import { NumberSet } from "../../../shared/model/number-set.ts";

it("holds the numbers that were added and no others, each counted once", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 60_000 })), fc.array(fc.nat({ max: 70_000 })), (added, asked) => {
      const set = new NumberSet();
      for (const number of added) set.add(number);
      const known = new Set(added);
      expect(set.size).toBe(known.size);
      for (const number of [...added, ...asked]) expect(set.has(number)).toBe(known.has(number));
    }),
  );
});
