import { z } from "zod";
import type { Change } from "../../../shared/model/change.ts";
import type { DeploymentItem } from "../../../shared/model/deployment-item.ts";
import { Instant } from "../../../shared/model/instant.ts";
import { dayOf, type Period, startOfDay } from "../../../shared/model/period.ts";
import type { Freeze, PopulationKind } from "../../../shared/model/sample.ts";
import type { ItemRow, PopulationView } from "../../../shared/model/view.ts";
import type { TestedSample } from "../../../shared/sample/tested-samples.ts";
import { parseItem } from "../item-reading.ts";
import type { Session } from "../session.ts";
import { type PopulationDocument, titleOf } from "../steps/population-step.ts";
import { readTestedSamples } from "../tested-samples.ts";

/** The frozen populations; null before the freeze. */
export function viewPopulation(session: Session): PopulationView | null {
  const { store } = session;
  const changes = store.latestFreeze("change");
  const deployments = store.latestFreeze("deployment");
  if (!changes || !deployments) return null;
  const document = store.document(changes.id, "population") as PopulationDocument;
  return {
    freezes: [changes, deployments],
    reconciliation: document.reconciliation,
    exclusions: [...document.exclusions],
    remarks: [...document.remarks],
    unread: [...document.unread],
    weeks: countWeeks(session, changes, deployments),
  };
}

/** The Monday, `YYYY-MM-DD`, of the week that a day falls in. */
function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

function countWeeks(session: Session, changes: Freeze, deployments: Freeze): PopulationView["weeks"] {
  const { period } = session.store.engagement();
  const samples = readTestedSamples(session);
  const sampled = {
    change: countSampledByWeek(session, changes, samples, period.timeZone),
    deployment: countSampledByWeek(session, deployments, samples, period.timeZone),
  };
  return listMondays(period).map((monday) => {
    const within = weekOf(monday, period.timeZone);
    const all = {
      changes: session.store.countItems(changes.id, within),
      deployments: session.store.countItems(deployments.id, within),
    };
    return {
      monday,
      ...all,
      sampledChanges: sampled.change === "all" ? all.changes : (sampled.change.get(monday) ?? 0),
      sampledDeployments: sampled.deployment === "all" ? all.deployments : (sampled.deployment.get(monday) ?? 0),
    };
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
    rows: rows.map(({ id, json }) => viewRow(parseItem(request.population, json, id))),
  };
}

export function viewRow(item: Change | DeploymentItem): ItemRow {
  const common = { id: item.id, title: titleOf(item), repository: item.repository, at: item.at };
  if ("revision" in item) {
    return { ...common, kind: item.place, people: item.account.name, reference: item.revision };
  }
  const people = item.authors.map(({ name }) => name).join(", ");
  return { ...common, kind: item.kind, people, reference: item.ticketKeys.join(", ") };
}
