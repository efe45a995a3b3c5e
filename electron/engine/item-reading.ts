import { TickmarkError } from "../../shared/errors.ts";
import { Change } from "../../shared/model/change.ts";
import { DeploymentItem } from "../../shared/model/deployment-item.ts";
import type { Draw, PopulationKind } from "../../shared/model/sample.ts";
import type { Session } from "./session.ts";

/** A frozen item. The engagement file is our own, but it lies where others can write: it is parsed. */
export function readItem(
  session: Session,
  of: Pick<Draw, "population" | "freezeId">,
  id: string,
): Change | DeploymentItem {
  return parseItem(of.population, session.store.itemById(of.freezeId, id), id);
}

export function parseItem(population: PopulationKind, json: unknown, id: string): Change | DeploymentItem {
  const parsed = (population === "change" ? Change : DeploymentItem).safeParse(json);
  if (parsed.success) return parsed.data;
  throw new TickmarkError(
    "engagement-corrupt",
    `The frozen ${population} ${id} cannot be read from the engagement file.`,
    "Restore the file from a copy; evidence and draws in it are not touched.",
  );
}
