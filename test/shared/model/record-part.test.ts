import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findPart } from "../../../shared/model/record-part.ts";

function partOf(text: string, place: string, firstLine = 1): string | null {
  const part = findPart(text, place, firstLine);
  return part && text.slice(part.start, part.end);
}

const page =
  '{ "total": 2, "issues": [ {"key":"LED-1", "n": 9007199254740993}, {"key":"L\\"}D-2","a/b~":[1,[2,{}],"]"]} ] }';

describe("the part of a JSON record that was read", () => {
  test("is found by its pointer, as it is spelled in the record", () => {
    expect(partOf(page, "/issues/0")).toBe('{"key":"LED-1", "n": 9007199254740993}');
    expect(partOf(page, "/issues/0/n")).toBe("9007199254740993");
    expect(partOf(page, "/issues/1/key")).toBe('"L\\"}D-2"');
    expect(partOf(page, "/issues/1/a~1b~0/1/0")).toBe("2");
  });

  test("is not found where the record has no such place", () => {
    for (const place of ["/issues/2", "/nothing", "/issues/x", "/total/0", "/issues/0/key/0"]) {
      expect(partOf(page, place)).toBeNull();
    }
  });

  test("is not found when the text is cut off within it, and found when it is cut off behind it", () => {
    const behind = page.indexOf("LED-1") + 40;
    expect(partOf(page.slice(0, behind), "/issues/0/key")).toBe('"LED-1"');
    expect(partOf(page.slice(0, behind), "/issues/1")).toBeNull();
    expect(partOf(page.slice(0, page.indexOf("LED-1") + 3), "/issues/0/key")).toBeNull();
  });

  test("of two members with one name is the last, which is the one that readers take", () => {
    expect(partOf('{"state":"OPEN","state":"APPROVED"}', "/state")).toBe('"APPROVED"');
  });

  test("is what a JSON parser finds there, for any value", () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 0, max: 3 }),
        (list, space) => {
          const text = JSON.stringify(list, null, space);
          for (const [index, member] of list.entries()) {
            for (const [name, value] of Object.entries(member)) {
              const token = name.replaceAll("~", "~0").replaceAll("/", "~1");
              const part = partOf(text, `/${index}/${token}`);
              expect(JSON.stringify(JSON.parse(part ?? "undefined"))).toBe(JSON.stringify(value));
            }
          }
        },
      ),
    );
  });

  test("a text that is no JSON has no parts, and is no reason to fail", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, place) => {
        const part = findPart(text, `/${place}`, 1);
        expect(part === null || (part.start >= 0 && part.end <= text.length)).toBe(true);
      }),
    );
  });
});

describe("the line of a record that was read", () => {
  test("is counted in the whole file, of which the record may be a later part", () => {
    expect(partOf("a\nb\nc\n", "line 2")).toBe("b");
    expect(partOf("a\nb\nc\n", "line 42", 41)).toBe("b");
    expect(partOf("a\nb", "line 2")).toBe("b");
  });

  test("is not found outside of the record", () => {
    expect(partOf("a\nb\n", "line 3")).toBeNull();
    expect(partOf("a\nb\n", "line 4", 5)).toBeNull();
  });
});

test("the whole record has no part to point at", () => {
  expect(partOf(page, "")).toBeNull();
});
