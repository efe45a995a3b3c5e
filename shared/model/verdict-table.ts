import type { Item } from "./item.ts";
import type { PopulationKind } from "./population-kind.ts";
import type { Outcome, Result } from "./result.ts";
import type { ResultOutcome, Results } from "./results.ts";
import { stateResults, type TestedControl, type Verdict } from "./tested-control.ts";

/** The verdicts of a control on an item, by assertion. */
export interface ControlVerdicts {
  readonly tested: TestedControl;
  readonly verdicts: readonly Verdict[];
}

/** An item, and in one line the place of its controls in the list and of every verdict. */
interface Row {
  readonly population: PopulationKind;
  readonly item: Item;
  /** Controls, of which many items have the same. */
  readonly tested: readonly TestedControl[];
  /** By control and assertion: the place of its reason, and its outcome in the lowest two bits. */
  readonly codes: Uint32Array;
}

const outcomes: readonly Outcome[] = ["pass", "fail", "no-evidence", "not-applicable"];

/**
 * Results as their verdicts and the items that they are on. What a rule read is read again when a result is asked for: of a large
 * sample there are millions, and what they read is many times as large as the items.
 */
export class VerdictTable implements Results {
  length = 0;
  readonly #rows: Row[] = [];
  readonly #byItem = new Map<PopulationKind, Map<string, Row>>();
  readonly #reasons: string[] = [];
  readonly #reasonPlaces = new Map<string, number>();
  #lastTested: readonly TestedControl[] = [];

  /** Puts an item at the end, which must not have been there. Each control has a verdict on each of its assertions. */
  add(population: PopulationKind, item: Item, controls: readonly ControlVerdicts[]): void {
    const verdicts = controls.flatMap((control) => control.verdicts);
    const row: Row = {
      population,
      item,
      tested: this.#share(controls.map(({ tested }) => tested)),
      codes: Uint32Array.from(verdicts, ({ outcome, reason }) => this.#placeOf(reason) * 4 + outcomes.indexOf(outcome)),
    };
    this.length += verdicts.length;
    this.#rows.push(row);
    const ofKind = this.#byItem.get(population) ?? new Map<string, Row>();
    this.#byItem.set(population, ofKind.set(item.id, row));
  }

  has(population: PopulationKind, item: string): boolean {
    return this.#byItem.get(population)?.has(item) === true;
  }

  of(population: PopulationKind, item: string): readonly Result[] {
    const row = this.#byItem.get(population)?.get(item);
    return row === undefined ? [] : this.#state(row);
  }

  *outcomes(): Generator<ResultOutcome> {
    for (const { population, item, tested, codes } of this.#rows) {
      let at = 0;
      for (const { control, assertions } of tested)
        for (const { id } of assertions)
          yield { population, item: item.id, control, assertion: id, outcome: this.#verdictAt(codes, at++).outcome };
    }
  }

  *[Symbol.iterator](): Generator<Result> {
    for (const row of this.#rows) yield* this.#state(row);
  }

  /** The same results of some controls on some items. */
  pick(isPicked: (population: PopulationKind, item: string, control: string) => boolean): VerdictTable {
    const picked = new VerdictTable();
    for (const row of this.#rows) {
      const { population, item } = row;
      const own = this.#controlsOf(row).filter(({ tested: { control } }) => isPicked(population, item.id, control));
      if (own.length > 0) picked.add(population, item, own);
    }
    return picked;
  }

  /**
   * The same results in other words.
   *
   * @param itemOf the item in these words
   */
  reword(reword: <Value>(value: Value) => Value, itemOf: (item: Item) => Item): VerdictTable {
    const controls = new Map<TestedControl, TestedControl>();
    const rewordControl = (tested: TestedControl) => {
      const known = controls.get(tested);
      if (known !== undefined) return known;
      const { control, parameters, assertions } = tested;
      // What a rule reads is the name of a member, and names stay.
      const named = assertions.map(({ id, reads }) => ({ id: reword(id), reads }));
      const reworded = { control: reword(control), parameters: reword(parameters), assertions: named };
      controls.set(tested, reworded);
      return reworded;
    };
    const table = new VerdictTable();
    for (const row of this.#rows) {
      const own = this.#controlsOf(row).map(({ tested, verdicts }) => ({
        tested: rewordControl(tested),
        verdicts: verdicts.map(({ outcome, reason }) => ({ outcome, reason: reword(reason) })),
      }));
      table.add(row.population, itemOf(row.item), own);
    }
    return table;
  }

  #state(row: Row): Result[] {
    return this.#controlsOf(row).flatMap(({ tested, verdicts }) =>
      stateResults(tested, row.population, row.item, verdicts),
    );
  }

  #controlsOf({ tested, codes }: Row): ControlVerdicts[] {
    let at = 0;
    return tested.map((each) => ({
      tested: each,
      verdicts: each.assertions.map(() => this.#verdictAt(codes, at++)),
    }));
  }

  #verdictAt(codes: Uint32Array, at: number): Verdict {
    const code = codes[at] ?? 0;
    return { outcome: outcomes[code % 4] ?? "no-evidence", reason: this.#reasons[code >>> 2] ?? "" };
  }

  #placeOf(reason: string): number {
    const known = this.#reasonPlaces.get(reason);
    if (known !== undefined) return known;
    this.#reasonPlaces.set(reason, this.#reasons.length);
    return this.#reasons.push(reason) - 1;
  }

  #share(tested: readonly TestedControl[]): readonly TestedControl[] {
    const isSame =
      tested.length === this.#lastTested.length && tested.every((each, index) => each === this.#lastTested[index]);
    if (!isSame) this.#lastTested = tested;
    return this.#lastTested;
  }
}
