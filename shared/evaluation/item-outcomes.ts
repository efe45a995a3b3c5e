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

/**
 * Outcomes of controls by item. A draw may be of everything: of each only its weight is kept, in a column of its control, and
 * the worst one stands.
 */
export class OutcomeTable {
  readonly #places = new Map<string, number>();
  readonly #columns = new Map<string, Uint8Array>();
  /** Of lists that were counted over, until another item comes. */
  #placesOf = new WeakMap<readonly string[], Int32Array>();
  #isCounted = false;
  /** Results come item by item. */
  #latest = { item: "", place: -1 };

  add(item: string, control: string, outcome: Outcome): void {
    const place = item === this.#latest.item && this.#latest.place >= 0 ? this.#latest.place : this.#placeOf(item);
    let column = this.#columns.get(control);
    if (column === undefined || column.length <= place) {
      const longer = new Uint8Array(Math.max(64, 2 * place));
      if (column) longer.set(column);
      this.#columns.set(control, longer);
      column = longer;
    }
    column[place] = Math.max(column[place] ?? absent, weight[outcome] + 1);
  }

  outcomeOf(item: string, control: string): Outcome | undefined {
    return outcomeByWeight[this.#columns.get(control)?.[this.#places.get(item) ?? -1] ?? absent];
  }

  /** How often each outcome of a control is there among items. */
  count(control: string, items: readonly string[]): Record<Outcome, number> {
    const counts = [0, 0, 0, 0, 0];
    const column = this.#columns.get(control);
    if (column) {
      for (const place of this.#findPlaces(items)) {
        const found = column[place] ?? absent;
        counts[found] = (counts[found] ?? 0) + 1;
      }
    }
    const [, notApplicable = 0, pass = 0, noEvidence = 0, fail = 0] = counts;
    return { pass, fail, "no-evidence": noEvidence, "not-applicable": notApplicable };
  }

  #placeOf(item: string): number {
    const known = this.#places.get(item);
    const place = known ?? this.#places.size;
    if (known === undefined) {
      this.#places.set(item, place);
      if (this.#isCounted) this.#placesOf = new WeakMap();
      this.#isCounted = false;
    }
    this.#latest = { item, place };
    return place;
  }

  /** Every control is counted over the same lists: their items are looked up once. */
  #findPlaces(items: readonly string[]): Int32Array {
    const known = this.#placesOf.get(items);
    if (known) return known;
    const places = Int32Array.from(items, (item) => this.#places.get(item) ?? -1);
    this.#placesOf.set(items, places);
    this.#isCounted = true;
    return places;
  }
}

const absent = 0;
const outcomeByWeight = [undefined, "not-applicable", "pass", "no-evidence", "fail"] as const;

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
  const counts = table.count(control, items);
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
