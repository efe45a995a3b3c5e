import type { Activity } from "./activity.ts";
import { encodeCanonical } from "./canonical-json.ts";
import type { Digest, Sha256 } from "./digest.ts";

/** What stands in `previous` of the first entry, and the head of an empty log. */
export const chainStart: Sha256 = "0".repeat(64);

export type ActivityChainCheck =
  | { readonly ok: true; readonly head: Sha256 }
  /** `number` is the place in the log, from 1, where the chain breaks first. */
  | { readonly ok: false; readonly number: number; readonly expected: string; readonly found: string };

/**
 * Closes an entry with its hash: SHA-256 of the entry's canonical JSON (RFC 8785) without `hash`.
 *
 * @throws TickmarkError `bundle-part-invalid` when `before` or `after` holds something that JSON cannot say
 */
export function sealActivity(entry: Omit<Activity, "hash">, digest: Digest): Activity {
  return { ...entry, hash: digest(encodeCanonical(entry)) };
}

/**
 * Follows the log from its first entry. A chain that holds shows only that nothing was changed, dropped or put in
 * between up to `head`: whoever can rewrite the whole log can rewrite the chain, so the head must be compared with one
 * that was kept elsewhere (the signed manifest of a bundle).
 */
export function verifyActivityChain(entries: Iterable<Activity>, digest: Digest): ActivityChainCheck {
  let head = chainStart;
  let number = 0;
  for (const entry of entries) {
    number += 1;
    if (entry.number !== number) {
      return { ok: false, number, expected: `entry ${number}`, found: `entry ${entry.number}` };
    }
    if (entry.previous !== head) return { ok: false, number, expected: head, found: entry.previous };
    const expected = hashOf(entry, digest);
    if (entry.hash !== expected) return { ok: false, number, expected, found: entry.hash };
    head = entry.hash;
  }
  return { ok: true, head };
}

function hashOf({ hash: _, ...entry }: Activity, digest: Digest): string {
  try {
    return digest(encodeCanonical(entry));
  } catch {
    // The log may come from anybody. An entry without a canonical spelling has no hash that could be right.
    return "an entry that canonical JSON can express";
  }
}
