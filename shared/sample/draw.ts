import type { Digest } from "../model/digest.ts";
import type { Draw } from "../model/sample.ts";
import { compareBytes } from "../population/population-digest.ts";
import { selectByRank } from "./rank-selection.ts";

/**
 * The ids of a draw: by rank from its seed, or everything in byte order.
 * @throws sample-size-invalid
 */
export function performDraw(
  ids: readonly string[],
  draw: Pick<Draw, "method" | "seed" | "size">,
  digest: Digest,
): string[] {
  if (draw.method === "everything") return [...ids].sort(compareBytes);
  return selectByRank(ids, draw.size, draw.seed, digest);
}
