import { randomUUID } from "node:crypto";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Change } from "../../../shared/model/change.ts";
import type { Coverage } from "../../../shared/model/coverage.ts";
import type { DeploymentItem } from "../../../shared/model/deployment-item.ts";
import type { Exclusion, Reconciliation, Remark } from "../../../shared/model/population.ts";
import type { Freeze, PopulationKind } from "../../../shared/model/sample.ts";
import type { PopulationView } from "../../../shared/model/view.ts";
import { buildPopulation } from "../../../shared/population/build-population.ts";
import { gatherPeople } from "../../../shared/population/people.ts";
import { digestPopulation } from "../../../shared/population/population-digest.ts";
import { digest } from "../digest.ts";
import type { Session } from "../session.ts";
import { readEngagementFacts } from "./fact-reading.ts";

/** What is frozen beside the items, under the freeze of the changes. */
export interface PopulationDocument {
  readonly reconciliation: Reconciliation;
  readonly exclusions: readonly Exclusion[];
  readonly remarks: readonly Remark[];
  readonly unread: PopulationView["unread"];
}

/**
 * Builds the populations from the evidence and freezes them under their digests. Nothing can be drawn before.
 * @throws stage-order while a source has not been pulled to its end
 */
export async function freezePopulation(session: Session): Promise<void> {
  const { store } = session;
  requirePulls(session);
  await session.work(async (signal) => {
    const read = await readEngagementFacts(session, signal);
    const people = gatherPeople(read.facts, read.sources);
    const input = { facts: read.facts, sources: read.sources, people, coverage: readCoverage(session) };
    const population = buildPopulation(input, store.engagement().period);
    const { reconciliation, exclusions, remarks } = population;
    store.inOneStep(() => {
      store.savePeople(people);
      const changes = freeze(session, "change", population.changes);
      freeze(session, "deployment", population.deployments);
      const document: PopulationDocument = { reconciliation, exclusions, remarks, unread: read.unread };
      store.saveDocument(changes.id, "population", document);
    });
  });
}

export function readCoverage(session: Session): Coverage[] {
  return session.store.ipeRecords().flatMap(({ coverage }) => coverage);
}

function freeze(session: Session, population: PopulationKind, items: readonly (Change | DeploymentItem)[]): Freeze {
  const { store } = session;
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
    items.map((item) => ({ id: item.id, json: item, title: titleOf(item), at: item.at, repository: item.repository })),
  );
  return made;
}

export function titleOf(item: Change | DeploymentItem): string {
  return "revision" in item ? `${item.revision} to ${item.environment}` : item.title;
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
