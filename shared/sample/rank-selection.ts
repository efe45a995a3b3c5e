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
  checkSeed(seed);
  return ids
    .map((id) => ({ id, key: digest(`${seed}|${id}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : compareBytes(a.id, b.id)))
    .map(({ id }) => id);
}

/**
 * The first `size` of the ranked ids.
 * @throws sample-size-invalid
 */
export function selectByRank(ids: readonly string[], size: number, seed: string, digest: Digest): string[] {
  if (!Number.isInteger(size) || size < 1 || size > ids.length) {
    throw new TickmarkError(
      "sample-size-invalid",
      `A sample of ${size} cannot be drawn from a population of ${ids.length}.`,
      ids.length === 0
        ? "The population is empty: check the period and the sources."
        : `Give a whole number from 1 to ${ids.length}, or test everything.`,
    );
  }
  return rankIds(ids, seed, digest).slice(0, size);
}

export function checkSeed(seed: string): void {
  if (seed === "" || seed.includes("|") || seed.includes("\n")) {
    throw new TickmarkError(
      "sample-size-invalid",
      `"${seed}" cannot be a seed: a seed is not empty and has neither "|" nor a line break.`,
      "Give another seed, for example one read from a public source after the freeze.",
    );
  }
}

/** The shell command that repeats a draw from a file of ids, one a line. */
export function describeDraw(seed: string, size: number, idsFile: string): string {
  const quoted = `'${seed.replaceAll("'", `'\\''`)}'`;
  return (
    `while IFS= read -r id; do printf '%s %s\\n' "$(printf '%s|%s' ${quoted} "$id" | sha256sum | cut -c1-64)" "$id"; ` +
    `done < ${idsFile} | LC_ALL=C sort | head -n ${size} | cut -c66-`
  );
}
