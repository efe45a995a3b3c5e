import type { CheckedLimitRequest, ValidLimit } from "../model/sample-limit.ts";
import { formatPercent, parseDecimal } from "./decimal.ts";
import { formatCount, formatShare, nameDeviations, nameItems } from "./wording.ts";

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
  const { method, confidence, size, deviations, populationSize, itemName } = limit.request;
  const from =
    populationSize === null
      ? nameItems(size, itemName)
      : `${formatCount(size)} of ${nameItems(populationSize, itemName)}`;
  const count = limit.upperCount === null ? "" : ` (${formatCount(limit.upperCount)} ${itemName})`;
  return (
    `${nameDeviations(deviations)} in ${from}`.replace(/^n/, "N") +
    `: most likely ${formatShare(limit.mostLikelyRate, "nearest")} deviate, and with ${percent(confidence)} confidence ` +
    `no more than ${formatShare(limit.upper, "up")}${count} (${method}; two-sided interval ` +
    `${formatShare(limit.lowerTwoSided, "down")} to ${formatShare(limit.upperTwoSided, "up")})${describeSupport(limit)}.`
  );
}

function describeSupport({ request, supportsTolerable, tailAtTolerable }: Omit<ValidLimit, "sentence">): string {
  if (request.tolerableRate === null || tailAtTolerable === null) return "";
  const tolerable = percent(request.tolerableRate);
  if (supportsTolerable) return `; fewer than the tolerable ${tolerable} deviate: supported`;
  const chance = formatShare(tailAtTolerable, "nearest");
  return (
    `; that fewer than the tolerable ${tolerable} deviate is not supported: if ${tolerable} deviated, so few would be ` +
    `found with a probability of ${chance}`
  );
}

function percent(text: string): string {
  return formatPercent(parseDecimal(text));
}
