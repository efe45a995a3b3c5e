import { readFileSync } from "node:fs";
import { type Face, type FontFile, listFontFiles } from "./font-packages.ts";
import { type Font, readFont } from "./font-reader.ts";
import { OutlineSubset } from "./outline-subset.ts";
import { encodeTrueType } from "./true-type.ts";
import { WholeLetters } from "./whole-letters.ts";
import { decodeWoff2 } from "./woff2.ts";

/** One weight of one font file, ready for pdfkit. */
export interface OpenFont {
  readonly name: string;
  /** What pdfkit takes for a font: fontkit's object, with a subset of our own. */
  readonly font: Font;
}

/** What of a span's style decides which font draws it. */
export interface FontStyle {
  readonly face: Face;
  /** Figures of one width, for a column of numbers. */
  readonly tabular?: boolean;
}

const weights: Readonly<Record<Face, number>> = { text: 400, strong: 600, mono: 400 };

/** Which font draws which letter. Opens font files when the first letter needs them. */
export class Typefaces {
  readonly #open = new Map<string, OpenFont>();
  readonly #byLetter = new Map<string, OpenFont | null>();

  /** The first font of the style that holds every part of a letter with its accents; null when none does. */
  fontFor(style: FontStyle, letter: string): OpenFont | null {
    const key = `${style.face} ${style.tabular === true} ${letter}`;
    let font = this.#byLetter.get(key);
    if (font === undefined) {
      font = this.#findFont(style, letter);
      this.#byLetter.set(key, font);
    }
    return font;
  }

  #findFont(style: FontStyle, letter: string): OpenFont | null {
    const points = Array.from(letter, (character) => character.codePointAt(0) ?? 0);
    for (const file of listFontFiles(style.face)) {
      if (!points.every((point) => file.holds(point))) continue;
      const open = this.#openFile(file, style);
      if (points.every((point) => open.font.hasGlyphForCodePoint(point))) return open;
    }
    return null;
  }

  #openFile(file: FontFile, { face, tabular = false }: FontStyle): OpenFont {
    const name = `${file.name}-${weights[face]}${tabular ? "-tabular" : ""}`;
    let open = this.#open.get(name);
    if (open === undefined) {
      open = { name, font: openFont(file, weights[face], tabular, name) };
      this.#open.set(name, open);
    }
    return open;
  }
}

function openFont(file: FontFile, weight: number, tabular: boolean, name: string): Font {
  const tables = decodeWoff2(readFileSync(file.path));
  const font = readFont(encodeTrueType(tables)).getVariation({ wght: weight });
  // pdfkit takes fonts of one name for one font, and all weights and parts of a family carry the same name.
  Object.defineProperty(font, "postscriptName", { value: name });
  // Contextual forms would draw "->" and "!=" as signs that are not in the text. Given to the font and not to pdfkit, which
  // keeps the layout of a word only when it is asked for no feature.
  const layout = font.layout.bind(font);
  const features = { calt: false, ...(tabular ? { tnum: true } : {}) };
  // Some letters of Arabic have no place for the dots or signs that go with them, and fontkit breaks off over that: such a
  // word is laid out with its signs where they come, since no report at all is worse than a sign out of its place.
  const withoutAnchors = { ...features, mark: false, mkmk: false };
  const layoutAny = (text: string) => {
    try {
      return layout(text, features);
    } catch (error) {
      if (error instanceof TypeError) return layout(text, withoutAnchors);
      throw error;
    }
  };
  const letters = new WholeLetters(font);
  return Object.assign(font, {
    layout: (text: string) => letters.compose(layoutAny(text)),
    createSubset: () => new OutlineSubset(letters, tables),
  });
}
