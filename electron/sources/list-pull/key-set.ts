import { hash } from "node:crypto";

/**
 * A set of the records' own keys, eight characters of a digest each: a cursor is stored with every step, so it must
 * stay small. Two keys of a million are taken for one with a chance of less than one in two hundred.
 */
export interface KeySet {
  has(key: string): boolean;
  /** @returns false when it was there already */
  add(key: string): boolean;
  readonly size: number;
  /** How many keys of another set are in this one. */
  countOf(other: KeySet): number;
  spell(): string;
}

const length = 8;

export function readKeySet(spelled: string): KeySet {
  const marks = new Set<string>();
  for (let at = 0; at + length <= spelled.length; at += length) marks.add(spelled.slice(at, at + length));
  const mark = (key: string) => hash("sha256", key, "base64url").slice(0, length);
  return {
    has: (key) => marks.has(mark(key)),
    add(key) {
      const before = marks.size;
      return marks.add(mark(key)).size > before;
    },
    get size() {
      return marks.size;
    },
    countOf(other) {
      const theirs = other.spell();
      let count = 0;
      for (let at = 0; at < theirs.length; at += length) if (marks.has(theirs.slice(at, at + length))) count += 1;
      return count;
    },
    spell: () => [...marks].join(""),
  };
}
