import { TickmarkError } from "../../../shared/errors.ts";
import { definitionOf } from "../../../shared/evaluation/catalog-comparison.ts";
import {
  type CompiledCatalog,
  type CompiledControl,
  compileCatalog,
} from "../../../shared/evaluation/catalog-compilation.ts";
import { judgeItem, testedControl } from "../../../shared/evaluation/evaluation.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import type { Draw } from "../../../shared/model/sample.ts";
import { readCatalogSettings } from "../catalog-settings.ts";
import { digest } from "../digest.ts";
import { parseItem } from "../item-reading.ts";
import type { Session } from "../session.ts";
import { readTestedSamples } from "../tested-samples.ts";
import { toolVersion } from "../tool-version.ts";
import { listConclusions } from "../views/conclusion-view.ts";

/**
 * Evaluates the catalog on every sampled item. Results that cannot come out otherwise are kept: those of controls whose
 * rules and parameters are still the same, by this version of the program, on the same frozen items.
 * @throws stage-order before a draw, catalog-invalid, cancelled
 */
export async function evaluateSamples(session: Session): Promise<Conclusion[]> {
  const samples = readTestedSamples(session);
  if (samples.length === 0) {
    throw new TickmarkError(
      "stage-order",
      "There is no sample to evaluate.",
      "Draw a sample first, or draw everything.",
    );
  }
  const settings = readCatalogSettings(session);
  const catalog = compileCatalog(settings.text, settings.parameters);
  return session.work(async (signal) => {
    const draws = samples.flatMap((sample) => sample.draws);
    for (const draw of draws) await evaluateDraw(session, catalog, draw, signal);
    session.writable.appendActivity({
      by: session.store.engagement().auditor,
      kind: "evaluated",
      subject: catalog.catalog.id,
      before: null,
      after: {
        catalog: digest(settings.text),
        parameters: settings.parameters,
        draws: draws.map(({ id }) => id),
      },
    });
    return listConclusions(session);
  });
}

const itemsAtOnce = 32;

async function evaluateDraw(
  session: Session,
  catalog: CompiledCatalog,
  draw: Draw,
  signal: AbortSignal,
): Promise<void> {
  const { writable: store } = session;
  const { controls, open } = findOpenControls(session, catalog, draw);
  const testing = store.beginTesting(
    draw.id,
    open.map((control) => ({ tested: testedControl(control), basis: basisOf(control) })),
  );
  for (let from = 0; open.length > 0 && from < draw.size; from += itemsAtOnce) {
    const items = store.drawnItems(draw.id, from, itemsAtOnce);
    testing.save(items.map(({ id, json }) => judgeItem(open, draw.population, parseItem(draw.population, json, id))));
    session.emit("work-progress", {
      what: `Evaluating ${nounsOf(draw.population)}`,
      done: from + items.length,
      total: draw.size,
    });
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
  testing.finish(controls.map(({ control }) => control.id));
}

/** Removes results that this catalog would not give. */
export function forgetResults(session: Session, catalog: CompiledCatalog, draw: Draw): void {
  const { controls, open } = findOpenControls(session, catalog, draw);
  const kept = controls.filter((control) => !open.includes(control));
  session.writable.beginTesting(draw.id, []).finish(kept.map(({ control }) => control.id));
}

/** Controls that are tested on the draw, and those of them that have no results that hold. */
function findOpenControls(session: Session, catalog: CompiledCatalog, draw: Draw) {
  const controls = catalog.controls.filter(({ population }) => population === draw.population);
  const held = new Map(session.store.resultBases(draw.id).map(({ control, basis }) => [control, basis]));
  return { controls, open: controls.filter((control) => held.get(control.control.id) !== basisOf(control)) };
}

/** Digest of everything but the frozen items that a control's results come from. */
function basisOf(control: CompiledControl): string {
  return digest(`${toolVersion}\n${definitionOf(control)}`);
}
