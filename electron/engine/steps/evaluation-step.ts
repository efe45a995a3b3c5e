import { TickmarkError } from "../../../shared/errors.ts";
import { type CompiledCatalog, compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { summarise } from "../../../shared/evaluation/control-summary.ts";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import type { Result } from "../../../shared/model/result.ts";
import type { Draw } from "../../../shared/model/sample.ts";
import { readCatalogSettings } from "../catalog-settings.ts";
import { digest } from "../digest.ts";
import { readItem } from "../item-reading.ts";
import type { Session } from "../session.ts";
import { currentDraw } from "./sample-step.ts";

const populations = ["change", "deployment"] as const;

/** The draws that results are for: the newest of each population. */
export function testedDraws(session: Session): Draw[] {
  return populations.flatMap((population) => currentDraw(session, population) ?? []);
}

/**
 * Evaluates the catalog on every sampled item.
 * @throws stage-order before a draw, catalog-invalid
 */
export async function evaluateSamples(session: Session): Promise<Conclusion[]> {
  const draws = testedDraws(session);
  if (draws.length === 0) {
    throw new TickmarkError(
      "stage-order",
      "There is no sample to evaluate.",
      "Draw a sample first, or draw everything.",
    );
  }
  const settings = readCatalogSettings(session);
  const catalog = compileCatalog(settings.text, settings.parameters);
  return session.work(async (signal) => {
    const summaries: Conclusion[] = [];
    for (const draw of draws) {
      const results = await evaluateDraw(session, catalog, draw, signal);
      session.store.replaceResults(draw.id, results);
      summaries.push(...summarise(catalog.catalog, draw, results));
    }
    session.store.appendActivity({
      by: session.store.engagement().auditor,
      kind: "evaluated",
      subject: catalog.catalog.id,
      before: null,
      after: { catalog: digest(settings.text), parameters: settings.parameters, draws: draws.map(({ id }) => id) },
    });
    return summaries;
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
        what: `Evaluating ${draw.population}s`,
        done: index + 1,
        total: draw.items.length,
      });
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  }
  return results;
}
