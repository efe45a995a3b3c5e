import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { describe, expect, test } from "vitest";
import { readFont } from "../../../../electron/export/report/fonts/font-reader.ts";
import { encodeTrueType } from "../../../../electron/export/report/fonts/true-type.ts";
import { decodeWoff2 } from "../../../../electron/export/report/fonts/woff2.ts";

const { resolve } = createRequire(import.meta.url);

const files = [
  "inter/files/inter-latin-wght-normal.woff2",
  "inter/files/inter-cyrillic-wght-normal.woff2",
  "jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
];

describe.each(files)("%s", (file) => {
  const woff2 = readFileSync(resolve(`@fontsource-variable/${file}`));

  test("has every outline and width that another reader of the format sees", () => {
    const ours = readFont(encodeTrueType(decodeWoff2(woff2)));
    const theirs = readFont(woff2);
    const glyphs = Array.from({ length: glyphCount(woff2) }, (_, id) => id);
    expect(glyphs.length).toBeGreaterThan(100);
    for (const id of glyphs) {
      const [mine, other] = [ours.getGlyph(id), theirs.getGlyph(id)];
      expect(mine.path.commands).toEqual(other.path.commands);
      expect(mine.advanceWidth).toBe(other.advanceWidth);
    }
  });
});

test("what is not a WOFF2 file is refused", () => {
  expect(() => decodeWoff2(new TextEncoder().encode("%PDF-1.7 and nothing of a font in it at all"))).toThrow("WOFF2");
});

function glyphCount(woff2: Uint8Array): number {
  const maxp = decodeWoff2(woff2).get("maxp");
  if (!maxp) throw new Error("no maxp table");
  return new DataView(maxp.buffer, maxp.byteOffset).getUint16(4);
}
