import { createHash } from "node:crypto";

/**
 * What the story leaves open (the minute of a commit, an id) is taken from a hash of a name: it looks uneven, as real
 * records do, and is the same at every run.
 */
export function hexOf(name: string, length: number): string {
  return createHash("sha256").update(name).digest("hex").slice(0, length);
}

/** A whole number from `low` to `high`, both included; `low` where there is no room. */
export function spread(name: string, low: number, high: number): number {
  if (high <= low) return low;
  return low + (Number.parseInt(hexOf(name, 12), 16) % (high - low + 1));
}

/** An invented id in the form of a UUID. */
export function uuidOf(name: string): string {
  const hex = hexOf(name, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
