import { TickmarkError } from "../errors.ts";
import type { Stratum } from "../model/stratum.ts";
import { compareBytes } from "../population/population-digest.ts";
import { checkSize } from "./rank-selection.ts";

type Sizes = ReadonlyMap<string, number>;

/**
 * Splits a sample over strata in proportion to their sizes: each gets n·size/N rounded down, and those with the largest
 * remainders one more until the sample is whole; equal remainders by name in byte order.
 *
 * @throws sample-size-invalid
 */
export function allocateProportionally(populations: Sizes, size: number): Stratum[] {
  const names = [...populations.keys()].sort(compareBytes);
  const total = [...populations.values()].reduce((sum, count) => sum + count, 0);
  checkSize(size, total);
  const shares = names.map((name) => {
    const population = populations.get(name) ?? 0;
    const product = BigInt(size) * BigInt(population);
    return { name, population, whole: Number(product / BigInt(total)), remainder: product % BigInt(total) };
  });
  const left = size - shares.reduce((sum, { whole }) => sum + whole, 0);
  // The sort is stable, and names are in byte order already.
  const byRemainder = shares.toSorted((a, b) => (a.remainder > b.remainder ? -1 : Number(a.remainder < b.remainder)));
  const more = new Set(byRemainder.slice(0, left).map(({ name }) => name));
  return shares.map(({ name, population, whole }) => {
    return { name, population, sample: whole + (more.has(name) ? 1 : 0) };
  });
}

/**
 * Takes the sizes that the auditor gives; a stratum that is not named gets none.
 * @throws sample-size-invalid naming a stratum that is not there or has fewer items than asked for
 */
export function allocateAsGiven(populations: Sizes, given: Readonly<Record<string, number>>): Stratum[] {
  const names = [...populations.keys()].sort(compareBytes);
  const unknown = Object.keys(given).find((name) => !populations.has(name));
  if (unknown !== undefined) {
    throw new TickmarkError(
      "sample-size-invalid",
      `There is no stratum "${unknown}".`,
      `The strata are ${names.map((name) => `"${name}"`).join(", ")}.`,
    );
  }
  const strata = names.map((name) => {
    const population = populations.get(name) ?? 0;
    const sample = Object.hasOwn(given, name) ? (given[name] ?? 0) : 0;
    if (sample !== 0) checkStratumSize(name, sample, population);
    return { name, population, sample };
  });
  checkSize(
    strata.reduce((sum, { sample }) => sum + sample, 0),
    [...populations.values()].reduce((sum, count) => sum + count, 0),
  );
  return strata;
}

function checkStratumSize(name: string, sample: number, population: number): void {
  if (Number.isInteger(sample) && sample > 0 && sample <= population) return;
  throw new TickmarkError(
    "sample-size-invalid",
    `${sample} items cannot be drawn from the stratum "${name}", which has ${population}.`,
    `Give a whole number up to ${population}.`,
  );
}
