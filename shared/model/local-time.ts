import type { Reading } from "./evidence.ts";
import { type Instant, instantOf, millisecondsOf } from "./instant.ts";

/** A time as a clock on the wall shows it. */
export interface LocalTime {
  /** Null where the log writes none. */
  readonly year: number | null;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** A moment, or why it cannot be told, in a sentence's tail. */
export type TimeReading = { readonly at: Instant } | { readonly reason: string };

// As far as evidence is asked for beyond the period, since a change at its edge has builds and tickets outside of it.
const marginMs = 30 * 86_400_000;

/**
 * The moment of a local time: in the zone of `reading`, and where it has no year in the year for which it lies within
 * the span of `reading`, else within thirty days around it. Nothing is guessed: a time that the zone's clocks skipped
 * or showed twice, and one that fits two years or none, comes back with the reason.
 */
export function momentOf(local: LocalTime, reading: Reading | undefined): TimeReading {
  const timeZone = reading?.timeZone;
  if (timeZone === undefined) return { reason: "its time has no zone, and none is known for the file" };
  try {
    return local.year === null ? momentWithin(local, timeZone, reading?.within) : momentIn(local, local.year, timeZone);
  } catch {
    // Only the zone's name can be what Intl refuses.
    return { reason: `"${timeZone}" is not a time zone that is known here` };
  }
}

function momentIn(local: LocalTime, year: number, timeZone: string): TimeReading {
  const shown = Date.UTC(year, local.month - 1, local.day, local.hour, local.minute, local.second, local.millisecond);
  if (!isOnCalendar(local, shown)) return { reason: `${spell(local, year)} is not a time of the calendar` };
  const moments = momentsShowing(shown, timeZone);
  const [only, other] = moments;
  if (only === undefined) return { reason: `${spell(local, year)} was skipped by the clocks of ${timeZone}` };
  if (other === undefined) return { at: instantOf(only) };
  return {
    reason: `${spell(local, year)} came twice on the clocks of ${timeZone}: ${instantOf(only)} or ${instantOf(other)}`,
  };
}

function momentWithin(local: LocalTime, timeZone: string, within: Reading["within"]): TimeReading {
  if (!within) return { reason: "its time has no year, and no period is known for the file" };
  const from = millisecondsOf(within.from);
  const to = millisecondsOf(within.to);
  const found: { at: Instant; distance: number }[] = [];
  let problem = "";
  for (let year = yearOf(from - marginMs) - 1; year <= yearOf(to + marginMs) + 1; year += 1) {
    const moment = momentIn(local, year, timeZone);
    if ("reason" in moment) problem = moment.reason.includes("calendar") ? problem : moment.reason;
    else {
      const at = millisecondsOf(moment.at);
      const distance = Math.max(from - at, at - (to - 1), 0);
      if (distance <= marginMs) found.push({ at: moment.at, distance });
    }
  }
  const inside = found.filter(({ distance }) => distance === 0);
  const [only, ...others] = inside.length > 0 ? inside : found;
  if (only && others.length === 0) return { at: only.at };
  if (only)
    return { reason: `${spell(local)} has no year and could be ${[only, ...others].map(({ at }) => at).join(" or ")}` };
  return {
    reason: problem || `${spell(local)} has no year, and in none does it lie within ${within.from} to ${within.to}`,
  };
}

/** The moments, none to two, at which the zone's clocks show a time; the first one first. */
function momentsShowing(shown: number, timeZone: string): number[] {
  // No zone is further from UTC than fourteen hours, and none changes twice within a day and a half.
  const offsets = [offsetAt(shown - 14 * 3_600_000, timeZone), offsetAt(shown + 14 * 3_600_000, timeZone)];
  const moments = offsets.map((offset) => shown - offset).filter((at) => at + offsetAt(at, timeZone) === shown);
  return [...new Set(moments)].sort((one, other) => one - other);
}

function isOnCalendar(local: LocalTime, shown: number): boolean {
  const read = new Date(shown);
  return (
    read.getUTCMonth() === local.month - 1 &&
    read.getUTCDate() === local.day &&
    read.getUTCHours() === local.hour &&
    read.getUTCMinutes() === local.minute &&
    read.getUTCSeconds() === local.second
  );
}

function yearOf(milliseconds: number): number {
  return new Date(milliseconds).getUTCFullYear();
}

function spell(local: LocalTime, year = local.year): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const time = `${two(local.hour)}:${two(local.minute)}:${two(local.second)}`;
  return `${year === null ? "" : `${year}-`}${two(local.month)}-${two(local.day)} ${time}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
/** Offsets of quarters of hours: clocks are changed at no other moment. Lines of a log ask for the same ones again and again. */
const offsets = new Map<string, number>();
const quarterMs = 15 * 60_000;

/** How far the zone's clocks are ahead of UTC, in milliseconds. @throws RangeError for an unknown zone */
function offsetAt(milliseconds: number, timeZone: string): number {
  const quarter = Math.floor(milliseconds / quarterMs);
  const key = `${timeZone} ${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    if (offsets.size > 10_000) offsets.clear();
    offset = readOffset(quarter * quarterMs, timeZone);
    offsets.set(key, offset);
  }
  return offset;
}

function readOffset(milliseconds: number, timeZone: string): number {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formatters.set(timeZone, formatter);
  }
  const shown = new Map(formatter.formatToParts(milliseconds).map(({ type, value }) => [type, Number(value)]));
  const read = (type: Intl.DateTimeFormatPartTypes): number => shown.get(type) ?? 0;
  const utc = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
  return utc - milliseconds;
}
