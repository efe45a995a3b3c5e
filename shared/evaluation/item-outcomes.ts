import type { Disposition, OutcomeCounts } from "../model/conclusion.ts";
import { effectOf, type JudgementEffect } from "../model/judgement.ts";
import type { AssertionOutcome, Outcome } from "../model/result.ts";

const weight: Record<Outcome, number> = { "not-applicable": 0, pass: 1, "no-evidence": 2, fail: 3 };

/**
 * Outcome of a control for an item from its assertions: the worst of them, since they are needed in combination (PCAOB
 * AS 2315.36). Only where every assertion is not applicable is the control.
 */
export function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce<Outcome>(
    (worst, outcome) => (weight[outcome] > weight[worst] ? outcome : worst),
    "not-applicable",
  );
}

const outcomeByWeight: readonly Outcome[] = ["not-applicable", "pass", "no-evidence", "fail"];

/** Outcomes of controls by item. A draw may be of everything: each is kept as its weight, and the worst one stands. */
export class OutcomeTable {
  readonly #columns = new Map<string, number>();
  readonly #rows = new Map<string, number[]>();

  add(item: string, control: string, outcome: Outcome): void {
    const column = this.#columns.get(control) ?? this.#columns.size;
    this.#columns.set(control, column);
    const row = this.#rows.get(item) ?? [];
    row[column] = Math.max(row[column] ?? 0, weight[outcome]);
    this.#rows.set(item, row);
  }

  outcomeOf(item: string, control: string): Outcome | undefined {
    const found = this.#rows.get(item)?.[this.#columns.get(control) ?? -1];
    return found === undefined ? undefined : outcomeByWeight[found];
  }
}

/** Outcomes by item and control, each result with the outcome that it was judged to have. */
export function tabulateOutcomes(
  results: Iterable<AssertionOutcome>,
  dispositions: Iterable<Disposition> = [],
): OutcomeTable {
  const disposed = new Map([...dispositions].map((disposition) => [keyOf(disposition), disposition.outcome]));
  const table = new OutcomeTable();
  for (const result of results) {
    const outcome = (disposed.size > 0 ? disposed.get(keyOf(result)) : undefined) ?? result.outcome;
    table.add(result.item, result.control, outcome);
  }
  return table;
}

/** Counts of one control over items. A deviation is a failure or missing evidence (PCAOB AS 2315.40). */
export function countOutcomes(table: OutcomeTable, control: string, items: readonly string[]): OutcomeCounts {
  const counts: Record<Outcome, number> = { "pass": 0, "fail": 0, "no-evidence": 0, "not-applicable": 0 };
  for (const item of items) {
    const outcome = table.outcomeOf(item, control);
    if (outcome) counts[outcome] += 1;
  }
  const applicable = counts.pass + counts.fail + counts["no-evidence"];
  return {
    tested: applicable + counts["not-applicable"],
    pass: counts.pass,
    fail: counts.fail,
    noEvidence: counts["no-evidence"],
    notApplicable: counts["not-applicable"],
    deviations: counts.fail + counts["no-evidence"],
    applicable,
  };
}

/** Judged results of a control on some items, by what the judgement does to the numbers. */
export function countJudged(
  results: Iterable<AssertionOutcome>,
  dispositions: readonly Disposition[],
  control: string,
  items: readonly string[],
): Readonly<Record<JudgementEffect, number>> {
  const counts = { agreed: 0, disposed: 0, overruled: 0, added: 0 };
  const own = new Map(
    dispositions.filter((each) => each.control === control).map((each) => [keyOf(each), each.outcome]),
  );
  if (own.size === 0) return counts;
  const tested = new Set(items);
  const seen = new Set<string>();
  for (const result of results) {
    const key = keyOf(result);
    const judged = own.get(key);
    if (judged === undefined || seen.has(key) || !tested.has(result.item)) continue;
    seen.add(key);
    const effect = effectOf(result.outcome, judged);
    if (effect !== null) counts[effect] += 1;
  }
  return counts;
}

/** The dispositions without those by which a failure would count as no deviation. */
export function withoutOverruled(
  results: Iterable<AssertionOutcome>,
  dispositions: readonly Disposition[],
): Disposition[] {
  const failed = new Set<string>();
  for (const result of results) if (result.outcome === "fail") failed.add(keyOf(result));
  return dispositions.filter((disposition) => !failed.has(keyOf(disposition)));
}

/** As JSON: ids come from outside, and a separator could stand in one of them. */
function keyOf({ control, assertion, item }: Omit<Disposition, "outcome">): string {
  return JSON.stringify([control, assertion, item]);
}
