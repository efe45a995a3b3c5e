/** The part of fontkit (the font reader under pdfkit) that the report uses; the package brings no types. */
declare module "fontkit" {
  export interface Glyph {
    readonly id: number;
    readonly codePoints: readonly number[];
    readonly advanceWidth: number;
    readonly path: {
      readonly commands: readonly {
        readonly command: "moveTo" | "lineTo" | "quadraticCurveTo" | "bezierCurveTo" | "closePath";
        readonly args: readonly number[];
      }[];
    };
  }

  export interface Font {
    readonly postscriptName: string;
    readonly unitsPerEm: number;
    /** Axis tag → its range; empty for a font with one design. */
    readonly variationAxes: Readonly<Record<string, { readonly default: number }>>;
    hasGlyphForCodePoint(codePoint: number): boolean;
    getGlyph(id: number): Glyph;
    getVariation(settings: Readonly<Record<string, number>>): Font;
    layout(
      text: string,
      features?: Readonly<Record<string, boolean>>,
    ): { readonly glyphs: readonly Glyph[]; readonly advanceWidth: number };
  }

  export function create(bytes: Uint8Array): Font;
}
