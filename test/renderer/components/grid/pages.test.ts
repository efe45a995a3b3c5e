import { expect, test } from "vitest";
import { pageSize, pagesOf } from "../../../../renderer/components/grid/pages.ts";

test("rows within one page need that page", () => {
  expect(pagesOf(3, 40)).toEqual([0]);
  expect(pagesOf(pageSize, pageSize + 5)).toEqual([1]);
});

test("rows on both sides of a border need both pages", () => {
  expect(pagesOf(pageSize - 1, pageSize)).toEqual([0, 1]);
});

test("before anything is seen the first page is needed", () => {
  expect(pagesOf(0, -1)).toEqual([0]);
});
