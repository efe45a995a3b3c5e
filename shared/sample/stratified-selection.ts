import type { Digest, Sha256 } from "../model/digest.ts";
import type { Stratum } from "../model/stratum.ts";
import { compareBytes, sortByBytes } from "../population/population-digest.ts";
import { firstInRank } from "./rank-selection.ts";

/** Item id → its stratum. */
export type StrataOfItems = ReadonlyMap<string, string>;

/** The items of each stratum, strata by name in byte order. */
export function groupByStratum(strata: StrataOfItems): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [id, name] of strata) {
    const group = groups.get(name);
    if (group) group.push(id);
    else groups.set(name, [id]);
  }
  return new Map([...groups].sort(([a], [b]) => compareBytes(a, b)));
}

export function countStrata(strata: StrataOfItems): Map<string, number> {
  return new Map([...groupByStratum(strata)].map(([name, ids]) => [name, ids.length]));
}

/**
 * Ranks each stratum by the same seed and takes its first items; strata in the order in which they are given.
 * @throws sample-size-invalid for a seed that cannot be one
 */
export function selectByStratum(
  strata: StrataOfItems,
  sizes: readonly Pick<Stratum, "name" | "sample">[],
  seed: string,
  digest: Digest,
): string[] {
  const groups = groupByStratum(strata);
  return sizes.flatMap(({ name, sample }) => firstInRank(groups.get(name) ?? [], sample, seed, digest));
}

/** One line for each item, ids in byte order: stratum, tab, id. Names of strata have neither tabs nor line breaks. */
export function listStrata(strata: StrataOfItems): string {
  return sortByBytes(strata.keys())
    .map((id) => `${strata.get(id)}\t${id}\n`)
    .join("");
}

/** Reads what `listStrata` wrote; null when a line is no stratum and id, or an id is there twice. */
export function parseStrata(list: string): Map<string, string> | null {
  const strata = new Map<string, string>();
  const lines = list.split("\n");
  if (lines.pop() !== "") return null;
  for (const line of lines) {
    const tab = line.indexOf("\t");
    const id = line.slice(tab + 1);
    if (tab < 1 || id === "" || strata.has(id)) return null;
    strata.set(id, line.slice(0, tab));
  }
  return strata;
}

/** Fixes the strata with the draw: `sha256sum` of the list. */
export function digestStrata(strata: StrataOfItems, digest: Digest): Sha256 {
  return digest(listStrata(strata));
}
