import { TickmarkError } from "../errors.ts";
import type { Digest } from "../model/digest.ts";
import type { Draw } from "../model/sample.ts";
import type { Stratum } from "../model/stratum.ts";
import { sortByBytes } from "../population/population-digest.ts";
import type { DrawFrame, DrawTerms } from "./draw-terms.ts";
import { drawFurther } from "./further-draw.ts";
import { selectByRank } from "./rank-selection.ts";
import { countStrata, type StrataOfItems, selectByStratum } from "./stratified-selection.ts";
import { selectSystematically } from "./systematic-selection.ts";

/**
 * The items of a draw, of any method and purpose, in their order.
 * @param before the draw log up to it: what follows a draw goes on where the log stands
 * @throws sample-size-invalid, sample-exhausted, request-invalid
 */
export function performDraw(frame: DrawFrame, draw: DrawTerms, before: readonly Draw[], digest: Digest): string[] {
  if (draw.purpose.kind !== "initial") return drawFurther(frame, draw, draw.purpose, before, digest);
  switch (draw.method) {
    case "everything":
      return sortByBytes(frame.ids);
    case "rank":
      return selectByRank(frame.ids, draw.size, draw.seed, digest);
    case "systematic":
      return selectSystematically(frame.ids, draw.size, draw.seed, digest);
    case "stratified":
      return selectByStratum(requireStrata(frame), checkSizes(frame, draw), draw.seed, digest);
    case "targeted":
    case "haphazard":
      return checkNamed(frame.ids, draw.items);
  }
}

export function requireStrata({ strata }: DrawFrame): StrataOfItems {
  if (strata) return strata;
  throw new TickmarkError(
    "request-invalid",
    "The strata of the population are not known.",
    "Say by which field the population is split.",
  );
}

function checkSizes(frame: DrawFrame, draw: DrawTerms): readonly Stratum[] {
  const counts = countStrata(requireStrata(frame));
  const sizes = draw.strata?.sizes ?? [];
  const isWrong = sizes.some(({ name, population, sample }) => counts.get(name) !== population || sample > population);
  if (!isWrong && sizes.length === counts.size) return sizes;
  throw new TickmarkError(
    "sample-size-invalid",
    "The sizes of the strata are not those of the population.",
    "Draw again from the frozen population.",
  );
}

/** @throws request-invalid naming the first id that is not in the population, or is there twice */
function checkNamed(ids: readonly string[], named: readonly string[]): string[] {
  const population = new Set(ids);
  const seen = new Set<string>();
  for (const id of named) {
    if (!population.has(id) || seen.has(id)) {
      throw new TickmarkError(
        "request-invalid",
        seen.has(id) ? `"${id}" is named twice.` : `"${id}" is not in the frozen population.`,
        "Name each item once, by its id in the frozen population.",
      );
    }
    seen.add(id);
  }
  return [...named];
}
