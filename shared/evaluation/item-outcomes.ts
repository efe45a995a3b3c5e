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
  readonly #places: Map<string, number>;
  readonly #columns = new Map<string, Uint8Array>();
  /** The items in their places, of a table that was made of columns: its map is made when somebody asks by an id. */
  #listed: readonly string[] | null = null;
  /** Of lists that were counted over, until another item comes. */
  #placesOf = new WeakMap<readonly string[], Int32Array>();
  #isCounted = false;
  /** Results come item by item. */
  #latest = { item: "", place: -1 };

  constructor(places: Map<string, number> = new Map()) {
    this.#places = places;
  }

  /** @param columns of each control, for each item: 0 none, 1 not applicable, 2 pass, 3 no evidence, 4 fail */
  static ofColumns(items: readonly string[], columns: Iterable<readonly [string, Uint8Array]>): OutcomeTable {
    const table = new OutcomeTable();
    table.#listed = items;
    for (const [control, column] of columns) table.#columns.set(control, column);
    return table;
  }

  /** The same table, but for some outcomes. */
  replace(
    changes: Iterable<{ readonly item: string; readonly control: string; readonly outcome: Outcome }>,
  ): OutcomeTable {
    const changed = new OutcomeTable(this.#allPlaces());
    changed.#listed = this.#listed;
    for (const [control, column] of this.#columns) changed.#columns.set(control, column);
    for (const { item, control, outcome } of changes) {
      const [column, place] = [this.#columns.get(control), this.#places.get(item)];
      if (column?.[place ?? -1] === undefined || place === undefined) continue;
      let own = changed.#columns.get(control);
      if (own === undefined || own === column) {
        own = column.slice();
        changed.#columns.set(control, own);
      }
      own[place] = weight[outcome] + 1;
    }
    return changed;
  }

  add(item: string, control: string, outcome: Outcome): void {
    this.#allPlaces();
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
    return outcomeByWeight[this.#columns.get(control)?.[this.#allPlaces().get(item) ?? -1] ?? absent];
  }

  /** How often each outcome of a control is there among items. */
  count(control: string, items: readonly string[]): Record<Outcome, number> {
    const counts = [0, 0, 0, 0, 0];
    const column = this.#columns.get(control);
    if (column && items === this.#listed) {
      for (let place = 0; place < items.length; place += 1) {
        const found = column[place] ?? absent;
        counts[found] = (counts[found] ?? 0) + 1;
      }
    } else if (column && items.length > 0) {
      for (const place of this.#findPlaces(items)) {
        const found = column[place] ?? absent;
        counts[found] = (counts[found] ?? 0) + 1;
      }
    }
    const [, notApplicable = 0, pass = 0, noEvidence = 0, fail = 0] = counts;
    return { pass, fail, "no-evidence": noEvidence, "not-applicable": notApplicable };
  }

  #allPlaces(): Map<string, number> {
    if (this.#listed && this.#places.size === 0)
      for (const [place, item] of this.#listed.entries()) this.#places.set(item, place);
    return this.#places;
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
    const own = this.#allPlaces();
    const places = Int32Array.from(items, (item) => own.get(item) ?? -1);
    this.#placesOf.set(items, places);
    this.#isCounted = true;
    return places;
  }
}

const absent = 0;
const outcomeByWeight = [undefined, "not-applicable", "pass", "no-evidence", "fail"] as const;

/** What the results of a sample came out as. */
export interface SampleOutcomes {
  /** Of controls. */
  readonly table: OutcomeTable;
  /** Of a control's assertions on an item; each may be there several times. */
  readonly assertionsOf: (item: string, control: string) => readonly Pick<AssertionOutcome, "assertion" | "outcome">[];
}

/**
 * @param results one after the other, or gathered already
 * @param dispositions the results that are judged: the assertions of those alone are kept
 */
export function gatherOutcomes(
  results: Iterable<AssertionOutcome> | SampleOutcomes,
  dispositions: readonly Disposition[],
): SampleOutcomes {
  if ("table" in results) return results;
  const table = new OutcomeTable();
  const assertions = new Map(
    dispositions.map(({ item, control }) => [cellOf(item, control), [] as AssertionOutcome[]]),
  );
  for (const result of results) {
    const { item, control, outcome } = result;
    table.add(item, control, outcome);
    if (assertions.size > 0) assertions.get(cellOf(item, control))?.push(result);
  }
  return { table, assertionsOf: (item, control) => assertions.get(cellOf(item, control)) ?? [] };
}

/** Outcomes by item and control, each judged result with the outcome that it was judged to have. */
export function tabulateJudged(outcomes: SampleOutcomes, dispositions: readonly Disposition[]): OutcomeTable {
  if (dispositions.length === 0) return outcomes.table;
  const judged = new Map(dispositions.map((disposition) => [keyOf(disposition), disposition.outcome]));
  return outcomes.table.replace(
    dispositions.flatMap(({ item, control }) => {
      const own = outcomes
        .assertionsOf(item, control)
        .map(({ assertion, outcome }) => judged.get(keyOf({ control, assertion, item })) ?? outcome);
      return own.length === 0 ? [] : [{ item, control, outcome: worstOutcome(own) }];
    }),
  );
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
  outcomes: SampleOutcomes,
  dispositions: readonly Disposition[],
  control: string,
  items: readonly string[],
): Readonly<Record<JudgementEffect, number>> {
  const counts = { agreed: 0, disposed: 0, overruled: 0, added: 0 };
  const own = new Map(dispositions.filter((each) => each.control === control).map((each) => [keyOf(each), each]));
  if (own.size === 0) return counts;
  const tested = new Set(items);
  for (const { item, assertion, outcome: judged } of own.values()) {
    if (!tested.has(item)) continue;
    const result = outcomes.assertionsOf(item, control).find((each) => each.assertion === assertion);
    const effect = result ? effectOf(result.outcome, judged) : null;
    if (effect !== null) counts[effect] += 1;
  }
  return counts;
}

/** The dispositions without those by which a failure would count as no deviation. */
export function withoutOverruled(outcomes: SampleOutcomes, dispositions: readonly Disposition[]): Disposition[] {
  return dispositions.filter(
    ({ item, control, assertion }) =>
      !outcomes
        .assertionsOf(item, control)
        .some((result) => result.assertion === assertion && result.outcome === "fail"),
  );
}

/** As JSON: ids come from outside, and a separator could stand in one of them. */
function keyOf({ control, assertion, item }: Omit<Disposition, "outcome">): string {
  return JSON.stringify([control, assertion, item]);
}

function cellOf(item: string, control: string): string {
  return JSON.stringify([item, control]);
}
