import { readFileSync } from "node:fs";
import { type Face, type FontFile, listFontFiles } from "./font-packages.ts";
import { type Font, readFont } from "./font-reader.ts";
import { OutlineSubset } from "./outline-subset.ts";
import { encodeTrueType } from "./true-type.ts";
import { decodeWoff2 } from "./woff2.ts";

/** One weight of one font file, ready for pdfkit. */
export interface OpenFont {
  readonly name: string;
  /** What pdfkit takes for a font: fontkit's object, with a subset of our own. */
  readonly font: Font;
}

/** No contextual forms: they would draw "->" and "!=" as signs that are not in the text. */
export const fontFeatures = { calt: false };
/** For columns of numbers: figures of one width. */
export const tabularFeatures = { calt: false, tnum: true };

const weights: Readonly<Record<Face, number>> = { text: 400, strong: 600, mono: 400 };

/** Which font draws which letter. Opens font files when the first letter needs them. */
export class Typefaces {
  readonly #open = new Map<string, OpenFont>();
  readonly #byCodePoint = new Map<string, OpenFont | null>();

  /** The first font of the face that holds every letter of the text (one letter with its accents); null when none does. */
  fontFor(face: Face, text: string): OpenFont | null {
    const key = `${face} ${text}`;
    let font = this.#byCodePoint.get(key);
    if (font === undefined) {
      font = this.#findFont(face, text);
      this.#byCodePoint.set(key, font);
    }
    return font;
  }

  #findFont(face: Face, text: string): OpenFont | null {
    const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
    for (const file of listFontFiles(face)) {
      if (!points.every((point) => file.holds(point))) continue;
      const open = this.#openFile(file, weights[face]);
      if (points.every((point) => open.font.hasGlyphForCodePoint(point))) return open;
    }
    return null;
  }

  #openFile(file: FontFile, weight: number): OpenFont {
    const name = `${file.name}-${weight}`;
    let open = this.#open.get(name);
    if (open === undefined) {
      open = { name, font: openFont(file, weight, name) };
      this.#open.set(name, open);
    }
    return open;
  }
}

function openFont(file: FontFile, weight: number, name: string): Font {
  const tables = decodeWoff2(readFileSync(file.path));
  const font = readFont(encodeTrueType(tables)).getVariation({ wght: weight });
  // pdfkit takes fonts of one name for one font, and all weights and parts of a family carry the same name.
  Object.defineProperty(font, "postscriptName", { value: name });
  return Object.assign(font, { createSubset: () => new OutlineSubset(font, tables) });
}
