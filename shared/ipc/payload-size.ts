/**
 * Whether a value that crosses a process border takes more than so many bytes, about: two for a letter, eight for a number. It
 * stops where the limit is passed, so that what is far too large costs no more to refuse than what is just too large.
 */
export function isLargerThan(value: unknown, limit: number): boolean {
  return leftAfter(value, limit) < 0;
}

const plain = 8;

function leftAfter(value: unknown, left: number): number {
  if (typeof value === "string") return left - value.length * 2;
  if (typeof value !== "object" || value === null) return left - plain;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return left - value.byteLength;
  return Array.isArray(value) ? leftAfterList(value, left - plain) : leftAfterRecord(value, left - plain);
}

/** By its places, which may be many and empty. */
function leftAfterList(list: readonly unknown[], left: number): number {
  let rest = left;
  for (let at = 0; at < list.length && rest >= 0; at += 1) rest = leftAfter(list[at], rest);
  return rest;
}

function leftAfterRecord(record: object, left: number): number {
  let rest = left;
  for (const key in record) {
    if (rest < 0) return rest;
    rest = leftAfter((record as Record<string, unknown>)[key], rest - plain);
  }
  return rest;
}
