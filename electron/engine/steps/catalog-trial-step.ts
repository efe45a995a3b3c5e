import { TickmarkError } from "../../../shared/errors.ts";
import { CatalogTrial } from "../../../shared/evaluation/catalog-comparison.ts";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import type { CatalogComparison } from "../../../shared/model/catalog-comparison.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import { type CatalogEdit, editCatalogSettings, readCatalogSettings } from "../catalog-settings.ts";
import { digest } from "../digest.ts";
import { parseItem } from "../item-reading.ts";
import type { Session } from "../session.ts";
import { readTestedSamples } from "../tested-samples.ts";

export interface CatalogTrialRequest extends CatalogEdit {
  readonly scope: CatalogComparison["scope"];
  readonly mostListed: number;
}

const itemsAtOnce = 32;

/**
 * Says what an edited catalog would change. Nothing is stored, and nothing is logged: nobody has evaluated anything.
 * @throws stage-order before there are items, catalog-invalid with line and column, file-missing, cancelled
 */
export async function tryCatalog(session: Session, request: CatalogTrialRequest): Promise<CatalogComparison> {
  const own = readCatalogSettings(session);
  const edited = editCatalogSettings(own, request);
  const trial = new CatalogTrial(
    compileCatalog(own.text, own.parameters),
    compileCatalog(edited.text, edited.parameters),
    request.mostListed,
  );
  const { scope } = request;
  const parts = scope === "sample" ? listSampled(session) : listFrozen(session);
  return session.work(async (signal) => {
    for (const { population, size, read } of parts) {
      if (!trial.populations.includes(population)) continue;
      for (let from = 0; from < size; from += itemsAtOnce) {
        for (const { id, json } of read(from, itemsAtOnce)) trial.add(population, parseItem(population, json, id));
        const done = Math.min(size, from + itemsAtOnce);
        session.emit("work-progress", { what: `Trying the catalog on ${nounsOf(population)}`, done, total: size });
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
      }
    }
    return { before: digest(own.text), after: digest(edited.text), scope, ...trial.state() };
  });
}

/** Items that are read on from a position. */
interface ReadableItems {
  readonly population: PopulationKind;
  readonly size: number;
  read(from: number, limit: number): readonly { readonly id: string; readonly json: unknown }[];
}

function listSampled(session: Session): ReadableItems[] {
  const samples = readTestedSamples(session);
  if (samples.length === 0)
    throw tooEarly("There is no sample to try it on.", "Draw a sample first, or try it on all.");
  // An item counts once: it may be drawn and be named by the auditor too. One that was replaced does not count.
  const open = new Set(samples.flatMap(({ population, items }) => items.map((id) => keyOf(population, id))));
  return samples.flatMap(({ draws }) =>
    draws.map(({ id, population, size }) => ({
      population,
      size,
      read: (from: number, limit: number) =>
        session.store.drawnItems(id, from, limit).filter((item) => open.delete(keyOf(population, item.id))),
    })),
  );
}

function keyOf(population: PopulationKind, id: string): string {
  return `${population} ${id}`;
}

function listFrozen(session: Session): ReadableItems[] {
  const newest = new Map(session.store.freezes().map((freeze) => [freeze.population, freeze]));
  if (newest.size === 0) throw tooEarly("There is no population to try it on.", "Freeze the population first.");
  return [...newest.values()].map(({ id, population, size }) => ({
    population,
    size,
    read: (from: number, limit: number) => session.store.itemsFrom(id, from, limit),
  }));
}

function tooEarly(message: string, action: string): TickmarkError {
  return new TickmarkError("stage-order", message, action);
}
