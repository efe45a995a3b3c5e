import fc from "fast-check";
import { expect, it } from "vitest";
import { readKeySet } from "../../../../electron/sources/list-pull/key-set.ts";

it("a set of keys is always the same after it was spelled and read again", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.uniqueArray(fc.string()), (some, others) => {
      const set = readKeySet("");
      for (const key of some) expect(set.add(key)).toBe(true);
      const again = readKeySet(set.spell());
      expect(again.size).toBe(some.length);
      expect(some.every((key) => again.has(key) && !again.add(key))).toBe(true);
      const other = readKeySet("");
      for (const key of others) other.add(key);
      expect(again.countOf(other)).toBe(others.filter((key) => some.includes(key)).length);
    }),
  );
});
