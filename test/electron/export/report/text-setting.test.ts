import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Typefaces } from "../../../../electron/export/report/fonts/typefaces.ts";
import { mono, text } from "../../../../electron/export/report/style.ts";
import { type Direction, directionOf, orderRuns } from "../../../../electron/export/report/text-direction.ts";
import { setLines } from "../../../../electron/export/report/text-lines.ts";
import { RunCutter } from "../../../../electron/export/report/text-runs.ts";

const cutter = new RunCutter(new Typefaces());

function linesOf(words: string, width: number, span = text): string[] {
  return setLines(cutter, [span(words)], width).map(({ runs }) => runs.map((run) => run.text).join(""));
}

describe("lines of text", () => {
  test("are parted at spaces", () => {
    expect(linesOf("Raise the retry ceiling", 52)).toEqual(["Raise the", "retry ceiling"]);
  });

  test("cut an id that is wider than they are, and lose none of it", () => {
    const id = `payments-api@${"0123456789abcdef".repeat(3)}`;
    const lines = linesOf(id, 100, mono);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join("")).toBe(id);
  });

  test("are parted in a path after a stroke, and not within an operator", () => {
    expect(linesOf("sort population/changes.ids.txt", 70, mono)[0]).toBe("sort population/");
    for (const width of [40, 50, 60, 70])
      expect(linesOf("first && second && third", width, mono).join(" ")).not.toMatch(/& &/);
  });

  test("hold every letter, and never stand out over their width", () => {
    const anyText = fc.string({ unit: "grapheme", maxLength: 200 });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 60, max: 300 }), (words, width) => {
        const lines = setLines(cutter, [text(words)], width);
        for (const line of lines) expect(line.width).toBeLessThanOrEqual(width + 1e-6);
      }),
      { numRuns: 100 },
    );
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 200 }), (words) => {
        const span = text(words);
        const letters = setLines(cutter, [span], 80).flatMap(({ runs }) => runs.map((run) => run.text));
        expect(letters.join("").replaceAll(" ", "")).toBe(span.text.replaceAll(" ", ""));
      }),
      { numRuns: 100 },
    );
  });

  test("hold letters whose font has no place for the signs that go with them", () => {
    for (const word of ["\u06A2", "\u06A5\u06A5", "ب\u0615ب", "\u0760", "\u076A\u076A", "\u08C6", "ب\u06DCب"])
      expect(linesOf(word, 300)).toEqual([word]);
  });

  test("show a letter that no font has by its number", () => {
    expect(linesOf("a\u{13000}b", 300)).toEqual(["a‹U+13000›b"]);
  });
});

describe("words from right to left", () => {
  const runsOf = (...texts: string[]) => texts.map((word) => ({ text: word, direction: strongest(word) }));
  const strongest = (word: string): Direction => {
    const directions = Array.from(word, directionOf);
    return directions.find((direction) => direction !== "weak") ?? "weak";
  };
  const ordered = (...texts: string[]) => orderRuns(runsOf(...texts)).map((run) => run.text);

  test("are set in their own order within a line from left to right", () => {
    expect(ordered("by ", "דוד", " ", "כהן", " (bot)")).toEqual(["by ", "כהן", " ", "דוד", " (bot)"]);
  });

  test("keep numbers between them readable and turn brackets to face their words", () => {
    expect(ordered("דוד", " (", "כהן", ") 123 ", "לוי")).toEqual(["לוי", " 123 (", "כהן", ") ", "דוד"]);
  });

  test("are left where they are when words from left to right part them", () => {
    expect(ordered("שלום", " fix ", "בנק")).toEqual(["שלום", " fix ", "בנק"]);
  });
});
