import { z } from "zod";
import { TickmarkError } from "../errors.ts";
import { Instant, instantOf } from "./instant.ts";

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/**
 * The audited period. `from` and `to` are whole days of `timeZone`, both included; `start` (included) and
 * `end` (excluded) are the same bounds as moments, fixed once so that later time-zone data cannot move them.
 */
export const Period = z.object({ from: Day, to: Day, timeZone: z.string(), start: Instant, end: Instant });
export type Period = z.infer<typeof Period>;

/**
 * @param from first day, `YYYY-MM-DD`
 * @param to last day, included
 * @param timeZone IANA name, such as `Europe/London`
 * @throws period-invalid, time-zone-unknown
 */
export function resolvePeriod(from: string, to: string, timeZone: string): Period {
  checkTimeZone(timeZone);
  for (const day of [from, to]) checkDay(day);
  if (to < from) {
    throw new TickmarkError(
      "period-invalid",
      `The period ends on ${to}, before it starts on ${from}.`,
      "Give the first day first and the last day second.",
    );
  }
  return { from, to, timeZone, start: startOfDay(from, timeZone), end: startOfDay(dayAfter(to), timeZone) };
}

export function isWithin(period: Period, instant: Instant): boolean {
  return instant >= period.start && instant < period.end;
}

/** The day, `YYYY-MM-DD`, that an instant falls on in the period's own time zone. */
export function dayOf(instant: Instant, timeZone: string): string {
  return formatterOf(timeZone).format(new Date(instant));
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

function checkTimeZone(timeZone: string): void {
  try {
    formatterOf(timeZone);
  } catch (cause) {
    throw new TickmarkError(
      "time-zone-unknown",
      `"${timeZone}" is not a time zone that is known here.`,
      "Give an IANA name such as Europe/London or UTC.",
      { cause },
    );
  }
}

function checkDay(day: string): void {
  const read = new Date(`${day}T00:00:00Z`);
  if (!Day.safeParse(day).success || Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== day) {
    throw new TickmarkError("period-invalid", `"${day}" is not a day of the calendar.`, "Write days as YYYY-MM-DD.");
  }
}

function dayAfter(day: string): string {
  return instantOf(new Date(`${day}T00:00:00Z`).getTime() + 86_400_000).slice(0, 10);
}

/** The first moment of a day in a zone: not always midnight, since some zones skip it when clocks change. */
export function startOfDay(day: string, timeZone: string): Instant {
  const noon = new Date(`${day}T12:00:00Z`).getTime();
  let low = noon - 36 * 3_600_000;
  let high = noon + 36 * 3_600_000;
  // The local day never goes backwards past a midnight in the zone data in use, so the first moment can be bisected.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dayOf(instantOf(middle), timeZone) < day) low = middle;
    else high = middle;
  }
  return instantOf(high);
}
