import { viewDraws, viewDraw as viewOne } from "../../../shared/bundle/report-views/draw-views.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Draw } from "../../../shared/model/sample.ts";
import type { DrawnRow, DrawView } from "../../../shared/model/view.ts";
import type { Session } from "../session.ts";
import { readDraws, readTestedSamples } from "../tested-samples.ts";
import { viewKnownRow } from "./population-view.ts";

/** A draw as it stands in the log, with the command that repeats it in an unpacked bundle. */
export function viewDraw(session: Session, draw: Draw): DrawView {
  return viewOne(draw, readDraws(session), readTestedSamples(session));
}

/**
 * The draw log, the oldest first.
 * @param itemsUpTo the largest draw that is listed with its items
 */
export function listDraws(session: Session, itemsUpTo = Number.POSITIVE_INFINITY): DrawView[] {
  const views = viewDraws(readDraws(session), session.store.freezes());
  return views.map((view) => (view.draw.size > itemsUpTo ? { ...view, draw: { ...view.draw, items: [] } } : view));
}

/** @throws request-invalid */
export function listDrawnItems(
  session: Session,
  drawId: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { total: number; rows: DrawnRow[] } {
  const draw = readDraws(session).find(({ id }) => id === drawId);
  if (!draw) {
    throw new TickmarkError("request-invalid", `There is no draw "${drawId}".`, "Choose a draw of the draw log.");
  }
  const rows = session.store.drawnRows(drawId, offset, limit);
  return {
    total: draw.size,
    rows: rows.map(({ id, position, json }) => ({
      ...viewKnownRow(draw.population, id, json),
      place: position + 1,
      reason: draw.reasons[position] ?? "",
    })),
  };
}
