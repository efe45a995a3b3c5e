import { orderRuns } from "./text-direction.ts";
import { joinRuns, type Run, type RunCutter, type Span, widthOf } from "./text-runs.ts";

export interface Line {
  /** From left to right. */
  readonly runs: readonly Run[];
  /** Points. */
  readonly width: number;
}

/** What stays together on a line. */
interface Word {
  readonly runs: readonly Run[];
  readonly width: number;
  /** Left out where the word begins a line. */
  readonly space: Run | undefined;
}

// Han, Kana and Hangul are written without spaces: a line may end after any of their letters. Thai too, where words are
// not told apart here.
const scriptsWithoutSpaces = ["Han", "Hiragana", "Katakana", "Hangul", "Thai"];
const withoutSpaces = `[${scriptsWithoutSpaces.map((script) => `\\p{Script=${script}}`).join("")}]`;
const letters = `(?:(?!${withoutSpaces})[^ ])`;
const pieces = new RegExp(`( +)|(${withoutSpaces}\\p{M}*)|${letters}+`, "gu");
// Paths and addresses may also be parted after these signs.
const monoPieces = new RegExp(`( +)|(${withoutSpaces}\\p{M}*|${letters}*?[/&?,;]+(?=[^ /&?,;]))|${letters}+`, "gu");

/** Sets text in lines of at most `width` points. A word that is wider than that is cut where the line ends. */
export function setLines(cutter: RunCutter, spans: readonly Span[], width: number): Line[] {
  const lines: Run[][] = [[]];
  let used = 0;
  for (const word of cutWords(cutter, spans).flatMap((word) => fitWord(cutter, word, width))) {
    const space = used > 0 ? word.space : undefined;
    const line = lines.at(-1) ?? [];
    if (used > 0 && used + (space?.width ?? 0) + word.width > width) {
      lines.push([...word.runs]);
      used = word.width;
    } else {
      line.push(...(space ? [space] : []), ...word.runs);
      used += (space?.width ?? 0) + word.width;
    }
  }
  return lines.map((runs) => ({ runs: orderRuns(joinRuns(runs)), width: widthOf(runs) }));
}

/** What no space parts belongs together, even where its style changes. */
function cutWords(cutter: RunCutter, spans: readonly Span[]): Word[] {
  const words: Word[] = [];
  let space: Run | undefined;
  let open = false;
  for (const span of spans) {
    for (const [piece, spaces, alone] of span.text.matchAll(span.face === "mono" ? monoPieces : pieces)) {
      const runs = cutter.cutRuns(piece, span);
      const last = words.at(-1);
      if (spaces !== undefined) {
        space = runs[0];
        open = false;
      } else if (open && alone === undefined && last !== undefined) {
        words[words.length - 1] = { ...last, runs: [...last.runs, ...runs], width: last.width + widthOf(runs) };
      } else {
        words.push({ runs, width: widthOf(runs), space });
        space = undefined;
        open = alone === undefined;
      }
    }
  }
  return words;
}

/** The word, or the parts of one that is too wide. */
function fitWord(cutter: RunCutter, word: Word, width: number): Word[] {
  if (word.width <= width) return [word];
  const parts: Run[][] = [[]];
  let used = 0;
  for (const run of word.runs.flatMap((run) => cutter.cutGraphemes(run))) {
    if (used > 0 && used + run.width > width) {
      parts.push([]);
      used = 0;
    }
    parts.at(-1)?.push(run);
    used += run.width;
  }
  return parts.map((runs, index) => ({ runs, width: widthOf(runs), space: index === 0 ? word.space : undefined }));
}
