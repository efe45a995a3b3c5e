/** `A.8.`, 3 → `A.8.1`, `A.8.2`, `A.8.3`. */
export function numbered(prefix: string, last: number, digits = 1): string[] {
  return Array.from({ length: last }, (_, index) => `${prefix}${String(index + 1).padStart(digits, "0")}`);
}

/** Each prefix with its own last number: `{ "CC1.": 5 }` → `CC1.1` … `CC1.5`. */
export function numberedAll(lastByPrefix: Readonly<Record<string, number>>, digits = 1): string[] {
  return Object.entries(lastByPrefix).flatMap(([prefix, last]) => numbered(prefix, last, digits));
}
