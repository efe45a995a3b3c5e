import type { CheckedLimitRequest, ValidLimit } from "../model/sample-limit.ts";
import { describeAim } from "./plan-sentence.ts";
import { formatCount, formatShare, nameDeviations, nameItems, percentOf } from "./wording.ts";

/** Why nothing can be said about a sample; null when something can. */
export function describeInvalidity(request: CheckedLimitRequest): string | null {
  const { method, size, deviations, populationSize, itemName } = request;
  if (size < 1) return "Nothing was tested, so that nothing can be said about the population.";
  if (deviations < 0) return `${deviations} is not a number of deviations.`;
  if (deviations > size) {
    return `${nameDeviations(deviations)} cannot be found in ${nameItems(size, itemName)}.`;
  }
  if (populationSize === null) {
    return method === "hypergeometric" ? "The hypergeometric method needs the size of the population." : null;
  }
  if (size > populationSize) {
    return `${nameItems(size, itemName)} cannot be drawn from a population of ${formatCount(populationSize)}.`;
  }
  return null;
}

/** What a limit says in a workpaper. Upper limits are rounded up, lower ones down, so that none claims too much. */
export function describeLimit(limit: Omit<ValidLimit, "sentence">): string {
  const { method, confidence, deviations, populationSize, size, itemName } = limit.request;
  const found = nameDeviations(deviations).replace(/^n/, "N");
  const rate = formatShare(limit.mostLikelyRate, "nearest");
  if (isCensus(limit.request)) {
    return `${found} in all ${nameItems(size, itemName)}, so that ${rate} deviate${describeSupport(limit)}.`;
  }
  const from =
    populationSize === null
      ? nameItems(size, itemName)
      : `${formatCount(size)} of ${nameItems(populationSize, itemName)}`;
  const count = limit.upperCount === null ? "" : `${nameItems(limit.upperCount, itemName)}; `;
  return (
    `${found} in ${from}: the most likely rate of deviation is ${rate}, and with ${percentOf(confidence)} confidence it ` +
    `is no more than ${formatShare(limit.upper, "up")} (${count}${method}; two-sided interval ` +
    `${formatShare(limit.lowerTwoSided, "down")} to ${formatShare(limit.upperTwoSided, "up")})${describeSupport(limit)}.`
  );
}

function describeSupport({ request, ...limit }: Omit<ValidLimit, "sentence">): string {
  const { tolerableRate, deviations, size, itemName } = request;
  const { supportsTolerable, tailAtTolerable } = limit;
  if (tolerableRate === null || tailAtTolerable === null) return "";
  const aim = describeAim({ ...request, tolerableRate });
  if (supportsTolerable) return `; that ${aim} is supported`;
  const few = deviations === 0 ? "none" : `${formatCount(deviations)} or fewer`;
  const why = isCensus(request)
    ? ""
    : `: if ${percentOf(tolerableRate)} deviated, ${few} would still be found in ` +
      `${formatShare(tailAtTolerable, "up")} of all samples of ${nameItems(size, itemName)}`;
  return `; that ${aim} is not supported${why}`;
}

/** Everything was tested, and the method knows it: nothing is left to chance. */
function isCensus({ method, size, populationSize }: CheckedLimitRequest): boolean {
  return method === "hypergeometric" && size === populationSize;
}
