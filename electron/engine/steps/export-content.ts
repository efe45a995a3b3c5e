import type { EngagementPart } from "../../../shared/bundle/bundle-parts.ts";
import { alwaysBundled, selectEvidence } from "../../../shared/bundle/evidence-selection.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { summarise } from "../../../shared/evaluation/control-summary.ts";
import type { Activity } from "../../../shared/model/activity.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";
import type { Catalog } from "../../../shared/model/catalog.ts";
import type { Change } from "../../../shared/model/change.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import type { DeploymentItem } from "../../../shared/model/deployment-item.ts";
import type { Evidence } from "../../../shared/model/evidence.ts";
import type { EvidenceScope } from "../../../shared/model/evidence-scope.ts";
import type { People } from "../../../shared/model/person.ts";
import type { IpeRecord } from "../../../shared/model/pull.ts";
import type { Result } from "../../../shared/model/result.ts";
import type { Draw, Freeze, PopulationKind } from "../../../shared/model/sample.ts";
import { createItemFinder } from "../../../shared/population/item-assembly.ts";
import { createContexts } from "../../../shared/population/repository-context.ts";
import { readCatalogSettings } from "../catalog-settings.ts";
import { readItem } from "../item-reading.ts";
import type { Session } from "../session.ts";
import { testedDraws } from "./evaluation-step.ts";
import { readEngagementFacts } from "./fact-reading.ts";
import { type PopulationDocument, readCoverage } from "./population-step.ts";

/** Everything that goes into a bundle, before it is laid out. */
export interface ExportContent {
  readonly part: EngagementPart;
  readonly catalogText: string;
  readonly catalog: Catalog;
  readonly people: People;
  readonly ipe: readonly IpeRecord[];
  readonly freezes: readonly Freeze[];
  readonly ids: Record<PopulationKind, readonly string[]>;
  readonly population: PopulationDocument;
  readonly draws: readonly Draw[];
  readonly tested: readonly Draw[];
  readonly items: Record<PopulationKind, readonly (Change | DeploymentItem)[]>;
  readonly results: readonly Result[];
  readonly summaries: readonly Conclusion[];
  /** Records in order of receipt, without their bytes. */
  readonly evidence: readonly Evidence[];
  readonly activities: readonly Activity[];
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
): Promise<ExportContent> {
  const { store } = session;
  const tested = testedDraws(session);
  const results = tested.flatMap((draw) => [...store.results({ drawId: draw.id })]);
  requireResults(tested, results);
  const settings = readCatalogSettings(session);
  const { catalog } = compileCatalog(settings.text, settings.parameters);
  const items = {
    change: readSampled(session, tested, "change"),
    deployment: readSampled(session, tested, "deployment"),
  };
  return {
    part: {
      engagement: store.engagement(),
      sources: store.listSources(),
      parameters: settings.parameters,
      evidenceScope: scope,
      testedDraws: tested.map(({ id }) => id),
    },
    catalogText: settings.text,
    catalog,
    people: readPeople(session),
    ipe: store.ipeRecords(),
    freezes: store.freezes(),
    ids: { change: currentIds(session, "change"), deployment: currentIds(session, "deployment") },
    population: currentPopulation(session),
    draws: store.draws(),
    tested,
    items,
    results,
    summaries: tested.flatMap((draw) => summarise(catalog, draw, results)),
    evidence: await chooseEvidence(session, scope, [...items.change, ...items.deployment], signal),
    activities: store.activities(),
  };
}

function requireResults(tested: readonly Draw[], results: readonly Result[]): void {
  const evaluated = new Set(results.map(({ population }) => population));
  const open = tested.filter((draw) => draw.items.length > 0 && !evaluated.has(draw.population));
  if (tested.length > 0 && open.length === 0) return;
  throw new TickmarkError(
    "stage-order",
    tested.length === 0
      ? "There is nothing to export: no sample was drawn."
      : `The sample of ${open[0]?.population}s has not been evaluated.`,
    "Draw and evaluate first, then export.",
  );
}

function readSampled(
  session: Session,
  tested: readonly Draw[],
  population: PopulationKind,
): (Change | DeploymentItem)[] {
  const draw = tested.find((entry) => entry.population === population);
  return draw ? draw.items.map((id) => readItem(session, draw, id)) : [];
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

async function chooseEvidence(
  session: Session,
  scope: EvidenceScope,
  sampled: readonly (Change | DeploymentItem)[],
  signal: AbortSignal,
): Promise<Evidence[]> {
  const read = await readEngagementFacts(session, signal);
  const contexts = createContexts({ ...read, people: readPeople(session), coverage: readCoverage(session) });
  const finder = createItemFinder(contexts);
  for (const item of sampled) {
    const again = finder.assemble("revision" in item ? "deployment" : "change", item.id);
    if (again && encodeCanonical(again) === encodeCanonical(item)) continue;
    throw new TickmarkError(
      "stage-order",
      `The evidence no longer gives ${item.id} as it was frozen.`,
      "A source was pulled again since the freeze: freeze, draw and evaluate again, then export.",
    );
  }
  if (scope === "all") return read.records;
  const selected = selectEvidence(contexts, finder, sampled);
  return read.records.filter((record) => alwaysBundled.has(record.format) || selected.has(record.sha256));
}
