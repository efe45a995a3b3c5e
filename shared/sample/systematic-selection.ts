import type { Digest } from "../model/digest.ts";
import { sortByBytes } from "../population/population-digest.ts";
import { checkSeed, checkSize } from "./rank-selection.ts";

/** The start is a fraction of this: as many as 13 hexadecimal digits can tell apart. */
const startParts = 2n ** 52n;

/**
 * Every N/n-th of the ids in byte order, from a start within the first interval that the seed gives:
 * f[⌊(U + j·2⁵²)·N / (n·2⁵²)⌋]. In whole numbers only, since the products are beyond what floating point holds.
 *
 * @throws sample-size-invalid
 */
export function selectSystematically(ids: readonly string[], size: number, seed: string, digest: Digest): string[] {
  checkSize(size, ids.length);
  const start = systematicStart(seed, digest);
  const frame = sortByBytes(ids);
  const count = BigInt(frame.length);
  const parts = BigInt(size) * startParts;
  return Array.from({ length: size }, (_, j) => {
    const place = ((start + BigInt(j) * startParts) * count) / parts;
    return frame[Number(place)] ?? "";
  });
}

/**
 * U, from 0 to below 2⁵²: the first 13 hexadecimal digits of the SHA-256 of `seed|systematic-start`.
 * @throws sample-size-invalid for a seed that cannot be one
 */
export function systematicStart(seed: string, digest: Digest): bigint {
  checkSeed(seed);
  return BigInt(`0x${digest(`${seed}|systematic-start`).slice(0, 13)}`);
}

/**
 * The item that takes the place of another one in a systematic sample: the next in byte order that is not used, from the
 * start again after the last. The neighbour stands for the same interval, so that the sample stays spread as it was drawn;
 * by rank the whole interval could be lost.
 *
 * @returns undefined when every item is used
 */
export function nextInFrame(ids: readonly string[], after: string, used: ReadonlySet<string>): string | undefined {
  const frame = sortByBytes(ids);
  const from = frame.indexOf(after) + 1;
  return [...frame.slice(from), ...frame.slice(0, from)].find((id) => !used.has(id));
}
