import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clip, shorten, showInline, showLines } from "../../../../electron/export/viewer/page/visible-text.js";

describe("text that is shown", () => {
  test.each([
    ["a right-to-left override", "user\u202egpj.exe", "user‹U+202E›gpj.exe"],
    ["a zero-width space", "ad\u200bmin", "ad‹U+200B›min"],
    ["a zero-width joiner in a Latin name", "ad\u200dmin", "ad‹U+200D›min"],
    ["a Hangul filler, which is a letter that cannot be seen", "a\u3164b", "a‹U+3164›b"],
    ["a soft hyphen", "a\u00adb", "a‹U+00AD›b"],
    ["a tag character", "a\u{e0041}b", "a‹U+E0041›b"],
    ["an escape sequence of a terminal", "\u001b[31mred", "‹U+001B›[31mred"],
    ["half a surrogate pair", "a\ud800b", "a‹U+D800›b"],
  ])("shows %s", (_, hidden, shown) => {
    expect(showInline(hidden)).toBe(shown);
  });

  test("keeps the joiners that a script is written with", () => {
    expect(showInline("علی\u200cرضا")).toBe("علی\u200cرضا");
  });

  test("stands on one line", () => {
    expect(showInline("  a\r\n\tb\u00a0\u3000c ")).toBe("a b c");
  });

  test("holds nothing that cannot be seen, whatever it was made from", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = showInline(text).replace(/(?<=\p{L}|\p{M})[\u200c\u200d]/gu, "");
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test("keeps the lines and indents of a rule", () => {
    expect(showLines("a &&\n  b\n\n\n\nc\n")).toEqual(["a &&", "  b", "", "c"]);
  });

  test("is cut between letters, never within one, and says how long it was", () => {
    expect(clip("cafe\u0301s", 4)).toBe("caf…");
    expect(shorten("x".repeat(5_000), 3)).toBe("xxx… (5000 characters in all)");
    expect(shorten("short", 5)).toBe("short");
  });
});
