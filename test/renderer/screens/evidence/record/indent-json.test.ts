import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indentJson } from "../../../../../renderer/screens/evidence/record/indent-json.ts";

describe("JSON that is indented for reading", () => {
  test("keeps numbers, escapes and repeated members as they were received", () => {
    expect(indentJson('{"n":9007199254740993,"s":"\\u0041 : , {","s":[],"o":{}}')).toBe(
      '{\n  "n": 9007199254740993,\n  "s": "\\u0041 : , {",\n  "s": [],\n  "o": {}\n}',
    );
  });

  test("changes nothing but the space between tokens, for any value", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.stringify(JSON.parse(indentJson(text)))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  test("loses nothing of text that was cut off or is no JSON at all", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const bare = (some: string) => some.replace(/\s/g, "");
        expect(bare(indentJson(text))).toBe(bare(text));
      }),
    );
  });
});
