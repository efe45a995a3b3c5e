import { strataPath } from "../../../shared/bundle/bundle-parts.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Draw } from "../../../shared/model/sample.ts";
import { listStrata } from "../../../shared/sample/stratified-selection.ts";
import { digest } from "../digest.ts";
import type { Session } from "../session.ts";
import { readStrata } from "./strata-reading.ts";

/** A list of strata as a file of the bundle. */
export interface BundledStrata {
  readonly path: string;
  readonly list: string;
}

/**
 * The lists that stratified draws of the newest freezes were made from: with them anyone can draw again.
 * @throws engagement-corrupt when a frozen item no longer gives the stratum that it was drawn in
 */
export function readBundledStrata(session: Session): BundledStrata[] {
  const lists = new Map<string, string>();
  for (const draw of session.store.draws()) {
    const freeze = session.store.latestFreeze(draw.population);
    if (draw.strata === null || draw.freezeId !== freeze?.id) continue;
    const path = strataPath(draw.population, draw.strata.key);
    const list = lists.get(path) ?? listStrata(readStrata(session, freeze, draw.strata.key));
    if (digest(list) !== draw.strata.digest) throw changed(draw);
    lists.set(path, list);
  }
  return [...lists].map(([path, list]) => ({ path, list }));
}

function changed({ id }: Draw): TickmarkError {
  return new TickmarkError(
    "engagement-corrupt",
    `The frozen items are no longer in the strata that draw ${id} was made from.`,
    "Restore the engagement file from a copy.",
  );
}
