import { TickmarkError } from "../errors.ts";
import type { Digest } from "../model/digest.ts";
import { compareBytes } from "../population/population-digest.ts";

/**
 * Ranks ids by SHA-256 of `seed|id`, ties by the ids' bytes. Nobody can steer it without choosing the seed after the
 * population is known, and anybody can repeat it with `sha256sum` and `sort`.
 *
 * @throws sample-size-invalid when the seed is empty or holds `|`
 */
export function rankIds(ids: readonly string[], seed: string, digest: Digest): string[] {
  return firstInRank(ids, ids.length, seed, digest);
}

/**
 * The first `size` of the ranked ids.
 * @throws sample-size-invalid
 */
export function selectByRank(ids: readonly string[], size: number, seed: string, digest: Digest): string[] {
  checkSize(size, ids.length);
  return firstInRank(ids, size, seed, digest);
}

/**
 * The first `count` of the ranked ids, or all where there are fewer. It keeps no more keys than a few times the count, so
 * that a sample from a very large population needs no memory for the keys of the rest.
 *
 * @throws sample-size-invalid for a seed that cannot be one
 */
export function firstInRank(ids: Iterable<string>, count: number, seed: string, digest: Digest): string[] {
  checkSeed(seed);
  if (count === 0) return [];
  const most = 2 * count + 1024;
  let kept: Ranked[] = [];
  let worst: Ranked | undefined;
  for (const id of ids) {
    const ranked = { id, key: digest(`${seed}|${id}`) };
    if (worst !== undefined && compareRanks(ranked, worst) > 0) continue;
    kept.push(ranked);
    if (kept.length < most) continue;
    kept = kept.sort(compareRanks).slice(0, count);
    worst = kept.at(-1);
  }
  return kept
    .sort(compareRanks)
    .slice(0, count)
    .map(({ id }) => id);
}

interface Ranked {
  readonly id: string;
  readonly key: string;
}

function compareRanks(a: Ranked, b: Ranked): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : compareBytes(a.id, b.id);
}

export function checkSeed(seed: string): void {
  if (seed === "" || /[|\n\0]/.test(seed) || !seed.isWellFormed()) {
    throw new TickmarkError(
      "sample-size-invalid",
      `${JSON.stringify(seed)} cannot be a seed: a seed is not empty and has neither "|" nor a line break.`,
      "Give another seed, for example one read from a public source after the freeze.",
    );
  }
}

/** @throws sample-size-invalid unless a sample of this size can be drawn from so many items */
export function checkSize(size: number, populationSize: number): void {
  if (Number.isInteger(size) && size >= 1 && size <= populationSize) return;
  throw new TickmarkError(
    "sample-size-invalid",
    `A sample of ${size} cannot be drawn from a population of ${populationSize}.`,
    populationSize === 0
      ? "The population is empty: check the period and the sources."
      : `Give a whole number from 1 to ${populationSize}, or test everything.`,
  );
}
