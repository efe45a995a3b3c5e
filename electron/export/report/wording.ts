import { evidencePath } from "../../../shared/bundle/bundle-parts.ts";
import type { Sha256 } from "../../../shared/model/digest.ts";
import type { Instant } from "../../../shared/model/instant.ts";

/** `2025-03-04 14:05 UTC`; an empty instant is a dash. */
export function formatInstant(instant: Instant | ""): string {
  return instant === "" ? "–" : `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

const months = "January February March April May June July August September October November December".split(" ");

/** `2025-03-04` → `4 March 2025`. */
export function formatDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${months[(month ?? 1) - 1]} ${year}`;
}

/** `12,345`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 change`, `12 changes`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** Enough of a digest or commit id to find it by; the whole is in the ZIP. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}

/** An item's id with its commit id shortened. */
export function shortId(id: string): string {
  return id.replace(/[0-9a-f]{40,64}/g, shortHash);
}

/** Where the bundle keeps a raw record, shortened: `evidence/9c1f0a2b7d31…`. */
export function shortEvidencePath(sha256: Sha256): string {
  return `${evidencePath(shortHash(sha256))}…`;
}

/** `a, b and c`. */
export function listOf(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
