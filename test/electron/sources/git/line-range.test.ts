import fc from "fast-check";
import { expect, it } from "vitest";
import { createStretchFinder, type LineStretch } from "../../../../electron/sources/git/line-range.ts";

/** Finds the stretch on a line given as dates, oldest first; ids are the places on it. */
function find(dates: readonly number[]): LineStretch | null {
  const finder = createStretchFinder(100, 200);
  for (const [index, date] of [...dates.entries()].reverse()) finder.add({ id: String(index), date });
  return finder.found();
}

const stretch = (oldest: number, newest: number): LineStretch => ({
  oldest: String(oldest),
  newest: String(newest),
  length: newest - oldest + 1,
  base: oldest === 0 ? null : String(oldest - 1),
});

it.each([
  ["what is dated inside", [50, 120, 180, 250], stretch(1, 2)],
  ["the first moment, and not the last", [99, 100, 199, 200], stretch(1, 2)],
  ["what lies between two inside, whatever its date", [50, 120, 10, 900, 130, 250], stretch(1, 4)],
  ["what is dated back after the last inside", [50, 120, 10, 20, 250], stretch(1, 3)],
  ["what is dated back at the tip", [50, 120, 10], stretch(1, 2)],
  ["what is dated ahead before the first inside", [50, 900, 120, 250], stretch(1, 2)],
  ["a line that begins inside", [120, 250], stretch(0, 0)],
  ["nothing dated inside", [50, 250], null],
  ["nothing dated inside, with dates out of order", [250, 50], null],
  ["an empty line", [], null],
])("takes %s", (_, dates, expected) => {
  expect(find(dates)).toEqual(expected);
});

it("on any line, everything dated inside is taken, and what is beside the stretch is dated outside on its side", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 })), (dates) => {
      const found = find(dates);
      const inside = dates.flatMap((date, index) => (date >= 100 && date < 200 ? [index] : []));
      if (!found) {
        expect(inside).toEqual([]);
        return;
      }
      const [oldest, newest] = [Number(found.oldest), Number(found.newest)];
      expect(inside.every((index) => index >= oldest && index <= newest)).toBe(true);
      expect(found).toEqual(stretch(oldest, newest));
      expect(dates[newest + 1] ?? 200).toBeGreaterThanOrEqual(200);
      expect(dates[oldest - 1] ?? 0).toBeLessThan(100);
    }),
  );
});
