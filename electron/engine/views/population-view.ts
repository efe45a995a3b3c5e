import { z } from "zod";
import { Instant } from "../../../shared/model/instant.ts";
import { viewRow } from "../../../shared/model/item-row.ts";
import type { WeekCount } from "../../../shared/model/plot-weeks.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { Freeze } from "../../../shared/model/sample.ts";
import type { ItemRow, PopulationView } from "../../../shared/model/view.ts";
import { boundsOfWeek, countByWeek, hasWeeks, listMondays } from "../../../shared/population/weeks.ts";
import type { TestedSample } from "../../../shared/sample/tested-samples.ts";
import { parseItem } from "../item-reading.ts";
import type { Session } from "../session.ts";
import type { PopulationDocument } from "../steps/population-step.ts";
import { readTestedSamples } from "../tested-samples.ts";

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
        .filter(({ population }) => hasWeeks(population))
        .map((freeze) => [freeze.population, countWeeks(session, freeze, samples)]),
    ),
  };
}

function countWeeks(session: Session, freeze: Freeze, samples: readonly TestedSample[]): WeekCount[] {
  const { period } = session.store.engagement();
  const sampled = countSampledByWeek(session, freeze, samples, period.timeZone);
  return listMondays(period).map((monday) => {
    const count = session.store.countItems(freeze.id, boundsOfWeek(monday, period.timeZone));
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
  const tested = [...new Set(own.flatMap(({ items }) => items))];
  return countByWeek(
    tested.map((id) => Dated.parse(session.store.itemById(freeze.id, id)).at),
    timeZone,
  );
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
    ...(request.monday === undefined ? {} : boundsOfWeek(request.monday, period.timeZone)),
  };
  const rows = session.store.items(freeze.id, { ...filter, offset: request.offset, limit: request.limit });
  return {
    total: session.store.countItems(freeze.id, filter),
    rows: rows.map(({ id, json }) => viewRow(request.population, parseItem(request.population, json, id))),
  };
}
