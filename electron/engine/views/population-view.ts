import { z } from "zod";
import type { procedures } from "../../../shared/ipc/contract.ts";
import { Instant } from "../../../shared/model/instant.ts";
import { viewRow } from "../../../shared/model/item-row.ts";
import type { WeekCount } from "../../../shared/model/plot-weeks.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { Freeze } from "../../../shared/model/sample.ts";
import type { PopulationRow, PopulationView } from "../../../shared/model/view.ts";
import { boundsOfWeek, countByWeek, hasWeeks, listMondays } from "../../../shared/population/weeks.ts";
import type { TestedSample } from "../../../shared/sample/tested-samples.ts";
import { parseItem } from "../item-reading.ts";
import type { Session } from "../session.ts";
import type { PopulationDocument } from "../steps/population-step.ts";
import { readTestedSamples } from "../tested-samples.ts";
import { keepFound, keepMarked, placesOf, readAhead, wordsOf } from "./found-rows.ts";

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
    weeks:
      document.weeks ??
      Object.fromEntries(
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
    const { from, to } = boundsOfWeek(monday, period.timeZone);
    const count = session.store.countBetween(freeze.id, from, to);
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

/** A page of a frozen population's items, of those that a filter leaves, in the order that is asked for. */
export function listItems(session: Session, request: ItemsRequest): { total: number; rows: PopulationRow[] } {
  const { population, offset, limit, ...question } = request;
  const freeze = session.store.latestFreeze(population);
  if (!freeze) return { total: 0, rows: [] };
  const found = keepFound(session, `items ${freeze.id} ${JSON.stringify(question)}`, () =>
    findItems(session, freeze, question),
  );
  const rows = session.store.itemsAt(freeze.id, found.subarray(offset, offset + limit));
  readAhead(session, session.store.itemTexts(freeze.id));
  return {
    total: found.length,
    rows: rows.map(({ id, json }) => viewKnownRow(population, id, json)),
  };
}

/** Of an item that was not sampled, a bundle has the id. */
export function viewKnownRow(population: PopulationKind, id: string, json: unknown): PopulationRow {
  return json === null ? { ...idAlone, id } : viewRow(population, parseItem(population, json, id));
}

const idAlone = { title: "", repository: "", at: null, kind: "", people: "", reference: "" };

type ItemsRequest = z.output<(typeof procedures)["population.items"]["request"]>;
type ItemsQuestion = Omit<ItemsRequest, "population" | "offset" | "limit">;

/** Positions in the population. */
function findItems(session: Session, freeze: Freeze, question: ItemsQuestion): Uint32Array {
  const { store } = session;
  const { search, monday, sort, descending } = question;
  const chosen: Uint8Array[] = [];
  const words = wordsOf(search);
  if (words.length > 0) chosen.push(store.itemTexts(freeze.id).find(words));
  if (monday !== undefined) {
    const { from, to } = boundsOfWeek(monday, store.engagement().period.timeZone);
    const within = new Uint8Array(freeze.size);
    for (const position of store.itemsBetween(freeze.id, from, to)) within[position] = 1;
    chosen.push(within);
  }
  const order = sort === undefined ? placesOf(freeze.size) : store.sortItems(freeze.id, sort, descending);
  return chosen.reduce(keepMarked, order);
}
