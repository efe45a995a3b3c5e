import type { Catalog } from "../model/catalog.ts";
import type { ControlSummary } from "../model/conclusion.ts";
import type { Outcome, Result } from "../model/result.ts";
import type { Draw } from "../model/sample.ts";

const weight: Record<Outcome, number> = { "not-applicable": 0, pass: 1, "no-evidence": 2, fail: 3 };

/**
 * Outcome of a control for an item from its assertions: the worst of them. Only where every assertion is
 * not applicable is the control.
 */
export function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce<Outcome>(
    (worst, outcome) => (weight[outcome] > weight[worst] ? outcome : worst),
    "not-applicable",
  );
}

/** Item → control → outcome. */
export function tabulateOutcomes(results: Iterable<Result>): Map<string, Map<string, Outcome>> {
  const table = new Map<string, Map<string, Outcome>>();
  for (const { item, control, outcome } of results) {
    const row = table.get(item) ?? new Map<string, Outcome>();
    table.set(item, row.set(control, worstOutcome([row.get(control) ?? "not-applicable", outcome])));
  }
  return table;
}

/** Counts per control over one draw. A deviation is a failure or missing evidence (PCAOB AS 2315.40). */
export function summarise(catalog: Catalog, draw: Draw, results: Iterable<Result>): ControlSummary[] {
  const table = tabulateOutcomes(results);
  return catalog.controls
    .filter((control) => control.population === draw.population)
    .map((control) => {
      const counts: Record<Outcome, number> = { pass: 0, fail: 0, "no-evidence": 0, "not-applicable": 0 };
      for (const item of draw.items) {
        const outcome = table.get(item)?.get(control.id);
        if (outcome) counts[outcome] += 1;
      }
      return {
        control: control.id,
        title: control.title,
        population: draw.population,
        drawId: draw.id,
        tested: counts.pass + counts.fail + counts["no-evidence"] + counts["not-applicable"],
        pass: counts.pass,
        fail: counts.fail,
        noEvidence: counts["no-evidence"],
        notApplicable: counts["not-applicable"],
        deviations: counts.fail + counts["no-evidence"],
      };
    });
}
