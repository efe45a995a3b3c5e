import type { PopulationKind } from "./population-kind.ts";
import type { Result } from "./result.ts";

/** What a result is about, and how it came out: as much of it as counts are made of. */
export type ResultOutcome = Pick<Result, "population" | "item" | "control" | "assertion" | "outcome">;

/** Results in their order: item by item, and of an item by control. They can be gone through again and again. */
export interface Results extends Iterable<Result> {
  readonly length: number;
  /** Of one item; empty where it has none. */
  of(population: PopulationKind, item: string): readonly Result[];
  outcomes(): Iterable<ResultOutcome>;
}

/** Results that are held as they are. */
export class ResultList implements Results {
  readonly #results: readonly Result[];
  #byItem: ReadonlyMap<string, readonly Result[]> | null = null;

  constructor(results: readonly Result[]) {
    this.#results = results;
  }

  get length(): number {
    return this.#results.length;
  }

  of(population: PopulationKind, item: string): readonly Result[] {
    // Only when all of them are there is anything asked for.
    this.#byItem ??= Map.groupBy(this.#results, (result) => keyOf(result.population, result.item));
    return this.#byItem.get(keyOf(population, item)) ?? [];
  }

  outcomes(): Iterable<ResultOutcome> {
    return this.#results;
  }

  [Symbol.iterator](): Iterator<Result> {
    return this.#results[Symbol.iterator]();
  }
}

function keyOf(population: PopulationKind, item: string): string {
  return `${population} ${item}`;
}
