import { TickmarkError } from "../../shared/errors.ts";
import { type ItemOf, itemSchemas } from "../../shared/model/item.ts";
import type { PopulationKind } from "../../shared/model/population-kind.ts";
import { populationWords } from "../../shared/model/population-words.ts";
import type { Draw, Freeze } from "../../shared/model/sample.ts";
import type { Session } from "./session.ts";

/** A frozen item. The engagement file is our own, but it lies where others can write: it is parsed. */
export function readItem<K extends PopulationKind>(
  session: Session,
  of: Pick<Draw, "freezeId"> & { readonly population: K },
  id: string,
): ItemOf<K> {
  return parseItem(of.population, session.store.itemById(of.freezeId, id), id);
}

const itemsAtOnce = 1000;

/** All items of a frozen population, in the order in which they were frozen. @throws engagement-corrupt */
export function* eachItem<K extends PopulationKind>(
  { store }: Session,
  { id: freezeId, size }: Pick<Freeze, "id" | "size">,
  population: K,
): Generator<ItemOf<K>> {
  for (let from = 0; from < size; from += itemsAtOnce)
    for (const { id, json } of store.itemsFrom(freezeId, from, itemsAtOnce)) yield parseItem(population, json, id);
}

export function parseItem<K extends PopulationKind>(population: K, json: unknown, id: string): ItemOf<K> {
  if (json === null) {
    throw new TickmarkError(
      "request-invalid",
      `The bundle has the id of the ${populationWords[population].one} ${id} and nothing else of it: it was not sampled.`,
      "Choose an item of the sample.",
    );
  }
  const parsed = itemSchemas[population].safeParse(json);
  if (parsed.success) return parsed.data as ItemOf<K>;
  throw new TickmarkError(
    "engagement-corrupt",
    `The frozen ${populationWords[population].one} ${id} cannot be read from the engagement file.`,
    "An earlier version of Tickmark may have frozen it: freeze, draw and evaluate again. Evidence and the log of earlier draws stay.",
  );
}
