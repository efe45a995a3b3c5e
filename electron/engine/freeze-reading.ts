import { TickmarkError } from "../../shared/errors.ts";
import type { PopulationKind } from "../../shared/model/population-kind.ts";
import { nounsOf } from "../../shared/model/population-words.ts";
import type { Freeze } from "../../shared/model/sample.ts";
import type { Session } from "./session.ts";

/** The newest freeze of a population. @throws stage-order before there is one */
export function requireFreeze(session: Session, population: PopulationKind): Freeze {
  const freeze = session.store.latestFreeze(population);
  if (freeze) return freeze;
  throw new TickmarkError(
    "stage-order",
    `The population of ${nounsOf(population)} is not frozen yet.`,
    "Freeze it first: a sample drawn from a population that can still change proves nothing.",
  );
}
