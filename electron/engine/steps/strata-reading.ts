import { TickmarkError } from "../../../shared/errors.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import type { Freeze } from "../../../shared/model/sample.ts";
import type { StratumKey } from "../../../shared/model/stratum.ts";
import type { StrataView } from "../../../shared/model/view.ts";
import { allocateProportionally } from "../../../shared/sample/strata-allocation.ts";
import { countStrata, type StrataOfItems } from "../../../shared/sample/stratified-selection.ts";
import { stratumKeysOf, stratumOf } from "../../../shared/sample/stratum-of.ts";
import { requireFreeze } from "../freeze-reading.ts";
import { eachItem } from "../item-reading.ts";
import type { Session } from "../session.ts";

/**
 * Stratum of each item of a frozen population. It is computed from the frozen items each time: they never change, and
 * neither does what a key means.
 *
 * @throws request-invalid when items of this kind cannot be split by the key
 */
export function readStrata(session: Session, freeze: Freeze, key: StratumKey): StrataOfItems {
  if (!stratumKeysOf[freeze.population].includes(key)) {
    throw new TickmarkError(
      "request-invalid",
      `${nounsOf(freeze.population)} cannot be split by "${key}".`,
      `Split them by one of ${stratumKeysOf[freeze.population].join(", ")}.`,
    );
  }
  const { timeZone } = session.store.engagement().period;
  const strata = new Map<string, string>();
  for (const item of eachItem(session, freeze, freeze.population))
    strata.set(item.id, stratumOf(freeze.population, item, key, timeZone));
  return strata;
}

/** @throws stage-order before the freeze, sample-size-invalid */
export function viewStrata(
  session: Session,
  request: { population: PopulationKind; key: StratumKey; size?: number },
): StrataView {
  const counts = countStrata(readStrata(session, requireFreeze(session, request.population), request.key));
  const strata =
    request.size === undefined
      ? [...counts].map(([name, population]) => ({ name, population, sample: 0 }))
      : allocateProportionally(counts, request.size);
  return { key: request.key, strata };
}
