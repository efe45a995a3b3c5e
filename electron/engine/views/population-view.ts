import { z } from "zod";
import { Instant } from "../../../shared/model/instant.ts";
import { dayOf, type Period, startOfDay } from "../../../shared/model/period.ts";
import type { WeekCount } from "../../../shared/model/plot-weeks.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { Freeze } from "../../../shared/model/sample.ts";
import type { ItemRow, PopulationView } from "../../../shared/model/view.ts";
import type { TestedSample } from "../../../shared/sample/tested-samples.ts";
import { parseItem } from "../item-reading.ts";
import type { Session } from "../session.ts";
import type { PopulationDocument } from "../steps/population-step.ts";
import { readTestedSamples } from "../tested-samples.ts";
import { viewRow } from "./item-row.ts";

/** The frozen populations; null before the freeze. */
export function viewPopulation(session: Session): PopulationView | null {
  const { store } = session;
  const freezes = PopulationKind.options.flatMap((kind) => store.latestFreeze(kind) ?? []);
  const changes = freezes.find(({ population }) => population === "change");
  if (!changes) return null;
  const samples = readTestedSamples(session);
  const document = store.document(changes.id, "population") as PopulationDocument;
  return {
    freezes,
    reconciliation: document.reconciliation,
    exclusions: [...document.exclusions],
    remarks: [...document.remarks],
    unread: [...document.unread],
    weeks: Object.fromEntries(
      freezes
        .filter(({ population }) => !wholes.has(population))
        .map((freeze) => [freeze.population, countWeeks(session, freeze, samples)]),
    ),
  };
}

/** The Monday, `YYYY-MM-DD`, of the week that a day falls in. */
function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

/** Populations whose items are periods, or about the period as a whole. */
const wholes: ReadonlySet<PopulationKind> = new Set(["week", "quarter", "document", "review-pattern"]);

function countWeeks(session: Session, freeze: Freeze, samples: readonly TestedSample[]): WeekCount[] {
  const { period } = session.store.engagement();
  const sampled = countSampledByWeek(session, freeze, samples, period.timeZone);
  return listMondays(period).map((monday) => {
    const count = session.store.countItems(freeze.id, weekOf(monday, period.timeZone));
    return { monday, count, sampled: sampled === "all" ? count : (sampled.get(monday) ?? 0) };
  });
}

const Dated = z.object({ at: Instant });

/** Tested items of a population by the Monday of their week; each once, in however many samples it is. */
function countSampledByWeek(
  session: Session,
  freeze: Freeze,
  samples: readonly TestedSample[],
  timeZone: string,
): Map<string, number> | "all" {
  const own = samples.filter(({ population }) => population === freeze.population);
  if (own.some(({ initial }) => initial.method === "everything")) return "all";
  const counts = new Map<string, number>();
  for (const id of new Set(own.flatMap(({ items }) => items))) {
    const { at } = Dated.parse(session.store.itemById(freeze.id, id));
    const monday = mondayOf(dayOf(at, timeZone));
    counts.set(monday, (counts.get(monday) ?? 0) + 1);
  }
  return counts;
}

/** A week from Monday to Monday in the engagement's own time zone. */
function weekOf(monday: string, timeZone: string): { from: Instant; to: Instant } {
  return { from: startOfDay(monday, timeZone), to: startOfDay(addDays(monday, 7), timeZone) };
}

/** A week without changes is a finding too, so every week of the period has a bar. */
function listMondays(period: Period): string[] {
  const mondays: string[] = [];
  for (let day = mondayOf(period.from); day <= period.to; day = addDays(day, 7)) mondays.push(day);
  return mondays;
}

function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function listItems(
  session: Session,
  request: { population: PopulationKind; offset: number; limit: number; search: string; monday?: string | undefined },
): { total: number; rows: ItemRow[] } {
  const freeze = session.store.latestFreeze(request.population);
  if (!freeze) return { total: 0, rows: [] };
  const { period } = session.store.engagement();
  const filter = {
    search: request.search,
    ...(request.monday === undefined ? {} : weekOf(request.monday, period.timeZone)),
  };
  const rows = session.store.items(freeze.id, { ...filter, offset: request.offset, limit: request.limit });
  return {
    total: session.store.countItems(freeze.id, filter),
    rows: rows.map(({ id, json }) => viewRow(request.population, parseItem(request.population, json, id))),
  };
}
