import { create } from "fontkit";

/** A glyph as it is drawn, in font units. */
export interface Glyph {
  readonly id: number;
  readonly advanceWidth: number;
  /** The letters that it stands for; empty where it is a part of what another glyph stands for. */
  readonly codePoints: readonly number[];
  readonly path: {
    readonly commands: readonly {
      readonly command: "moveTo" | "lineTo" | "quadraticCurveTo" | "bezierCurveTo" | "closePath";
      readonly args: readonly number[];
    }[];
  };
}

/** A text as a font draws it, from left to right, in font units. */
export interface GlyphRun {
  glyphs: readonly Glyph[];
  /** Of each glyph: how far to the next, and how far from its own place it is drawn. */
  positions: readonly {
    readonly xAdvance: number;
    readonly yAdvance: number;
    readonly xOffset: number;
    readonly yOffset: number;
  }[];
  readonly direction: "ltr" | "rtl";
  readonly advanceWidth: number;
}

/** The part of a fontkit font (the font reader under pdfkit) that the report uses. */
export interface Font {
  readonly postscriptName: string;
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  /** @param codePoints that it stands for, in a text */
  getGlyph(id: number, codePoints?: readonly number[]): Glyph;
  /** One design of a variable font: axis → value. */
  getVariation(settings: Readonly<Record<string, number>>): Font;
  layout(text: string, features?: Readonly<Record<string, boolean>>): GlyphRun;
}

/** @param bytes of a TrueType or WOFF2 file */
export function readFont(bytes: Uint8Array): Font {
  return create(bytes) as Font;
}
