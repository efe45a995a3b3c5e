import type { Font, Glyph, GlyphRun } from "./font-reader.ts";

/** A glyph of a run and where it is drawn, from where the run begins, in font units. */
interface Piece {
  readonly glyph: Glyph;
  readonly start: number;
  readonly advance: number;
  readonly x: number;
  readonly y: number;
}

/** A font has no more glyphs of its own. */
const firstComposed = 0x10000;

/**
 * Draws a letter that a font has as several glyphs by one glyph. Fonts of Arabic, for instance, draw ب as a bow and a dot: the bow is that of
 * ت too, and the dot stands for no letter, so that whoever copies or searches the text would find another letter and a gap. A PDF/A
 * tells the letters of each glyph (ISO 19005-2, 6.2.11.7).
 */
export class WholeLetters {
  readonly #font: Font;
  readonly #ids = new Map<string, number>();
  readonly #composed: Glyph[] = [];
  readonly #letters = new Map<number, readonly number[]>();

  constructor(font: Font) {
    this.#font = font;
    font.getGlyph = glyphsByLetters(font.getGlyph.bind(font));
  }

  /** A glyph of the font, or one that was composed here. */
  getGlyph(id: number): Glyph {
    return this.#composed[id - firstComposed] ?? this.#font.getGlyph(id);
  }

  /** The run with each glyph that stands for no letter put to the one before it, in the direction of the text. */
  compose(run: GlyphRun): GlyphRun {
    if (run.glyphs.every((glyph) => standsForLetters(glyph) && this.#isOwn(glyph))) return run;
    const letters = groupOf(piecesOf(run), run.direction === "rtl");
    run.glyphs = letters.map((pieces) => this.#glyphOf(pieces));
    // Composed of what lies where it lies: nothing is left to be moved.
    run.positions = run.glyphs.map(({ advanceWidth }, index) => {
      const [only, ...more] = letters[index] ?? [];
      if (only === undefined || more.length > 0 || run.glyphs[index] !== only.glyph) {
        return { xAdvance: advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 };
      }
      return { xAdvance: only.advance, yAdvance: 0, xOffset: only.x - only.start, yOffset: only.y };
    });
    return run;
  }

  /** Whether the glyph stands for what it stood for when it was first drawn: a PDF tells that once for each. */
  #isOwn({ id, codePoints }: Glyph): boolean {
    const known = this.#letters.get(id);
    if (known === undefined) this.#letters.set(id, codePoints);
    return known === undefined || isSame(known, codePoints);
  }

  #glyphOf(pieces: readonly Piece[]): Glyph {
    const [first] = pieces;
    if (first === undefined) throw new RangeError("A letter has no glyph.");
    if (pieces.length === 1 && standsForLetters(first.glyph) && this.#isOwn(first.glyph)) return first.glyph;
    const advanceWidth = pieces.reduce((sum, { advance }) => sum + advance, 0);
    const drawn = pieces.map(({ glyph, x, y }) => [glyph.id, glyph.codePoints, x - first.start, y]);
    const key = JSON.stringify([advanceWidth, drawn]);
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = firstComposed + this.#composed.length;
      this.#ids.set(key, id);
      const codePoints = pieces.flatMap(({ glyph }) => glyph.codePoints);
      const commands = pieces.flatMap(({ glyph, x, y }) => moved(glyph, x - first.start, y));
      this.#composed.push({
        ...{ id, advanceWidth, path: { commands } },
        // Of a run that stands for nothing at all, that something is there.
        codePoints: codePoints.length > 0 ? codePoints : [0xfffd],
      });
    }
    return this.getGlyph(id);
  }
}

/** fontkit (2.0.4) keeps the first glyph that it made of each id, with the letters that it stood for there. */
function glyphsByLetters(getGlyph: Font["getGlyph"]): Font["getGlyph"] {
  return (id, codePoints) => {
    const glyph = getGlyph(id, codePoints);
    if (codePoints === undefined || isSame(codePoints, glyph.codePoints)) return glyph;
    return Object.create(glyph, { codePoints: { value: codePoints } });
  };
}

function isSame(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

function standsForLetters({ codePoints }: Glyph): boolean {
  return codePoints.length > 0;
}

function piecesOf({ glyphs, positions }: GlyphRun): Piece[] {
  let start = 0;
  return glyphs.map((glyph, index) => {
    const { xAdvance, xOffset, yOffset } = positions[index] ?? { xAdvance: 0, xOffset: 0, yOffset: 0 };
    const piece = { glyph, start, advance: xAdvance, x: start + xOffset, y: yOffset };
    start += xAdvance;
    return piece;
  });
}

/** @param pieces from left to right, as they are drawn */
function groupOf(pieces: readonly Piece[], fromRight: boolean): Piece[][] {
  const letters: Piece[][] = [];
  for (const piece of fromRight ? pieces.toReversed() : pieces) {
    const last = letters.at(-1);
    if (last === undefined || standsForLetters(piece.glyph)) letters.push([piece]);
    else last.push(piece);
  }
  return fromRight ? letters.reverse().map((letter) => letter.reverse()) : letters;
}

function moved({ path }: Glyph, x: number, y: number): Glyph["path"]["commands"] {
  return path.commands.map(({ command, args }) => {
    return { command, args: args.map((value, index) => value + (index % 2 === 0 ? x : y)) };
  });
}
