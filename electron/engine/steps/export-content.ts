import type { EngagementPart, StandingPart, WeeksPart } from "../../../shared/bundle/bundle-parts.ts";
import { alwaysBundled, type SampledItem, selectEvidence } from "../../../shared/bundle/evidence-selection.ts";
import { selectPeopleEvidence } from "../../../shared/bundle/people-evidence.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Activity } from "../../../shared/model/activity.ts";
import type { AuditException } from "../../../shared/model/audit-exception.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";
import type { Catalog } from "../../../shared/model/catalog.ts";
import type { Completeness } from "../../../shared/model/completeness.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import type { Evidence } from "../../../shared/model/evidence.ts";
import type { EvidenceScope } from "../../../shared/model/evidence-scope.ts";
import type { Item, ItemsByKind } from "../../../shared/model/item.ts";
import type { Judgement } from "../../../shared/model/judgement.ts";
import type { People } from "../../../shared/model/person.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { IpeRecord } from "../../../shared/model/pull.ts";
import type { ReviewNote } from "../../../shared/model/review-note.ts";
import type { Draw, Freeze } from "../../../shared/model/sample.ts";
import type { SignOff } from "../../../shared/model/sign-off.ts";
import type { VerdictTable } from "../../../shared/model/verdict-table.ts";
import { stateCompleteness } from "../../../shared/population/completeness.ts";
import { createItemFinder } from "../../../shared/population/item-assembly.ts";
import { createContexts } from "../../../shared/population/repository-context.ts";
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
import { requireEvaluated } from "./evaluated-samples.ts";
import { readEngagementFacts } from "./fact-reading.ts";
import { type PopulationDocument, readCoverage, readScope } from "./population-step.ts";

/** Everything that goes into a bundle, before it is laid out. */
export interface ExportContent {
  readonly part: EngagementPart;
  readonly catalogText: string;
  readonly catalog: Catalog;
  readonly people: People;
  readonly ipe: readonly IpeRecord[];
  readonly completeness: Completeness;
  readonly freezes: readonly Freeze[];
  readonly ids: Record<PopulationKind, readonly string[]>;
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
  /** Records in order of receipt, without their bytes. */
  readonly evidence: readonly Evidence[];
  readonly activities: readonly Activity[];
}

/** Which records a bundle needs for some of the sampled items, by the same rule as for all of them. */
export type EvidenceChoice = (sampled: readonly SampledItem[]) => Evidence[];

export interface GatheredContent {
  readonly content: ExportContent;
  readonly chooseEvidence: EvidenceChoice;
}

/**
 * Gathers the bundle's content. The sampled items are made again from the evidence on the way: an engagement whose
 * evidence no longer gives what was frozen is not exported.
 *
 * @throws stage-order before there are results, engagement-corrupt
 */
export async function gatherContent(
  session: Session,
  scope: EvidenceScope,
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
  const chooseEvidence = await readEvidenceChoice(session, scope, sampled, signal);
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
    people: readPeople(session),
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
    evidence: chooseEvidence(sampled),
    activities: store.activities(),
  };
  return { content, chooseEvidence };
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

function currentIds(session: Session, population: PopulationKind): string[] {
  const freeze = session.store.latestFreeze(population);
  return freeze ? session.store.itemIds(freeze.id) : [];
}

function currentPopulation(session: Session): PopulationDocument {
  const freeze = session.store.latestFreeze("change");
  return session.store.document(freeze?.id ?? "", "population") as PopulationDocument;
}

async function readEvidenceChoice(
  session: Session,
  scope: EvidenceScope,
  sampled: readonly SampledItem[],
  signal: AbortSignal,
): Promise<EvidenceChoice> {
  const read = await readEngagementFacts(session, signal);
  const input = { ...read, people: readPeople(session), coverage: readCoverage(session) };
  const contexts = createContexts(input);
  const finder = createItemFinder(input, contexts, readScope(session));
  for (const { population, item } of sampled) {
    const again = finder.assemble(population, item.id);
    if (again && encodeCanonical(again) === encodeCanonical(item)) continue;
    throw new TickmarkError(
      "stage-order",
      `The evidence no longer gives ${item.id} as it was frozen.`,
      "A source was pulled again, or the catalog changed, since the freeze: freeze, draw and evaluate again, then export.",
    );
  }
  if (scope === "all") return () => read.records;
  const attached = session.store.judgements().flatMap(({ procedure }) => procedure?.documents ?? []);
  return (chosen) => {
    const items = chosen.map(({ item }) => item);
    const selected = new Set([
      ...selectEvidence(contexts, finder, chosen),
      ...selectPeopleEvidence(input.people, items),
      // What an auditor saw in the place of evidence goes along whatever population it is of.
      ...attached,
    ]);
    return read.records.filter((record) => alwaysBundled.has(record.format) || selected.has(record.sha256));
  };
}
