import { z } from "zod";

/**
 * A moment in UTC with milliseconds, `YYYY-MM-DDTHH:MM:SS.sssZ`. One spelling per moment, so that
 * equal moments are equal strings, order is string order, and any CEL implementation reads it with `timestamp()`.
 */
export const Instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
export type Instant = z.infer<typeof Instant>;

/** A moment of an item, or empty where there is none: rules never meet a missing field. */
export const InstantOrEmpty = z.union([Instant, z.literal("")]);

/** Milliseconds since 1970 → Instant. */
export function instantOf(epochMilliseconds: number): Instant {
  return new Date(epochMilliseconds).toISOString();
}

/** Milliseconds since 1970 of an Instant. */
export function millisecondsOf(instant: Instant): number {
  return new Date(instant).getTime();
}

// A time without a zone is refused: which moment it means would be a guess.
const withZone = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})$/i;

// The usual spelling of a time in UTC, on a day that every month has: an instant but for the zone's letters. Systems write
// most times so, and the language's own dates take five times as long to come to the same.
const inUtc = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3])(:[0-5]\d){2}\.\d{3}(Z|\+00:?00)$/;

/** Reads an ISO 8601 time that carries its zone (`Z`, `+01:00`, `+0000`); null for anything else. */
export function parseInstant(text: string): Instant | null {
  if (inUtc.test(text)) return `${text.slice(0, 23)}Z`;
  if (!withZone.test(text)) return null;
  const moment = new Date(withColon(/\s/.test(text) ? text.replace(" ", "T").replace(/\s/g, "") : text));
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

/** `+0100` → `+01:00`: the language's own dates know no other spelling of a zone. */
function withColon(text: string): string {
  const sign = text.at(-5);
  return sign === "+" || sign === "-" ? `${text.slice(0, -2)}:${text.slice(-2)}` : text;
}
