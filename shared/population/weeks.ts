import type { Instant } from "../model/instant.ts";
import { dayOf, type Period, startOfDay } from "../model/period.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import { addDays, mondayOf } from "./occurrences.ts";

/** Populations whose items are periods, or about the period as a whole: they have no weeks. */
const wholes: ReadonlySet<PopulationKind> = new Set(["week", "quarter", "document", "review-pattern"]);

export function hasWeeks(population: PopulationKind): boolean {
  return !wholes.has(population);
}

/** A week without changes is a finding too, so every week of the period is there, by its Monday. */
export function listMondays(period: Pick<Period, "from" | "to">): string[] {
  const mondays: string[] = [];
  for (let day = mondayOf(period.from); day <= period.to; day = addDays(day, 7)) mondays.push(day);
  return mondays;
}

/** How many of some moments lie in each week, by its Monday in that time zone. */
export function countByWeek(moments: Iterable<Instant>, timeZone: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const at of moments) {
    const monday = mondayOf(dayOf(at, timeZone));
    counts.set(monday, (counts.get(monday) ?? 0) + 1);
  }
  return counts;
}

/** A week from Monday to Monday in the engagement's own time zone. */
export function boundsOfWeek(monday: string, timeZone: string): { from: Instant; to: Instant } {
  return { from: startOfDay(monday, timeZone), to: startOfDay(addDays(monday, 7), timeZone) };
}
