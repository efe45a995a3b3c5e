import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalPieces, encodeCanonical } from "../../../shared/model/canonical-json.ts";

const wellFormedJson = fc.jsonValue({ stringUnit: "grapheme-composite" });

describe("canonical JSON", () => {
  test("writes the example of RFC 8785, section 3.2.2", () => {
    const value = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(encodeCanonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test("sorts keys by UTF-16 code units, as the example of RFC 8785, section 3.2.3", () => {
    const value = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis",
    };
    const order = [...encodeCanonical(value).matchAll(/:"([^"]+)"/g)].map(([, name]) => name);
    expect(order).toEqual([
      "Carriage Return",
      "One",
      "Control",
      "Latin Small Letter O With Diaeresis",
      "Euro Sign",
      "Emoji: Grinning Face",
      "Hebrew Letter Dalet With Dagesh",
    ]);
  });

  test("is the same in pieces", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "grapheme-composite", maxDepth: 8 }), (value) => {
        expect([...canonicalPieces(value)].join("")).toBe(encodeCanonical(value));
      }),
    );
  });

  test("means what it was made from", () => {
    fc.assert(
      fc.property(wellFormedJson, (value) => {
        expect(JSON.parse(encodeCanonical(value))).toEqual(withoutMinusZero(value));
      }),
    );
  });

  test("is the same text whatever the order of the keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (record) => {
        const turned = Object.fromEntries(Object.entries(record).reverse());
        expect(encodeCanonical(turned)).toBe(encodeCanonical(record));
      }),
    );
  });

  test("is a fixed point", () => {
    fc.assert(
      fc.property(wellFormedJson, (value) => {
        const once = encodeCanonical(value);
        expect(encodeCanonical(JSON.parse(once))).toBe(once);
      }),
    );
  });

  test("keeps a key named __proto__", () => {
    expect(encodeCanonical(JSON.parse('{"__proto__":1,"a":2}'))).toBe('{"__proto__":1,"a":2}');
  });

  const circular: Record<string, unknown> = {};
  circular.self = circular;
  // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
  const sparse = [1, , 3];
  test.each([
    ["undefined", undefined],
    ["an undefined member", { a: undefined }],
    ["a hole in a list", sparse],
    ["NaN", Number.NaN],
    ["infinity", [Number.POSITIVE_INFINITY]],
    ["a bigint", 1n],
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["a date", new Date(0)],
    ["a map", new Map()],
    ["half a surrogate pair", "\ud800"],
    ["half a surrogate pair in a key", { "\udc00": 1 }],
    ["a value that contains itself", circular],
  ])("refuses %s rather than leaving it out", (_name, value) => {
    expect(() => encodeCanonical(value)).toThrow(expect.objectContaining({ code: "bundle-part-invalid" }));
    expect(() => [...canonicalPieces(value)]).toThrow();
  });
});

/** JSON has one zero. */
function withoutMinusZero(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
