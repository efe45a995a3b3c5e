/*
 * The Unicode Bidirectional Algorithm (UAX #9) for lines that run from left to right, as far as names and titles need it:
 * words of right-to-left scripts that stand beside each other are set from right to left, with the numbers between them.
 */

/** `weak`: signs and digits, which follow the letters around them. */
export type Direction = "left-to-right" | "right-to-left" | "weak";

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}]/u;

export function directionOf(grapheme: string): Direction {
  // Arabic digits run from left to right like all others, and a run of them must not be turned.
  if (/^\p{N}/u.test(grapheme)) return "weak";
  if (rightToLeft.test(grapheme)) return "right-to-left";
  return /\p{L}/u.test(grapheme) ? "left-to-right" : "weak";
}

interface Directed {
  readonly direction: Direction;
  readonly text: string;
}

/** The runs of a line in the order in which they are set from left to right. */
export function orderRuns<T extends Directed>(runs: readonly T[]): T[] {
  const ordered: T[] = [];
  for (let start = 0; start < runs.length; ) {
    const end = endOfRightToLeft(runs, start);
    const part = runs.slice(start, end);
    ordered.push(...(part.length > 1 ? part.reverse().map(turn) : part));
    start = end;
  }
  return ordered;
}

/** Index after the last right-to-left run that no left-to-right run parts from the one at `start`; else the next index. */
function endOfRightToLeft(runs: readonly Directed[], start: number): number {
  let end = start + 1;
  if (runs[start]?.direction !== "right-to-left") return end;
  for (let index = end; index < runs.length; index++) {
    const direction = runs[index]?.direction;
    if (direction === "left-to-right") break;
    if (direction === "right-to-left") end = index + 1;
  }
  return end;
}

const mirrored: Readonly<Record<string, string>> = { "(": ")", ")": "(", "[": "]", "]": "[", "<": ">", ">": "<" };
const numberOrSign = /\p{N}+(?:[.,:/-]\p{N}+)*|./gsu;

/** Signs between right-to-left words stand in their order and face their way; numbers stay as they are. */
function turn<T extends Directed>(run: T): T {
  if (run.direction !== "weak") return run;
  const parts = run.text.match(numberOrSign) ?? [];
  return {
    ...run,
    text: parts
      .reverse()
      .map((part) => mirrored[part] ?? part)
      .join(""),
  };
}
