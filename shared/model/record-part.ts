/*
 * Finds the part of a raw record that a fact was read from, as a range of its text. The text itself is shown, never a
 * parsed and rewritten copy of it: numbers and spelling stay as they were received. The text may be cut off at its end.
 */

export interface Part {
  readonly start: number;
  /** Behind the last character. */
  readonly end: number;
}

/**
 * @param place a JSON pointer (`/issues/36`), `line 12`, or empty for the whole
 * @param firstLine number of the text's first line in its file
 * @returns null where the text has no such place, or not any more before it is cut off
 */
export function findPart(text: string, place: string, firstLine: number): Part | null {
  const line = /^line (\d+)$/.exec(place);
  if (line) return findLine(text, Number(line[1]) - firstLine);
  if (place.startsWith("/")) return findPointer(text, place);
  return null;
}

function findLine(text: string, index: number): Part | null {
  let start = 0;
  for (let at = 0; at < index; at += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) return null;
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return index < 0 || start >= text.length ? null : { start, end: end < 0 ? text.length : end };
}

function findPointer(text: string, pointer: string): Part | null {
  let start = afterSpace(text, 0);
  for (const token of pointer.slice(1).split("/")) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    const found = text[start] === "{" ? findMember(text, start, name) : findElement(text, start, name);
    if (found < 0) return null;
    start = found;
  }
  const end = afterValue(text, start);
  return end < 0 ? null : { start, end };
}

/** Where the value of a member starts; -1 when there is none. Of two with one name the last counts, as it does for readers. */
function findMember(text: string, object: number, name: string): number {
  let found = -1;
  let at = afterSpace(text, object + 1);
  while (text[at] === '"') {
    const key = at;
    const keyEnd = afterString(text, key);
    const colon = afterSpace(text, keyEnd);
    if (keyEnd < 0 || text[colon] !== ":") return found;
    const value = afterSpace(text, colon + 1);
    if (keyOf(text.slice(key, keyEnd)) === name) found = value;
    const end = afterValue(text, value);
    if (end < 0) return found;
    at = afterSpace(text, end);
    if (text[at] === ",") at = afterSpace(text, at + 1);
  }
  return found;
}

function keyOf(written: string): string | null {
  try {
    return JSON.parse(written) as string;
  } catch {
    return null;
  }
}

function findElement(text: string, array: number, index: string): number {
  if (text[array] !== "[" || !/^\d+$/.test(index)) return -1;
  let at = afterSpace(text, array + 1);
  for (let left = Number(index); left > 0; left -= 1) {
    const end = afterValue(text, at);
    const comma = afterSpace(text, end);
    if (end < 0 || text[comma] !== ",") return -1;
    at = afterSpace(text, comma + 1);
  }
  return at < text.length && text[at] !== "]" ? at : -1;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at >= 0 && at < text.length && " \t\r\n".includes(text[at] ?? "")) at += 1;
  return at;
}

/** Behind a value; -1 when the text ends before the value does. */
function afterValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return afterString(text, start);
  if (first !== "{" && first !== "[") {
    const length = /^[^\s,\]}]+/.exec(text.slice(start, start + 64))?.[0].length ?? 0;
    return length === 0 ? -1 : start + length;
  }
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      at = afterString(text, at) - 1;
      if (at < 0) return -1;
    } else if (character === "{" || character === "[") {
      depth += 1;
    } else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function afterString(text: string, quote: number): number {
  for (let at = quote + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}
