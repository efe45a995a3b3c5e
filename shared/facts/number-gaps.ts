import type { NumberSequence } from "../model/pull.ts";

/** Above any number of a request, build or ticket: what writes larger ones does not count through. */
const highest = 5_000_000;
const mostShown = 100;

/** Which whole numbers were seen, as one bit each. */
export interface NumbersSeen {
  add(number: number): void;
  /** What is missing between the first and the last; null when nothing was seen. */
  sequence(): Pick<NumberSequence, "first" | "last" | "received" | "missing"> | null;
}

export function createNumbersSeen(): NumbersSeen {
  let bits = new Uint8Array(64);
  const has = (number: number): boolean => ((bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0;
  let received = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = -1;
  return {
    add(number) {
      if (!Number.isSafeInteger(number) || number < 0 || number > highest || has(number)) return;
      if (number >> 3 >= bits.length) {
        const grown = new Uint8Array(Math.max(bits.length * 2, (number >> 3) + 1));
        grown.set(bits);
        bits = grown;
      }
      bits[number >> 3] = (bits[number >> 3] ?? 0) | (1 << (number & 7));
      received += 1;
      first = Math.min(first, number);
      last = Math.max(last, number);
    },
    sequence() {
      if (received === 0) return null;
      return { first, last, received, missing: { count: last - first + 1 - received, first: gaps(first, last, has) } };
    },
  };
}

/** The first hundred runs of missing numbers: `17`, or `20-24`. */
function gaps(first: number, last: number, has: (number: number) => boolean): string[] {
  const found: string[] = [];
  for (let number = first; number < last && found.length < mostShown; number += 1) {
    if (has(number)) continue;
    const from = number;
    while (!has(number + 1)) number += 1;
    found.push(from === number ? String(from) : `${from}-${number}`);
  }
  return found;
}
