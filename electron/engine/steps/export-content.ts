import type { EngagementPart, StandingPart, WeeksPart } from "../../../shared/bundle/bundle-parts.ts";
import type { SampledItem } from "../../../shared/bundle/evidence-selection.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Activity } from "../../../shared/model/activity.ts";
import type { AuditException } from "../../../shared/model/audit-exception.ts";
import type { Catalog } from "../../../shared/model/catalog.ts";
import type { Completeness } from "../../../shared/model/completeness.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import type { EvidenceScope } from "../../../shared/model/evidence-scope.ts";
import type { Item, ItemsByKind } from "../../../shared/model/item.ts";
import type { Judgement } from "../../../shared/model/judgement.ts";
import type { LongList } from "../../../shared/model/long-list.ts";
import type { People } from "../../../shared/model/person.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { IpeRecord } from "../../../shared/model/pull.ts";
import type { ReviewNote } from "../../../shared/model/review-note.ts";
import type { Draw, Freeze } from "../../../shared/model/sample.ts";
import type { SignOff } from "../../../shared/model/sign-off.ts";
import type { VerdictTable } from "../../../shared/model/verdict-table.ts";
import { stateCompleteness } from "../../../shared/population/completeness.ts";
import type { TestedSample } from "../../../shared/sample/tested-samples.ts";
import { readCatalog, readCatalogSettings } from "../catalog-settings.ts";
import { readItem } from "../item-reading.ts";
import { readSampleVerdicts } from "../sample-results.ts";
import type { Session } from "../session.ts";
import { readTestedSamples } from "../tested-samples.ts";
import { listConclusions } from "../views/conclusion-view.ts";
import { listJudgements, listSignOffs } from "../views/judgement-view.ts";
import { viewPopulation } from "../views/population-view.ts";
import { type BundledStrata, readBundledStrata } from "./bundled-strata.ts";
import type { CarriedRecords } from "./carried-records.ts";
import { requireEvaluated } from "./evaluated-samples.ts";
import { type ChoosingEvidence, readEvidenceChoice } from "./evidence-choice.ts";
import type { PopulationDocument } from "./population-step.ts";

/** Everything that goes into a bundle, before it is laid out. */
export interface ExportContent {
  readonly part: EngagementPart;
  readonly catalogText: string;
  readonly catalog: Catalog;
  readonly people: People;
  readonly ipe: readonly IpeRecord[];
  readonly completeness: Completeness;
  readonly freezes: readonly Freeze[];
  /** Of the newest freezes, in byte order. */
  readonly ids: Readonly<Record<PopulationKind, LongList<string>>>;
  readonly population: PopulationDocument;
  readonly draws: readonly Draw[];
  readonly samples: readonly TestedSample[];
  /** Lists that stratified draws of the newest freezes were made from. */
  readonly strata: readonly BundledStrata[];
  readonly items: ItemsByKind;
  readonly results: VerdictTable;
  readonly summaries: readonly Conclusion[];
  /** Every judgement, with those that later ones took the place of. */
  readonly judgements: readonly Judgement[];
  readonly exceptions: readonly AuditException[];
  readonly signOffs: readonly SignOff[];
  readonly reviewNotes: readonly ReviewNote[];
  readonly weeks: WeeksPart;
  readonly standing: StandingPart;
  readonly evidence: CarriedRecords;
  readonly activities: readonly Activity[];
}

export interface GatheredContent {
  readonly content: ExportContent;
  readonly evidence: ChoosingEvidence;
}

/**
 * Gathers the bundle's content.
 *
 * @param most see `readEvidenceChoice`
 * @throws stage-order before there are results and where the evidence no longer gives what was frozen, engagement-corrupt
 */
export async function gatherContent(
  session: Session,
  scope: EvidenceScope,
  most: number,
  signal: AbortSignal,
): Promise<GatheredContent> {
  const { store } = session;
  const samples = readTestedSamples(session);
  requireEvaluated(session, samples);
  const settings = readCatalogSettings(session);
  const catalog = readCatalog(session);
  const items = forEachKind((kind) => readSampled(session, samples, kind)) as ItemsByKind;
  const results = readSampleVerdicts(session, samples, findingIn(items));
  const sampled = listItems(items);
  const people = readPeople(session);
  const evidence = await readEvidenceChoice(session, { scope, sampled, people, most }, signal);
  const content: ExportContent = {
    part: {
      engagement: store.engagement(),
      sources: store.listSources(),
      parameters: settings.parameters,
      evidenceScope: scope,
      testedDraws: idsOfDraws(samples),
    },
    catalogText: settings.text,
    catalog,
    people,
    ipe: store.ipeRecords(),
    completeness: stateCompleteness(store.engagement().period, store.listSources(), store.ipeRecords()),
    freezes: store.freezes(),
    ids: forEachKind((kind) => currentIds(session, kind)),
    population: currentPopulation(session),
    draws: store.draws(),
    samples,
    strata: readBundledStrata(session),
    items,
    results,
    summaries: listConclusions(session),
    judgements: store.judgements(),
    exceptions: store.exceptions(),
    signOffs: store.signOffs(),
    reviewNotes: store.reviewNotes(),
    weeks: viewPopulation(session)?.weeks ?? {},
    standing: {
      judgements: listJudgements(session).map(({ judgement: { number }, standing }) => ({ number, standing })),
      signOffs: listSignOffs(session),
    },
    evidence: evidence.choose(sampled),
    activities: store.activities(),
  };
  return { content, evidence };
}

export function listItems(items: ItemsByKind): SampledItem[] {
  return PopulationKind.options.flatMap((population) => items[population].map((item) => ({ population, item })));
}

/** @throws engagement-corrupt where a sampled item is not there */
function findingIn(items: ItemsByKind): (population: PopulationKind, id: string) => Item {
  const byId = forEachKind((kind) => new Map(items[kind].map((item) => [item.id, item as Item])));
  return (population, id) => {
    const item = byId[population].get(id);
    if (item !== undefined) return item;
    const what = `There are results on ${id}, which was not sampled.`;
    throw new TickmarkError("engagement-corrupt", what, "Restore the file from a copy, or evaluate again.");
  };
}

export function idsOfDraws(samples: readonly TestedSample[]): string[] {
  return samples.flatMap(({ draws }) => draws.map(({ id }) => id));
}

function readSampled(session: Session, samples: readonly TestedSample[], population: PopulationKind): Item[] {
  const own = samples.filter((sample) => sample.population === population);
  const [first] = own;
  const ids = new Set(own.flatMap(({ drawn }) => drawn));
  return first ? [...ids].map((id) => readItem(session, first.initial, id)) : [];
}

function forEachKind<T>(read: (population: PopulationKind) => T): Record<PopulationKind, T> {
  return Object.fromEntries(PopulationKind.options.map((kind) => [kind, read(kind)])) as Record<PopulationKind, T>;
}

function readPeople(session: Session): People {
  const people = session.store.people();
  if (people) return people;
  throw new TickmarkError(
    "stage-order",
    "The population is not frozen yet.",
    "Freeze, draw and evaluate, then export.",
  );
}

function currentIds({ store }: Session, population: PopulationKind): LongList<string> {
  const freeze = store.latestFreeze(population);
  if (freeze === undefined) return [];
  return { length: freeze.size, [Symbol.iterator]: () => store.eachItemId(freeze.id) };
}

function currentPopulation(session: Session): PopulationDocument {
  const freeze = session.store.latestFreeze("change");
  return session.store.document(freeze?.id ?? "", "population") as PopulationDocument;
}
