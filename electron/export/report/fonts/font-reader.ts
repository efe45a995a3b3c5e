import { create } from "fontkit";

/** A glyph as it is drawn, in font units. */
export interface Glyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly path: {
    readonly commands: readonly {
      readonly command: "moveTo" | "lineTo" | "quadraticCurveTo" | "bezierCurveTo" | "closePath";
      readonly args: readonly number[];
    }[];
  };
}

/** The part of a fontkit font (the font reader under pdfkit) that the report uses. */
export interface Font {
  readonly postscriptName: string;
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  getGlyph(id: number): Glyph;
  /** One design of a variable font: axis → value. */
  getVariation(settings: Readonly<Record<string, number>>): Font;
  layout(text: string, features?: Readonly<Record<string, boolean>>): { readonly advanceWidth: number };
}

/** @param bytes of a TrueType or WOFF2 file */
export function readFont(bytes: Uint8Array): Font {
  return create(bytes) as Font;
}
