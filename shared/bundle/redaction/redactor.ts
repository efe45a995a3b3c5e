import { TickmarkError } from "../../errors.ts";
import type { People } from "../../model/person.ts";
import { compileRedactionPattern, type RedactionPattern } from "../../model/redaction-pattern.ts";
import type { RedactionRules } from "../../model/redaction-rules.ts";
import { createPersonFinder, type ShownPerson } from "./person-finder.ts";
import type { Replaced } from "./redaction-log.ts";
import { replacementOf } from "./replacement-words.ts";
import { mayHoldSecret, secretPatterns } from "./secret-patterns.ts";

interface Find {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly replacement: string;
}

export interface RedactedText {
  readonly text: string;
  readonly replaced: readonly Replaced[];
}

/**
 * Replaces what must not be told. The same text is replaced by the same words wherever it stands, in evidence and in what was made of it:
 * so that the redacted evidence still gives the redacted statements.
 */
export interface Redactor {
  /** Kinds of things that are looked for. */
  readonly lookedFor: readonly string[];
  redactText(text: string): RedactedText;
  /** Every text in a JSON value but such as is one of the program's own words; keys stay. The value itself when nothing is found. */
  redactValue<Value>(value: Value): { readonly value: Value; readonly replaced: readonly Replaced[] };
  /** What would be replaced in a list of these values, which are too many to hold. */
  findInEach(values: Iterable<unknown>): readonly Replaced[];
  /** The same, with the place of each. */
  findAt(values: Iterable<readonly [place: string, value: unknown]>): readonly Replaced[];
}

const mostPlaces = 100;
/** Values that are remembered to be clean. */
const mostClean = 10_000;

/**
 * @param rules of an edition for outsiders; null for the complete one, in which only secrets are replaced
 * @param shown see `createPersonFinder`
 * @param ownWords of the program and the catalog: a statement in which one of them were replaced could not be read any more
 */
export function createRedactor(
  rules: RedactionRules | null,
  people: People,
  shown: readonly ShownPerson[] = [],
  ownWords: ReadonlySet<string> = new Set(),
): Redactor {
  const numbers = new SecretNumbers();
  const own = ownSought(rules);
  const persons = rules?.persons === "pseudonyms" ? createPersonFinder(people, shown) : null;

  function findAll(text: string): Find[] {
    const sought = mayHoldSecret(text) ? [...secrets, ...own] : own;
    const found = sought.flatMap(({ kind, find }) => {
      return Array.from(find(text), ({ start, end }): Find => {
        const number = numbers.numberOf(kind, text.slice(start, end));
        return { kind, start, end, replacement: replacementOf(kind, number) };
      });
    });
    const named = persons?.find(text) ?? [];
    const all = [
      ...found,
      ...named.map(({ start, end, pseudonym }) => ({ start, end, kind: "person", replacement: pseudonym })),
    ];
    return mergeOverlap(all);
  }

  function redact(text: string, placeOf: (at: number) => string, into: Tally): string {
    const pieces: string[] = [];
    let at = 0;
    for (const { start, end, kind, replacement } of findAll(text)) {
      pieces.push(text.slice(at, start), replacement);
      into.add(kind, placeOf(start));
      at = end;
    }
    return at === 0 ? text : pieces.join("") + text.slice(at);
  }

  /** @param clean in which nothing is found, as is known already */
  function walk(part: unknown, path: string, into: Tally, clean: Set<object> | null): unknown {
    if (typeof part === "string") return ownWords.has(part) ? part : redact(part, () => path || "/", into);
    if (typeof part !== "object" || part === null || clean?.has(part)) return part;
    if (Array.isArray(part)) return walkList(part, path, into, clean);
    const members = Object.entries(part);
    const walked = members.map(([key, each]) => walk(each, `${path}/${key}`, into, clean));
    // What nothing is found in stays itself.
    if (walked.every((each, index) => each === members[index]?.[1])) {
      clean?.add(part);
      return part;
    }
    return Object.fromEntries(members.map(([key], index) => [key, walked[index]]));
  }

  /** A list may have a million members, and something is found in few of them. */
  function walkList(list: readonly unknown[], path: string, into: Tally, clean: Set<object> | null): unknown {
    let redacted: unknown[] | null = null;
    for (const [index, each] of list.entries()) {
      const walked = walk(each, `${path}/${index}`, into, clean);
      if (walked !== each) redacted ??= list.slice(0, index);
      redacted?.push(walked);
    }
    if (redacted === null) clean?.add(list);
    return redacted ?? list;
  }

  function findAt(values: Iterable<readonly [place: string, value: unknown]>): readonly Replaced[] {
    const tally = new Tally();
    // The results of an item follow each other, and all say what the item says.
    const clean = new Set<object>();
    for (const [place, value] of values) {
      walk(value, place, tally, clean);
      if (clean.size > mostClean) clean.clear();
    }
    return tally.list();
  }

  return {
    lookedFor: [...new Set([...secrets, ...own].map(({ kind }) => kind)), ...(persons === null ? [] : ["person"])],
    redactText(text) {
      const tally = new Tally();
      const lines = new LineCounter(text);
      return { text: redact(text, (at) => `line ${lines.lineOf(at)}`, tally), replaced: tally.list() };
    },
    redactValue(value) {
      const tally = new Tally();
      // Text becomes text and everything else stays: the value keeps its type.
      const redacted = walk(value, "", tally, null) as typeof value;
      const replaced = tally.list();
      return { value: replaced.length === 0 ? value : redacted, replaced };
    },
    findInEach: (values) => findAt(withPlaces(values)),
    findAt,
  };
}

function* withPlaces(values: Iterable<unknown>): Generator<readonly [place: string, value: unknown]> {
  let index = 0;
  for (const value of values) yield [`/${index++}`, value];
}

interface Sought extends Pick<RedactionPattern, "find"> {
  readonly kind: string;
}

const secrets: readonly Sought[] = secretPatterns.map(({ kind, pattern }) => ({ kind, find: finderOf(pattern) }));

/** By expressions of this program alone: those of rules may be anybody's. */
function finderOf(pattern: RegExp): Sought["find"] {
  return (text) =>
    Array.from(text.matchAll(pattern), ({ 0: found, index, groups }) => ({
      start: index + (groups?.before ?? "").length,
      end: index + found.length,
    }));
}

/** @throws TickmarkError `usage` for a pattern that the rules' schema refuses */
function ownSought(rules: RedactionRules | null): Sought[] {
  const texts = Object.entries(rules?.texts ?? {}).map(([kind, each]) => ({
    kind,
    find: finderOf(new RegExp(each.map(escapePattern).join("|"), "giu")),
  }));
  const own = (rules?.patterns ?? []).map(({ kind, pattern }) => {
    const compiled = compileRedactionPattern(pattern);
    if (typeof compiled !== "string") return { kind, find: compiled.find };
    throw new TickmarkError("usage", `The pattern of ${kind} ${compiled}.`, "See docs/redaction.md.");
  });
  return [...texts, ...own];
}

/** The same secret has the same number, by which a reader sees that it is the same; nothing of it can be computed from that. */
class SecretNumbers {
  readonly #numbers = new Map<string, Map<string, number>>();

  numberOf(kind: string, secret: string): number {
    const known = this.#numbers.get(kind) ?? new Map<string, number>();
    this.#numbers.set(kind, known);
    const number = known.get(secret) ?? known.size + 1;
    known.set(secret, number);
    return number;
  }
}

class Tally {
  readonly #kinds = new Map<string, { count: number; places: Set<string> }>();

  add(kind: string, place: string): void {
    const entry = this.#kinds.get(kind) ?? { count: 0, places: new Set<string>() };
    this.#kinds.set(kind, entry);
    entry.count += 1;
    if (entry.places.size < mostPlaces) entry.places.add(place);
  }

  list(): Replaced[] {
    return [...this.#kinds].map(([kind, { count, places }]) => ({ kind, count, places: [...places] }));
  }
}

/** Numbers of lines, asked for in order. */
class LineCounter {
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  lineOf(at: number): number {
    for (
      let next = this.#text.indexOf("\n", this.#at);
      next >= 0 && next < at;
      next = this.#text.indexOf("\n", this.#at)
    ) {
      this.#line += 1;
      this.#at = next + 1;
    }
    return this.#line;
  }
}

/** Finds that overlap become one over all of them: no end of a secret may stick out behind what begins before it. */
function mergeOverlap(found: readonly Find[]): Find[] {
  const merged: Find[] = [];
  for (const each of found.toSorted((left, right) => left.start - right.start || right.end - left.end)) {
    const last = merged.at(-1);
    if (last === undefined || each.start >= last.end) merged.push(each);
    else merged[merged.length - 1] = { ...last, end: Math.max(last.end, each.end) };
  }
  return merged;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
