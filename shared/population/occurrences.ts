import type { Instant } from "../model/instant.ts";
import { dayOf, type Period, startOfDay } from "../model/period.ts";

/** A week or a quarter that lies in the period, or partly. */
export interface Occurrence {
  readonly id: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly whole: boolean;
  /** What of it lies in the period: nothing is asked beyond that. */
  readonly within: { readonly from: Instant; readonly to: Instant };
}

const dayMs = 86_400_000;

/** Weeks from Monday to Sunday in the engagement's time zone, named as ISO 8601 names them: `2026-W06`. */
export function weeksOf(period: Period): Occurrence[] {
  return divide(period, mondayOf(period.from), (monday) => addDays(monday, 7), nameWeek);
}

/** Quarters of the calendar in the engagement's time zone: `2026-Q1`. */
export function quartersOf(period: Period): Occurrence[] {
  return divide(period, quarterOf(period.from), (first) => quarterOf(addDays(first, 100)), nameQuarter);
}

/** The week that a moment falls in. */
export function weekOf(instant: Instant, timeZone: string): string {
  return nameWeek(mondayOf(dayOf(instant, timeZone)));
}

function divide(
  period: Period,
  first: string,
  next: (day: string) => string,
  name: (day: string) => string,
): Occurrence[] {
  const occurrences: Occurrence[] = [];
  for (let day = first; day <= period.to; day = next(day)) {
    const [from, to] = [startOfDay(day, period.timeZone), startOfDay(next(day), period.timeZone)];
    const [, begin = from] = [from, period.start].sort();
    const [end = to] = [to, period.end].sort();
    const within = { from: begin, to: end };
    occurrences.push({ id: name(day), from, to, whole: within.from === from && within.to === to, within });
  }
  return occurrences;
}

export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** A week belongs to the year that has its Thursday (ISO 8601). */
function nameWeek(monday: string): string {
  const year = addDays(monday, 3).slice(0, 4);
  const firstMonday = mondayOf(`${year}-01-04`);
  const number = Math.round((millisecondsOf(monday) - millisecondsOf(firstMonday)) / (7 * dayMs)) + 1;
  return `${year}-W${String(number).padStart(2, "0")}`;
}

function quarterOf(day: string): string {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 4)}-${String(month).padStart(2, "0")}-01`;
}

function nameQuarter(first: string): string {
  return `${first.slice(0, 4)}-Q${(Number(first.slice(5, 7)) + 2) / 3}`;
}

function millisecondsOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getTime();
}

export function addDays(day: string, days: number): string {
  return new Date(millisecondsOf(day) + days * dayMs).toISOString().slice(0, 10);
}
