import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  scrollTopShowing,
  tallest,
  type Viewport,
  windowOf,
} from "../../../../renderer/components/grid/scaled-window.ts";

const rowHeight = 29;

function viewport(rowCount: number, height: number, scrollTop: number): Viewport {
  return { rowCount, rowHeight, height, scrollTop };
}

/** Furthest that a browser scrolls. */
function reachOf({ rowCount, height }: Viewport): number {
  return Math.max(0, windowOf(viewport(rowCount, height, 0)).trackHeight - height);
}

describe("a list that fits the track", () => {
  test("shows row after row at its own height", () => {
    const seen = windowOf(viewport(1000, 290, 29 * 100));
    expect(seen).toMatchObject({ firstSeen: 100, lastSeen: 109, trackHeight: 29_000, origin: 0 });
  });

  test("keeps a row that is seen in part", () => {
    expect(windowOf(viewport(1000, 290, 29 * 100 + 10))).toMatchObject({ firstSeen: 100, lastSeen: 110 });
  });

  test("renders a few rows beyond both edges, and none outside of the list", () => {
    const top = windowOf(viewport(1000, 290, 0));
    expect(top.first).toBe(0);
    expect(top.last).toBeGreaterThan(top.lastSeen);
    const bottom = windowOf(viewport(1000, 290, 29 * 990));
    expect(bottom.last).toBe(999);
    expect(bottom.first).toBeLessThan(bottom.firstSeen);
  });

  test("has nothing to render when it is empty", () => {
    const { first, last } = windowOf(viewport(0, 290, 0));
    expect(last).toBeLessThan(first);
  });
});

describe("a list that is higher than an element may be", () => {
  test("is never higher than the tallest track", () => {
    expect(windowOf(viewport(1_000_000, 700, 0)).trackHeight).toBe(tallest);
  });

  test("shows the first row at the top and the last row at the bottom", () => {
    fc.assert(
      fc.property(fc.integer({ min: 300_000, max: 20_000_000 }), fc.integer({ min: 60, max: 2000 }), (rows, height) => {
        const view = viewport(rows, height, 0);
        expect(windowOf(view).firstSeen).toBe(0);
        const end = windowOf({ ...view, scrollTop: reachOf(view) });
        expect(end.lastSeen).toBe(rows - 1);
        // The last row ends where what can be seen ends.
        expect(end.origin + rows * rowHeight).toBeCloseTo(reachOf(view) + height, 3);
      }),
    );
  });

  test("shows what it scrolls to, wherever that is", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.integer({ min: 60, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, height, from, to) => {
          const start = viewport(rows, height, 0);
          const view = { ...start, scrollTop: from * reachOf(start) };
          const row = Math.floor(to * (rows - 1));
          const scrollTop = scrollTopShowing(row, view);
          expect(scrollTop).toBeGreaterThanOrEqual(0);
          expect(scrollTop).toBeLessThanOrEqual(reachOf(view) + 0.001);
          const { firstSeen, lastSeen } = windowOf({ ...view, scrollTop });
          expect(row).toBeGreaterThanOrEqual(firstSeen);
          expect(row).toBeLessThanOrEqual(lastSeen);
        },
      ),
    );
  });

  test("stays where it is when the row is seen already", () => {
    const view = viewport(1_000_000, 700, 3_000_000);
    const { firstSeen } = windowOf(view);
    expect(scrollTopShowing(firstSeen + 3, view)).toBe(3_000_000);
  });
});
