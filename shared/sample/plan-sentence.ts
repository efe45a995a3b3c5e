import type { CheckedPlanRequest } from "../model/sample-plan.ts";
import { formatPercent, parseDecimal } from "./decimal.ts";
import { type FoundSize, largestPlannedSize, tolerableCountOf } from "./plan-search.ts";
import { formatCount, formatShare, nameDeviations, nameItems } from "./wording.ts";

/** What a plan says in a workpaper; or why there is none and what to change. */
export function describePlan(request: CheckedPlanRequest, found: FoundSize): string {
  switch (found.status) {
    case "ok":
      return describeSize(request, found);
    case "exceeds_population":
      return (
        `${nameItems(found.size ?? 0, request.itemName)} would be needed, and there are only ` +
        `${formatCount(request.populationSize ?? 0)}: plan with the hypergeometric method, which takes the size of ` +
        "the population into account, or test everything."
      );
    case "exceeds_max":
      return (
        `No sample of up to ${formatCount(largestPlannedSize)} ${request.itemName} gives ` +
        `${percent(request.confidence)} confidence that fewer than ${percent(request.tolerableRate)} deviate when ` +
        `${describeExpectation(request)} expected: raise the tolerable rate, expect fewer deviations, lower the ` +
        "confidence, or test everything."
      );
    case "infeasible_expected_not_below_tolerable":
      return describeInfeasible(request);
  }
}

function describeSize(request: CheckedPlanRequest, { size, acceptableDeviations, achievedRisk }: FoundSize): string {
  const { populationSize, itemName, confidence, tolerableRate, method } = request;
  const deviations = acceptableDeviations ?? 0;
  const of = populationSize === null ? nameItems(size ?? 0, itemName) : formatCount(size ?? 0);
  const from = populationSize === null ? "" : ` of ${nameItems(populationSize, itemName)}`;
  const risk = formatShare(achievedRisk ?? 1, "up");
  const found = deviations === 0 ? "no deviation" : `at most ${nameDeviations(deviations)}`;
  const discovery = deviations === 0 ? " One deviation is enough for this not to be supported." : "";
  return (
    `${of}${from}: with ${found} found, ${percent(confidence)} confidence that fewer than ` +
    `${percent(tolerableRate)} deviate (${method}; if ${percent(tolerableRate)} deviated, so few would be found with a ` +
    `probability of ${risk}).${discovery}`
  );
}

function describeInfeasible(request: CheckedPlanRequest): string {
  const { tolerableRate, populationSize, itemName } = request;
  const change = "expect fewer deviations, accept a higher tolerable rate, or do not rely on the control.";
  if (parseDecimal(tolerableRate).digits === 0n) {
    return "No sample can show that nothing deviates: accept a tolerable rate above 0 %, or test everything.";
  }
  const count = tolerableCountOf(request);
  const scale =
    count === null || populationSize === null
      ? ""
      : ` (of ${nameItems(populationSize, itemName)} that is ${formatCount(count)}, rounded up)`;
  return (
    `No sample can support this: ${describeExpectation(request)} expected, which is not below the tolerable ` +
    `${percent(tolerableRate)}${scale}: ${change}`
  );
}

function describeExpectation({ expectedRate, expectedDeviations }: CheckedPlanRequest): string {
  if (expectedRate !== null) return `${percent(expectedRate)} deviations are`;
  const count = expectedDeviations ?? 0;
  return `${nameDeviations(count)} ${count > 1 ? "are" : "is"}`;
}

function percent(text: string): string {
  return formatPercent(parseDecimal(text));
}
