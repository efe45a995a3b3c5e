import { expect, it } from "vitest";
import { isLargerThan } from "../../../shared/ipc/payload-size.ts";

const limit = 1000;

it.each([
  ["a text", "x".repeat(600)],
  ["a list", Array.from({ length: 200 }, () => 1)],
  ["something deep down", { a: { b: [{ c: "x".repeat(600) }] } }],
  ["many names", Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`name ${at}`, null]))],
  ["bytes", new Uint8Array(1001)],
])("%s above the limit is larger, and half of it is not", (_, value) => {
  expect(isLargerThan(value, limit)).toBe(true);
  expect(isLargerThan(value, limit * 3)).toBe(false);
});

it("what is far too large is refused as fast as what is just too large", () => {
  let read = 0;
  const endless = new Proxy(new Array(4_000_000_000), {
    get: (list, key) => {
      read += 1;
      return Reflect.get(list, key);
    },
  });
  expect(isLargerThan(endless, limit)).toBe(true);
  expect(read).toBeLessThan(300);
});
