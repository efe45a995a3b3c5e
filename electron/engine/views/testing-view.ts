import { viewMatrix as composeMatrix } from "../../../shared/bundle/report-views/matrix-view.ts";
import { restrictToPart } from "../../../shared/bundle/report-views/report-frame.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Evidence } from "../../../shared/model/evidence.ts";
import type { Item } from "../../../shared/model/item.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { populationWords } from "../../../shared/model/population-words.ts";
import { readRequestAddress } from "../../../shared/model/request-address.ts";
import type { ItemView, MatrixView } from "../../../shared/model/view.ts";
import { referenceIn, type TestedSample } from "../../../shared/sample/tested-samples.ts";
import { notInPart, partOf, readStated } from "../bundle-limits.ts";
import { readCatalog } from "../catalog-settings.ts";
import { readItem } from "../item-reading.ts";
import { isEvaluated, readSampleOutcomes } from "../sample-outcomes.ts";
import type { Session } from "../session.ts";
import { readDispositions } from "../standing-judgements.ts";
import { readAllSamples, readTestedSamples } from "../tested-samples.ts";
import { listConclusions } from "./conclusion-view.ts";
import { listExceptions, listJudgements, listNotes } from "./judgement-view.ts";

/** Sampled items against controls; null before a draw. Without results the cells are empty. */
export function viewMatrix(
  session: Session,
  population: PopulationKind,
  { sampleId, rows = true }: { readonly sampleId?: string; readonly rows?: boolean },
): MatrixView | null {
  const samples = readTestedSamples(session).filter((sample) => sample.population === population);
  const sample = sampleId === undefined ? samples[0] : samples.find(({ id }) => id === sampleId);
  if (!sample) return null;
  if (rows) return viewMatrixOf(session, sample);
  const summaries = listConclusions(session).filter(({ drawId }) => drawId === sample.id);
  return { draw: { ...sample.initial, items: [] }, summaries, rows: [] };
}

/** One sample: its initial draw and what followed it, without the items that were replaced. */
export function viewMatrixOf(session: Session, sample: TestedSample): MatrixView {
  const catalog = readCatalog(session);
  const matrix = composeMatrix({
    catalog,
    sample,
    outcomes: readSampleOutcomes(session, sample),
    dispositions: readDispositions(session, sample.population),
    isTested: isEvaluated(session, sample),
    readItem: (id) => readItem(session, sample.initial, id),
  });
  const { matrices } = restrictToPart({ catalog, matrices: [matrix] }, partOf(session));
  const summaries = readStated(session)?.conclusions.filter(({ drawId }) => drawId === sample.id);
  return { ...(matrices[0] ?? matrix), ...(summaries ? { summaries } : {}) };
}

/** One sampled item with its results and the records that it rests on. */
export function viewItem(session: Session, population: PopulationKind, id: string): ItemView {
  const samples = readTestedSamples(session).filter((each) => each.population === population);
  const sample = samples.find(({ items }) => items.includes(id));
  const draw = sample?.draws.find(({ items }) => items.includes(id));
  if (!sample || !draw) {
    const part = partOf(session);
    const isElsewhere = readAllSamples(session).some(
      (each) => each.population === population && each.items.includes(id),
    );
    if (part && isElsewhere) throw notInPart(`The ${populationWords[population].one} ${id}`, part);
    throw new TickmarkError("request-invalid", `${id} is not in the sample.`, "Choose an item of the testing matrix.");
  }
  const item = readItem(session, draw, id);
  const evidence = item.evidence.flatMap((use) => {
    const record = findReceipt(session.store.describeEvidence(use.evidence), item);
    return record ? [{ ...use, record }] : [];
  });
  const results = [...session.store.results({ drawId: draw.id, item: id })];
  const isOfItem = (other: { readonly population: PopulationKind; readonly item: string }) =>
    other.population === population && other.item === id;
  return {
    ref: referenceIn(sample, id),
    population,
    item,
    results,
    evidence,
    judgements: listJudgements(session).filter(({ judgement }) => isOfItem(judgement)),
    exceptions: listExceptions(session).filter(({ exception }) => exception.items.some(isOfItem)),
    notes: listNotes(session).filter(({ note }) => note.about.kind === "item" && isOfItem(note.about)),
  };
}

/** Equal answers to different questions are one content, such as an empty list of reviews: the item's own receipt is shown. */
function findReceipt(receipts: readonly Evidence[], item: Item): Evidence | undefined {
  const request = "request" in item ? item.request.number : 0;
  return receipts.findLast(({ locator }) => readRequestAddress(locator)?.number === request) ?? receipts.at(-1);
}
