import { graphemes, showCodePoint } from "../viewer/page/visible-text.js";
import type { FontStyle, OpenFont, Typefaces } from "./fonts/typefaces.ts";
import { type Direction, directionOf } from "./text-direction.ts";

/** A piece of text in one style. */
export interface Span extends FontStyle {
  readonly text: string;
  /** Points. */
  readonly size: number;
  readonly color: string;
  /** Named destination in the document that it leads to. */
  readonly goTo?: string | undefined;
}

/** A piece of a span in one font and direction. */
export interface Run {
  readonly text: string;
  readonly font: OpenFont;
  readonly direction: Direction;
  /** Points. */
  readonly width: number;
  readonly span: Span;
}

type Part = Pick<Run, "text" | "font" | "direction">;

/** Finds the fonts for a text and measures it. */
export class RunCutter {
  readonly #faces: Typefaces;
  readonly #widths = new Map<OpenFont, Map<string, number>>();

  constructor(faces: Typefaces) {
    this.#faces = faces;
  }

  cutRuns(text: string, span: Span): Run[] {
    const parts: Part[] = [];
    for (const { segment } of graphemes.segment(text.normalize("NFC"))) {
      for (const drawable of this.#drawable(segment, span)) {
        const part = { ...drawable, direction: directionOf(drawable.text) };
        const last = parts.at(-1);
        if (last !== undefined && joins(last, part)) parts[parts.length - 1] = join(last, part);
        else parts.push(part);
      }
    }
    return parts.map((part) => this.#measured(part, span));
  }

  /** One run for each letter, for a word that must be cut anywhere. */
  cutGraphemes(run: Run): Run[] {
    return Array.from(graphemes.segment(run.text), ({ segment }) =>
      this.#measured({ ...run, text: segment }, run.span),
    );
  }

  /** A letter with its font; one that no font has, by its number. */
  #drawable(segment: string, style: FontStyle): Omit<Part, "direction">[] {
    const font = this.#faces.fontFor(style, segment);
    if (font !== null) return [{ text: segment, font }];
    return Array.from(segment, (character) => {
      const own = this.#faces.fontFor(style, character);
      return own === null
        ? { text: showCodePoint(character), font: this.#latin(style) }
        : { text: character, font: own };
    });
  }

  #latin(style: FontStyle): OpenFont {
    const font = this.#faces.fontFor(style, "A");
    if (font === null) throw new Error("The fonts of the report are not installed.");
    return font;
  }

  #measured(part: Part, span: Span): Run {
    let widths = this.#widths.get(part.font);
    if (widths === undefined) {
      widths = new Map();
      this.#widths.set(part.font, widths);
    }
    let width = widths.get(part.text);
    if (width === undefined) {
      const { font } = part.font;
      width = font.layout(part.text).advanceWidth / font.unitsPerEm;
      widths.set(part.text, width);
    }
    return { ...part, width: width * span.size, span };
  }
}

export function widthOf(runs: readonly Run[]): number {
  return runs.reduce((sum, run) => sum + run.width, 0);
}

/** Neighbours of one style, font and direction as one run: a word that was cut for its width is whole again on its line. */
export function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last?.span === run.span && joins(last, run)) {
      joined[joined.length - 1] = { ...last, ...join(last, run), width: last.width + run.width };
    } else joined.push(run);
  }
  return joined;
}

/** Signs and digits join the letters before them, but never letters that run from right to left. */
function joins(left: Part, right: Part): boolean {
  if (left.font !== right.font) return false;
  if (left.direction === "right-to-left" || right.direction === "right-to-left") {
    return left.direction === right.direction;
  }
  return true;
}

function join(left: Part, right: Part): Part {
  const direction = right.direction === "weak" ? left.direction : right.direction;
  return { text: left.text + right.text, font: left.font, direction };
}
