import { randomUUID } from "node:crypto";
import { TickmarkError } from "../../../shared/errors.ts";
import { listAskedDocuments } from "../../../shared/model/catalog.ts";
import type { Coverage } from "../../../shared/model/coverage.ts";
import type { Item } from "../../../shared/model/item.ts";
import { viewRow } from "../../../shared/model/item-row.ts";
import type { UnknownIdentity } from "../../../shared/model/people-decision.ts";
import type { Exclusion, Reconciliation, Remark } from "../../../shared/model/population.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { Freeze } from "../../../shared/model/sample.ts";
import type { PopulationView } from "../../../shared/model/view.ts";
import { assemblePopulation } from "../../../shared/population/build-population.ts";
import type { PopulationScope } from "../../../shared/population/entity-population.ts";
import { listUnknown } from "../../../shared/population/item-persons.ts";
import { gatherPeople } from "../../../shared/population/people.ts";
import { readDecisions } from "../../../shared/population/people-decisions.ts";
import { digestPopulation } from "../../../shared/population/population-digest.ts";
import type { FrozenItem } from "../../store/engagement-file.ts";
import { readCatalog } from "../catalog-settings.ts";
import { digest } from "../digest.ts";
import type { Session } from "../session.ts";
import { readEngagementFacts } from "./fact-reading.ts";
import { keepFooting } from "./footing-keeping.ts";

/** What is frozen beside the items, under the freeze of the changes. */
export interface PopulationDocument {
  readonly reconciliation: Reconciliation;
  readonly exclusions: readonly Exclusion[];
  readonly remarks: readonly Remark[];
  readonly unread: PopulationView["unread"];
  /** Accounts in the items behind which nobody is known; absent in files from before they were listed. */
  readonly unknown?: readonly UnknownIdentity[];
  /** Of a bundle, which states them: most of its items have no time. Absent in engagement files, which have the items. */
  readonly weeks?: PopulationView["weeks"];
}

/**
 * Builds the populations from the evidence and freezes them under their digests. Nothing can be drawn before.
 * @throws stage-order while a source has not been pulled to its end
 */
export async function freezePopulation(session: Session): Promise<void> {
  const { writable: store } = session;
  requirePulls(session);
  await session.work(async (signal) => {
    const read = await readEngagementFacts(session, signal);
    const people = gatherPeople(read.facts, read.sources, readDecisions(store.activities()));
    const input = { facts: read.facts, sources: read.sources, people, coverage: readCoverage(session) };
    const assembled = assemblePopulation(input, readScope(session));
    const { population } = assembled;
    const { reconciliation, exclusions, remarks } = population;
    store.inOneStep(() => {
      store.savePeople(people);
      const [changes] = PopulationKind.options.map((kind) => freeze(session, kind, population.items[kind]));
      const unknown = listUnknown(PopulationKind.options.flatMap((kind) => population.items[kind] as readonly Item[]));
      const document: PopulationDocument = { reconciliation, exclusions, remarks, unread: read.unread, unknown };
      store.saveDocument(changes?.id ?? "", "population", document);
      if (changes !== undefined) keepFooting(session, changes.id, assembled);
    });
  });
}

export function readCoverage(session: Session): Coverage[] {
  return session.store.ipeRecords().flatMap(({ coverage }) => coverage);
}

/** What the populations are of: the period, and the documents that the engagement's catalog asks for. */
export function readScope(session: Session): PopulationScope {
  return { period: session.store.engagement().period, asked: listAskedDocuments(readCatalog(session)) };
}

function freeze(session: Session, population: PopulationKind, items: readonly Item[]): Freeze {
  const { writable: store } = session;
  const made: Freeze = {
    id: randomUUID(),
    population,
    at: session.now(),
    by: store.engagement().auditor,
    size: items.length,
    digest: digestPopulation(
      items.map(({ id }) => id),
      digest,
    ),
  };
  store.saveFreeze(
    made,
    items.map((item) => describeFrozen(population, item)),
  );
  return made;
}

/** An item with the texts that lists search, sort and show. */
export function describeFrozen(population: PopulationKind, item: Item): FrozenItem {
  const { title, at, repository, people, reference } = viewRow(population, item);
  return { id: item.id, json: item, title, at, repository, about: `${people}\n${reference}` };
}

function requirePulls(session: Session): void {
  const { store } = session;
  const sources = store.listSources();
  const complete = new Set(store.ipeRecords().map(({ sourceId }) => sourceId));
  const open = sources.filter(({ id }) => !complete.has(id)).map(({ id }) => id);
  if (sources.length > 0 && open.length === 0) return;
  throw new TickmarkError(
    "stage-order",
    sources.length === 0
      ? "There is no source to make a population from."
      : `The population cannot be frozen: ${open.join(", ")} ${open.length === 1 ? "has" : "have"} not been pulled to the end.`,
    sources.length === 0 ? "Add the sources and pull them first." : "Pull first, then freeze.",
  );
}
