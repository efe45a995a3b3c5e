import { TickmarkError } from "../../../shared/errors.ts";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { summarise } from "../../../shared/evaluation/control-summary.ts";
import { tabulateOutcomes } from "../../../shared/evaluation/item-outcomes.ts";
import type { Change } from "../../../shared/model/change.ts";
import type { DeploymentItem } from "../../../shared/model/deployment-item.ts";
import type { Evidence } from "../../../shared/model/evidence.ts";
import { readRequestAddress } from "../../../shared/model/request-address.ts";
import type { Draw, PopulationKind } from "../../../shared/model/sample.ts";
import { decodeLossy } from "../../../shared/model/text.ts";
import type { EvidenceText, ItemView, MatrixView } from "../../../shared/model/view.ts";
import { readCatalogSettings } from "../catalog-settings.ts";
import { readItem } from "../item-reading.ts";
import type { Session } from "../session.ts";
import { currentDraw } from "../steps/sample-step.ts";
import { viewRow } from "./population-view.ts";

/** Workpaper reference of a sampled item: `C.1` is the first sampled change, `D.1` the first sampled deployment. */
export function referenceOf(draw: Draw, id: string): string {
  return `${draw.population === "change" ? "C" : "D"}.${draw.items.indexOf(id) + 1}`;
}

/** Sampled items against controls; null before a draw. Without results the cells are empty. */
export function viewMatrix(session: Session, population: PopulationKind): MatrixView | null {
  const draw = currentDraw(session, population);
  if (!draw) return null;
  const settings = readCatalogSettings(session);
  const { catalog } = compileCatalog(settings.text, settings.parameters);
  const results = [...session.store.results({ drawId: draw.id })];
  const table = tabulateOutcomes(results);
  const rows = draw.items.map((id, index) => ({
    ...viewRow(readItem(session, draw, id)),
    ref: `${population === "change" ? "C" : "D"}.${index + 1}`,
    outcomes: Object.fromEntries(table.get(id) ?? []),
  }));
  return { draw, summaries: results.length > 0 ? summarise(catalog, draw, results) : [], rows };
}

/** One sampled item with its results and the records that it rests on. */
export function viewItem(session: Session, population: PopulationKind, id: string): ItemView {
  const draw = currentDraw(session, population);
  if (!draw?.items.includes(id)) {
    throw new TickmarkError("request-invalid", `${id} is not in the sample.`, "Choose an item of the testing matrix.");
  }
  const item = readItem(session, draw, id);
  const evidence = item.evidence.flatMap((use) => {
    const record = findReceipt(session.store.describeEvidence(use.evidence), item);
    return record ? [{ ...use, record }] : [];
  });
  const results = [...session.store.results({ drawId: draw.id, item: id })];
  return { ref: referenceOf(draw, id), population, item, results, evidence };
}

/** Equal answers to different questions are one content, such as an empty list of reviews: the item's own receipt is shown. */
function findReceipt(receipts: readonly Evidence[], item: Change | DeploymentItem): Evidence | undefined {
  const request = "request" in item ? item.request.number : 0;
  return receipts.findLast(({ locator }) => readRequestAddress(locator)?.number === request) ?? receipts.at(-1);
}

const shownBytes = 256 * 1024;

/** A raw record as text, for looking at. Hostile: whoever shows it must show text and nothing else. */
export function readEvidenceText(session: Session, sha256: string): EvidenceText {
  const record = session.store.describeEvidence(sha256).at(-1);
  if (!record) {
    throw new TickmarkError(
      "request-invalid",
      `The engagement has no evidence ${sha256}.`,
      "Open it from an item's evidence chain.",
    );
  }
  const bytes = session.store.readEvidence(sha256);
  return { record, text: decodeLossy(bytes.subarray(0, shownBytes)), truncated: bytes.length > shownBytes };
}
