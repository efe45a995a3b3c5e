import type { Glyph } from "./font-reader.ts";
import { boxOf, encodeSimpleGlyph, type Point } from "./glyph-outline.ts";
import {
  encodeGlyphTables,
  encodeTrueType,
  headLocFormatOffset,
  hheaMetricCountOffset,
  maxpGlyphCountOffset,
  type Tables,
  tableOf,
  withNumber,
} from "./true-type.ts";

interface GlyphSource {
  getGlyph(id: number): Glyph;
}

/**
 * The glyphs of a font that a document uses, as a font file of their own. pdfkit asks a font for such a subset; fontkit's
 * own does not work for one weight of a variable font (2.0.4), so this one writes every glyph's outline as it is drawn.
 */
export class OutlineSubset {
  readonly #font: GlyphSource;
  readonly #tables: Tables;
  /** Ids in the whole font, by their ids here. The first is the glyph for what is missing, as the format wants it. */
  readonly #glyphs: number[] = [0];
  readonly #ids = new Map([[0, 0]]);

  /** @param tables of the same font */
  constructor(font: GlyphSource, tables: Tables) {
    this.#font = font;
    this.#tables = tables;
  }

  /** @returns the glyph's id in the subset */
  includeGlyph(glyph: number | { readonly id: number }): number {
    const id = typeof glyph === "number" ? glyph : glyph.id;
    const known = this.#ids.get(id);
    if (known !== undefined) return known;
    this.#glyphs.push(id);
    this.#ids.set(id, this.#glyphs.length - 1);
    return this.#glyphs.length - 1;
  }

  encode(): Uint8Array {
    const outlines = this.#glyphs.map((id) => {
      const glyph = this.#font.getGlyph(id);
      const contours = contoursOf(glyph);
      return { glyph, contours, box: boxOf(contours.flat()) };
    });
    const { glyf, loca } = encodeGlyphTables(
      outlines.map(({ contours, box }) => {
        return contours.length === 0 ? new Uint8Array() : encodeSimpleGlyph(contours, box, new Uint8Array());
      }),
    );
    const metrics = new DataView(new ArrayBuffer(4 * outlines.length));
    for (const [index, { glyph, box }] of outlines.entries()) {
      metrics.setUint16(4 * index, Math.round(glyph.advanceWidth));
      metrics.setInt16(4 * index + 2, box.left);
    }
    const patched = (tag: string, offset: number, value: number) =>
      withNumber(tableOf(this.#tables, tag), offset, value);
    return encodeTrueType(
      new Map([
        ["head", patched("head", headLocFormatOffset, 1)],
        ["hhea", patched("hhea", hheaMetricCountOffset, outlines.length)],
        ["maxp", patched("maxp", maxpGlyphCountOffset, outlines.length)],
        ["hmtx", new Uint8Array(metrics.buffer)],
        ["glyf", glyf],
        ["loca", loca],
      ]),
    );
  }
}

/** A path's curves as TrueType's points, on whole units. */
function contoursOf(glyph: Glyph): Point[][] {
  const contours: Point[][] = [];
  for (const { command, args } of glyph.path.commands) {
    const points = pointsOf(command, args);
    const current = contours.at(-1);
    if (command === "moveTo" || current === undefined) contours.push(points);
    else current.push(...points);
  }
  return contours.map(withoutReturn).filter((contour) => contour.length > 1);
}

function pointsOf(command: string, args: readonly number[]): Point[] {
  if (command === "bezierCurveTo") throw new Error("The font has cubic curves, which TrueType does not know.");
  const points: Point[] = [];
  for (let index = 0; index + 1 < args.length; index += 2) {
    const onCurve = command !== "quadraticCurveTo" || index === 2;
    points.push({ x: Math.round(args[index] ?? 0), y: Math.round(args[index + 1] ?? 0), onCurve });
  }
  return points;
}

/** A contour closes by itself: its last point need not be its first again. */
function withoutReturn(contour: Point[]): Point[] {
  const [first, last] = [contour[0], contour.at(-1)];
  const returns = contour.length > 1 && last?.onCurve && first?.x === last.x && first.y === last.y;
  return returns ? contour.slice(0, -1) : contour;
}
