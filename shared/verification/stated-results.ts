import type { CompiledCatalog } from "../evaluation/catalog-compilation.ts";
import { testedControl } from "../evaluation/evaluation.ts";
import type { Item } from "../model/item.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import type { Result } from "../model/result.ts";
import { ResultList, type ResultOutcome, type Results } from "../model/results.ts";
import { stateResults, type TestedControl } from "../model/tested-control.ts";
import { type ControlVerdicts, VerdictTable } from "../model/verdict-table.ts";
import { isSame } from "./difference.ts";

/**
 * The results that a bundle states, as they are read. Those that say of an item and a rule what these say themselves are held as
 * their verdicts: of an honest bundle all. From the first one on that says anything else, they are held as they are.
 */
export class StatedResults implements Results {
  readonly #items: ReadonlyMap<PopulationKind, ReadonlyMap<string, Item>>;
  readonly #controls: ReadonlyMap<string, TestedControl>;
  readonly #table = new VerdictTable();
  readonly #others: Result[] = [];
  readonly #otherList = new ResultList(this.#others);
  /** Results of one item, as they follow each other. */
  #open: Result[] = [];

  /** @param catalog null where the bundle's cannot be read */
  constructor(items: ReadonlyMap<PopulationKind, readonly Item[]>, catalog: CompiledCatalog | null) {
    const byId = (of: readonly Item[]) => new Map(of.map((item) => [item.id, item]));
    this.#items = new Map(Array.from(items, ([population, of]) => [population, byId(of)]));
    const controls = catalog?.controls ?? [];
    this.#controls = new Map(
      controls.map((compiled) => [keyOf(compiled.population, compiled.control.id), testedControl(compiled)]),
    );
  }

  get length(): number {
    return this.#table.length + this.#others.length;
  }

  add(result: Result): void {
    const [first] = this.#open;
    if (first !== undefined && (first.item !== result.item || first.population !== result.population)) this.close();
    this.#open.push(result);
  }

  /** To be called after the last one. */
  close(): void {
    const [first] = this.#open;
    if (first === undefined) return;
    const { population } = first;
    const item = this.#items.get(population)?.get(first.item);
    const isUsual = item !== undefined && this.#others.length === 0 && !this.#table.has(population, item.id);
    const verdicts = isUsual ? this.#verdictsOn(population, item) : null;
    if (item !== undefined && verdicts !== null) this.#table.add(population, item, verdicts);
    else this.#others.push(...this.#open);
    this.#open = [];
  }

  of(population: PopulationKind, item: string): readonly Result[] {
    return [...this.#table.of(population, item), ...this.#otherList.of(population, item)];
  }

  *outcomes(): Generator<ResultOutcome> {
    yield* this.#table.outcomes();
    yield* this.#others;
  }

  *[Symbol.iterator](): Generator<Result> {
    yield* this.#table;
    yield* this.#others;
  }

  /** Null where the results are not just what the verdicts in them give. */
  #verdictsOn(population: PopulationKind, item: Item): ControlVerdicts[] | null {
    const byControl = Map.groupBy(this.#open, ({ control }) => control);
    const stated = Array.from(byControl, ([control, results]) => {
      const tested = this.#controls.get(keyOf(population, control));
      if (tested === undefined || tested.assertions.length !== results.length) return [];
      return [{ tested, verdicts: results.map(({ outcome, reason }) => ({ outcome, reason })) }];
    });
    const controls = stated.flat();
    const again = controls.flatMap(({ tested, verdicts }) => stateResults(tested, population, item, verdicts));
    return isSame(again, this.#open) ? controls : null;
  }
}

function keyOf(population: PopulationKind, control: string): string {
  return `${population} ${control}`;
}
