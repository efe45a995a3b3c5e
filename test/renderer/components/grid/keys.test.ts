import { describe, expect, test } from "vitest";
import { cellAfter, headRow } from "../../../../renderer/components/grid/keys.ts";

const size = { rows: 100, columns: 6, page: 20, hasHeads: false };
const from = { row: 50, column: 3 };

function press(key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {}, at = from) {
  return cellAfter({ key, ctrlKey: false, metaKey: false, altKey: false, ...held }, at, size);
}

describe("keys of a grid", () => {
  test.each([
    ["ArrowDown", { row: 51, column: 3 }],
    ["ArrowUp", { row: 49, column: 3 }],
    ["ArrowRight", { row: 50, column: 4 }],
    ["ArrowLeft", { row: 50, column: 2 }],
    ["PageDown", { row: 69, column: 3 }],
    ["PageUp", { row: 31, column: 3 }],
    ["Home", { row: 50, column: 0 }],
    ["End", { row: 50, column: 5 }],
  ])("%s moves the focus", (key, to) => {
    expect(press(key)).toEqual(to);
  });

  test("with Ctrl, or Cmd on a Mac, they lead to the grid's edges", () => {
    expect(press("Home", { ctrlKey: true })).toEqual({ row: 0, column: 0 });
    expect(press("End", { metaKey: true })).toEqual({ row: 99, column: 5 });
    expect(press("ArrowUp", { ctrlKey: true })).toEqual({ row: 0, column: 3 });
    expect(press("ArrowDown", { ctrlKey: true })).toEqual({ row: 99, column: 3 });
  });

  test("none leads out of the grid", () => {
    expect(press("ArrowUp", {}, { row: 0, column: 0 })).toEqual({ row: 0, column: 0 });
    expect(press("ArrowLeft", {}, { row: 0, column: 0 })).toEqual({ row: 0, column: 0 });
    expect(press("PageDown", {}, { row: 95, column: 5 })).toEqual({ row: 99, column: 5 });
  });

  test("the heads of columns that sort are one step above the first row, and nothing jumps to them", () => {
    const above = (key: string, at: { row: number; column: number }) =>
      cellAfter({ key, ctrlKey: false, metaKey: false, altKey: false }, at, { ...size, hasHeads: true });
    expect(above("ArrowUp", { row: 0, column: 2 })).toEqual({ row: headRow, column: 2 });
    expect(above("ArrowRight", { row: headRow, column: 2 })).toEqual({ row: headRow, column: 3 });
    expect(above("ArrowUp", { row: headRow, column: 2 })).toEqual({ row: headRow, column: 2 });
    expect(above("PageUp", { row: headRow, column: 2 })).toEqual({ row: headRow, column: 2 });
    expect(above("ArrowDown", { row: headRow, column: 2 })).toEqual({ row: 0, column: 2 });
    for (const row of [1, 10, 18, 19]) expect(above("PageUp", { row, column: 2 })).toEqual({ row: 0, column: 2 });
  });

  test("keys that are not the grid's are left to others", () => {
    expect(press("a")).toBeNull();
    expect(press("Tab")).toBeNull();
    expect(press("ArrowDown", { altKey: true })).toBeNull();
    expect(press("PageDown", { ctrlKey: true })).toBeNull();
  });

  test("a grid without rows has nowhere to go", () => {
    expect(
      cellAfter({ key: "ArrowDown", ctrlKey: false, metaKey: false, altKey: false }, from, { ...size, rows: 0 }),
    ).toBeNull();
  });
});
