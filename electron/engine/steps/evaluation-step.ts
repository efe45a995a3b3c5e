import { TickmarkError } from "../../../shared/errors.ts";
import { type CompiledCatalog, compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { concludeControls } from "../../../shared/evaluation/conclusion.ts";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { nounsOf } from "../../../shared/model/population-kind.ts";
import type { Result } from "../../../shared/model/result.ts";
import type { Draw } from "../../../shared/model/sample.ts";
import { readCatalogSettings } from "../catalog-settings.ts";
import { digest } from "../digest.ts";
import { readItem } from "../item-reading.ts";
import type { Session } from "../session.ts";
import { readTestedSamples } from "../tested-samples.ts";

/**
 * Evaluates the catalog on every sampled item.
 * @throws stage-order before a draw, catalog-invalid
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
    const conclusions: Conclusion[] = [];
    for (const sample of samples) {
      const ofSample: Result[] = [];
      for (const draw of sample.draws) {
        const results = await evaluateDraw(session, catalog, draw, signal);
        session.store.replaceResults(draw.id, results);
        ofSample.push(...results);
      }
      conclusions.push(...concludeControls(catalog.catalog, sample, ofSample));
    }
    const draws = samples.flatMap((sample) => sample.draws.map(({ id }) => id));
    session.store.appendActivity({
      by: session.store.engagement().auditor,
      kind: "evaluated",
      subject: catalog.catalog.id,
      before: null,
      after: { catalog: digest(settings.text), parameters: settings.parameters, draws },
    });
    return conclusions;
  });
}

async function evaluateDraw(
  session: Session,
  catalog: CompiledCatalog,
  draw: Draw,
  signal: AbortSignal,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, id] of draw.items.entries()) {
    results.push(...evaluateItem(catalog, draw.population, readItem(session, draw, id)));
    if (index % 500 === 499) {
      session.emit("work-progress", {
        what: `Evaluating ${nounsOf(draw.population)}`,
        done: index + 1,
        total: draw.items.length,
      });
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  }
  return results;
}
