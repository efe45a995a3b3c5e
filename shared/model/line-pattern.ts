import type { MappedName } from "./deployment-mapping.ts";

/**
 * A pattern of lines: text that stands for itself, places in braces for what it says, and stars for anything.
 * `{at} {by} deployed {service} {revision} to {environment}`.
 */
export interface LinePattern {
  /** What the places hold; null when the line is another one. */
  match(line: string): Readonly<Partial<Record<MappedName, string>>> | null;
}

const places: readonly string[] = [
  "environment",
  "revision",
  "at",
  "by",
  "trigger",
  "requestedBy",
  "id",
  "status",
  "service",
  "previousRevision",
];
// RFC 3164 with its spaces, or ISO 8601 with or without a T.
const time =
  /^(?:[A-Z][a-z]{2} {1,2}\d{1,2}(?: \d{4})? \d{2}:\d{2}:\d{2}(?:\.\d+)?|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)/;

/** Why a pattern cannot be used; null when it can. */
export function faultInPattern(pattern: string): string | null {
  const named = [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
  const unknown = named.find((name) => !places.includes(name));
  if (unknown !== undefined) return `{${unknown}} is none of ${places.join(", ")}`;
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  if (twice !== undefined) return `{${twice}} stands in it twice`;
  const missing = ["at", "environment", "revision"].find((name) => !named.includes(name));
  if (missing !== undefined) return `{${missing}} is missing`;
  return /[}*][{*]/.test(pattern) ? "two places stand side by side, so where one ends cannot be told" : null;
}

/**
 * Each place ends where the text behind it comes first, so that a line is read once from left to right, whatever the
 * pattern and the line are: no line can take long. What a place holds is one word; a star may be anything.
 */
export function readLinePattern(pattern: string): LinePattern {
  const parts = pattern.split(/(\{[^{}]*\}|\*)/).filter((part) => part !== "");
  return {
    match(line) {
      const found: Partial<Record<MappedName, string>> = {};
      let at = 0;
      for (const [index, part] of parts.entries()) {
        const name = /^\{(.*)\}$/.exec(part)?.[1];
        if (name === undefined && part !== "*") {
          if (!line.startsWith(part, at)) return null;
          at += part.length;
          continue;
        }
        const end = name === "at" ? endOfTime(line, at) : endOfPlace(line, at, parts[index + 1]);
        if (end < 0) return null;
        const held = line.slice(at, end);
        if (name !== undefined && name !== "at" && !/^\S+$/.test(held)) return null;
        if (name !== undefined) found[name as MappedName] = held;
        at = end;
      }
      // A pattern need not say how the line goes on.
      return found;
    },
  };
}

function endOfTime(line: string, from: number): number {
  const found = time.exec(line.slice(from, from + 50));
  return found ? from + found[0].length : -1;
}

function endOfPlace(line: string, from: number, next: string | undefined): number {
  if (next !== undefined) return line.indexOf(next, from);
  const space = line.slice(from).search(/\s|$/);
  return from + space;
}
