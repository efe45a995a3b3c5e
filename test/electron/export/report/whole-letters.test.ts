import { describe, expect, it } from "vitest";
import { Typefaces } from "../../../../electron/export/report/fonts/typefaces.ts";

const faces = new Typefaces();

function layOut(text: string) {
  const font = faces.fontFor({ face: "text" }, Array.from(text)[0] ?? "");
  if (font === null) throw new Error(`No font draws ${text}.`);
  return { font, run: font.font.layout(text) };
}

/** What whoever copies or searches a text finds: the letters that each glyph stands for, in the order of reading. */
function lettersOf(text: string): string {
  const { glyphs, direction } = layOut(text).run;
  const inOrder = direction === "rtl" ? glyphs.toReversed() : glyphs;
  return inOrder.map(({ codePoints }) => String.fromCodePoint(...codePoints)).join("");
}

describe("a letter that a font draws by several glyphs", () => {
  // Letters of one bow and other dots, twice each; and one of Thai that is drawn as two.
  it.each(["يثبت", "تاريخ", "چهارم", "پنجشنبه", "שלום", "น้ำทำงาน", "Kranken"])("is found as what it is: %s", (text) => {
    expect(lettersOf(text).normalize("NFKC")).toBe(text.normalize("NFKC"));
  });

  it("is one glyph for each of them, however often one is drawn before the other", () => {
    const ids = (text: string) => layOut(text).run.glyphs.map(({ id }) => id);
    const [beh, teh, again] = [ids("ب"), ids("ت"), ids("ب")];
    expect(beh).toHaveLength(1);
    expect(beh).not.toEqual(teh);
    expect(again).toEqual(beh);
  });

  it("is drawn with all its parts, where the font puts them", () => {
    const [letter, bow] = ["ب", "ٮ"].map((text) => layOut(text).run);
    const contours = (of: typeof letter) =>
      of?.glyphs.flatMap(({ path }) => path.commands.filter(({ command }) => command === "moveTo")).length ?? 0;
    const lowest = (of: typeof letter) =>
      Math.min(
        ...(of?.glyphs ?? []).flatMap(({ path }) =>
          path.commands.flatMap(({ args }) => args.filter((_, index) => index % 2 === 1)),
        ),
      );
    expect(contours(letter)).toBeGreaterThan(contours(bow));
    expect(lowest(letter)).toBeLessThan(lowest(bow) - 100);
    const [glyph] = letter?.glyphs ?? [];
    expect(letter?.positions).toEqual([{ xAdvance: glyph?.advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 }]);
  });
});
