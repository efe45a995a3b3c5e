import { viewDraws, viewDraw as viewOne } from "../../../shared/bundle/report-views/draw-views.ts";
import type { Draw } from "../../../shared/model/sample.ts";
import type { DrawView } from "../../../shared/model/view.ts";
import type { Session } from "../session.ts";
import { readDraws, readTestedSamples } from "../tested-samples.ts";

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
