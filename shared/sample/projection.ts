import type { DeviationProjection, ValidLimit } from "../model/sample-limit.ts";
import { formatCount, nameItems, percentOf } from "./wording.ts";

/**
 * What a sample says about the items of its whole population. The upper number is rounded up, and never more than the
 * items that were found sound leave possible.
 *
 * @param populationSize at least the size of the sample
 */
export function projectDeviations(limit: ValidLimit, populationSize: number): DeviationProjection {
  const { deviations, size, confidence, itemName } = limit.request;
  const possible = populationSize - (size - deviations);
  const exact = limit.request.populationSize === populationSize ? limit.upperCount : null;
  const upper = exact ?? Math.min(possible, Math.ceil(limit.upper * populationSize - 1e-9));
  const mostLikely = Math.round((deviations * populationSize) / size);
  return {
    populationSize,
    mostLikely,
    upper,
    sentence:
      `Among ${nameItems(populationSize, itemName)} the most likely number of deviations is ${formatCount(mostLikely)}, ` +
      `and with ${percentOf(confidence)} confidence it is no more than ${formatCount(upper)}.`,
  };
}
