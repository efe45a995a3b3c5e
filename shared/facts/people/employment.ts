import type { Reading } from "../../model/evidence.ts";
import type { Unread } from "../../model/facts.ts";
import { type Instant, parseInstant } from "../../model/instant.ts";
import type { Origin } from "../../model/origin.ts";
import type { Employment } from "../../model/people-facts.ts";
import { startOfDay } from "../../model/period.ts";

interface Written {
  readonly origin: Origin;
  readonly person: string;
  /** A day, a moment with its zone, LDAP's generalized time, or empty. */
  readonly joined: string;
  readonly left: string;
  /** What the directory says; null where it only has dates. */
  readonly active: boolean | null;
}

/**
 * When somebody came and went. A day begins at its first moment in the zone that `reading` names, without one in UTC;
 * somebody is there up to the end of the last day. A date that cannot be read is listed as unread.
 */
export function employmentOf(
  { origin, person, joined, left, active }: Written,
  reading: Reading | undefined,
): { readonly fact: Employment[]; readonly unread: Unread[] } {
  const dates = [momentOf(joined, reading, 0), momentOf(left, reading, 1)];
  const unread = dates.flatMap((date) => (typeof date === "object" && date !== null ? [{ origin, ...date }] : []));
  if (unread.length > 0) return { fact: [], unread };
  const [joinedAt = null, leftAt = null] = dates as (Instant | null)[];
  return {
    fact: [{ kind: "employment", origin, person, joinedAt, leftAt, active: active ?? leftAt === null }],
    unread: [],
  };
}

/** @param daysOn 0 for the day's beginning, 1 for its end */
function momentOf(
  written: string,
  reading: Reading | undefined,
  daysOn: 0 | 1,
): Instant | null | { readonly reason: string } {
  const text = written.trim();
  if (text === "") return null;
  const [, year, month, day, time, zone] =
    /^(\d{4})-?(\d{2})-?(\d{2})(?:(\d{6})(?:\.\d+)?(Z|[+-]\d{4}))?$/.exec(text) ?? [];
  if (year === undefined) return parseInstant(text) ?? { reason: `"${text.slice(0, 40)}" is not a day` };
  if (time !== undefined) {
    const spelled = `${year}-${month}-${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}${zone}`;
    return parseInstant(spelled) ?? { reason: `"${text.slice(0, 40)}" is not a moment` };
  }
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return { reason: `"${text.slice(0, 40)}" is not a day of the calendar` };
  const then = new Date(date.getTime() + daysOn * 86_400_000).toISOString().slice(0, 10);
  return startOfDay(then, reading?.timeZone ?? "UTC");
}
