import { expect, test } from "vitest";
import { readSize } from "../../../../renderer/screens/sample/sample-size.ts";

test("a whole number up to the population is a size", () => {
  expect(readSize(" 25 ", 276)).toEqual({ ok: true, size: 25 });
  expect(readSize("276", 276)).toEqual({ ok: true, size: 276 });
});

test.each(["", "0", "-1", "2.5", "1e2", "25 items", "9999999999"])("“%s” is no size", (typed) => {
  expect(readSize(typed, 276)).toMatchObject({ ok: false });
});

test("more than the population has is refused with its size", () => {
  expect(readSize("277", 276)).toEqual({ ok: false, problem: expect.stringContaining("276") });
});
