import fc from "fast-check";
import { expect, it } from "vitest";
import { windowOf } from "../../../../electron/sources/audit-window.ts";
import { halve, spellRange, wholeRanges } from "../../../../electron/sources/ci/run-ranges.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";

it("the halves of a range share no second, leave none out and are spelled with both ends included", () => {
  const second = fc.integer({ min: 1_600_000_000, max: 1_800_000_000 });
  fc.assert(
    fc.property(second, fc.integer({ min: 1, max: 100_000_000 }), (from, length) => {
      const [later, earlier] = halve({ of: "merge-queue", from, to: from + length }) ?? [];
      expect([later?.of, earlier?.of]).toEqual(["merge-queue", "merge-queue"]);
      expect(earlier?.from).toBe(from);
      expect(later?.to).toBe(from + length);
      expect(later?.from).toBe((earlier?.to ?? 0) + 1);
    }),
  );
  expect(halve({ of: "release-branch", from: 5, to: 5 })).toBeNull();
  expect(spellRange({ from: 0, to: 59 })).toBe("1970-01-01T00:00:00Z..1970-01-01T00:00:59Z");
});

it("the whole range is the period of its own time zone with thirty days on both sides", () => {
  const window = windowOf(resolvePeriod("2025-01-01", "2025-01-31", "Europe/Berlin"));
  const ranges = wholeRanges(window);
  expect(ranges.map(({ of }) => of)).toEqual(["release-branch", "merge-queue"]);
  expect(new Set(ranges.map(spellRange))).toEqual(new Set(["2024-12-01T23:00:00Z..2025-03-02T22:59:59Z"]));
});
