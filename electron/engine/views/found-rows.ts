import type { ItemTexts } from "../../store/item-texts.ts";
import type { Session } from "../session.ts";

/** Enough for a person who goes back and forth. */
const mostKept = 8;
/** A row takes 4 bytes, and of a long list the latest question alone is kept. */
const mostKeptRows = 1_000_000;

/**
 * The rows that a question finds, as places in its list, in order. A question is asked again for every page of its answer, so
 * the latest ones are kept until something is done in the engagement.
 */
export function keepFound(session: Session, question: string, find: () => Uint32Array): Uint32Array {
  const latest = session.memo("found rows", () => new Map<string, Uint32Array>());
  const found = latest.get(question) ?? find();
  latest.delete(question);
  latest.set(question, found);
  let rows = 0;
  for (const each of latest.values()) rows += each.length;
  for (const [oldest, { length }] of latest) {
    if (oldest === question || (latest.size <= mostKept && rows <= mostKeptRows)) break;
    latest.delete(oldest);
    rows -= length;
  }
  return found;
}

export function placesOf(size: number): Uint32Array {
  const places = new Uint32Array(size);
  for (let place = 0; place < size; place += 1) places[place] = place;
  return places;
}

/** The places that are marked, in the same order. */
export function keepMarked(places: Uint32Array, marks: Uint8Array): Uint32Array {
  const kept = new Uint32Array(places.length);
  let count = 0;
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] ?? 0;
    if (marks[place] === 1) kept[count++] = place;
  }
  return kept.slice(0, count);
}

/** The words of a search: each must be found. */
export function wordsOf(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Below this many rows, texts are read while a person would not notice. */
const few = 50_000;
const ahead = new WeakSet<ItemTexts>();

/**
 * Reads what a search will need while the person looks at the first rows, between two calls and a step at a time; `then` is
 * the last step, also where another list has had them read.
 */
export function readAhead(session: Session, texts: ItemTexts, then: () => void = () => undefined): void {
  if (texts.size < few || (ahead.has(texts) && !texts.isRead)) return;
  ahead.add(texts);
  const { store } = session;
  const readOn = () => {
    if (!session.isOpen || session.store !== store) return;
    try {
      if (texts.isRead) return then();
      texts.readOn();
    } catch {
      // The question itself meets it again, and has somebody to tell.
      return;
    }
    setImmediate(readOn);
  };
  setImmediate(readOn);
}
