import type { CheckedPlanRequest } from "../model/sample-plan.ts";
import { parseDecimal, toNumber } from "./decimal.ts";
import { type FoundSize, largestPlannedSize, tolerableCountOf } from "./plan-search.ts";
import { formatCount, formatShare, nameDeviations, nameItems, percentOf } from "./wording.ts";

/** What a plan says in a workpaper; or why there is none and what to change. */
export function describePlan(request: CheckedPlanRequest, found: FoundSize): string {
  const { size, acceptableDeviations, achievedRisk, status } = found;
  if (parseDecimal(request.tolerableRate).digits === 0n) {
    return "No sample can show that nothing deviates: accept a tolerable rate above 0 %, or test everything.";
  }
  if (status === "infeasible_expected_not_below_tolerable") return describeInfeasible(request);
  if (size === null || acceptableDeviations === null || achievedRisk === null) return describeTooLarge(request);
  if (status === "exceeds_population") return describeTooFew(request, size);
  if (size === request.populationSize) return describeEverything(request, size, acceptableDeviations);
  return describeSize(request, size, acceptableDeviations, achievedRisk);
}

/** What a plan, when it comes out as hoped, lets the auditor say: `fewer than 5 % of all changes deviate`. */
export function describeAim(request: Omit<CheckedPlanRequest, "expectedRate" | "expectedDeviations">): string {
  const { tolerableRate, populationSize, itemName } = request;
  const rate = percentOf(tolerableRate);
  const count = tolerableCountOf(request);
  if (count === null || populationSize === null) return `fewer than ${rate} of all ${itemName} deviate`;
  const rounded = count / populationSize === toNumber(parseDecimal(tolerableRate)) ? rate : `${rate}, rounded up`;
  const all = nameItems(populationSize, itemName);
  if (count === 1) return `none of the ${all} deviates (fewer than 1; ${rounded})`;
  return `fewer than ${formatCount(count)} of the ${all} deviate (${rounded})`;
}

function describeSize(request: CheckedPlanRequest, size: number, acceptable: number, risk: number): string {
  const { populationSize, itemName, confidence, method } = request;
  const items =
    populationSize === null
      ? nameItems(size, itemName)
      : `${formatCount(size)} of ${nameItems(populationSize, itemName)}`;
  const isDiscovery = acceptable === 0;
  const kind = isDiscovery ? "Discovery sample" : "Sample";
  const hoped = isDiscovery
    ? "none of them deviates"
    : `at most ${formatCount(acceptable)} of them ${acceptable === 1 ? "deviates" : "deviate"}`;
  const otherwise = isDiscovery
    ? "a single deviation means that it cannot"
    : `with ${formatCount(acceptable + 1)} or more it cannot`;
  return (
    `${kind} of ${items}: if ${hoped}, it can be concluded with ${percentOf(confidence)} confidence that ` +
    `${describeAim(request)}; ${otherwise} (${method}, ${describeExpectation(request)} expected; risk of concluding ` +
    `so in error at most ${formatShare(risk, "up")}).`
  );
}

function describeEverything(request: CheckedPlanRequest, size: number, acceptable: number): string {
  const shown = `${acceptable === 0 ? "" : "at most "}${nameDeviations(acceptable)}`;
  return (
    `Everything (${nameItems(size, request.itemName)}) has to be tested and show ${shown}: by the ${request.method} ` +
    `method no smaller sample lets it be concluded with ${percentOf(request.confidence)} confidence that ` +
    `${describeAim(request)}.`
  );
}

function describeTooFew({ populationSize, itemName }: CheckedPlanRequest, size: number): string {
  return (
    `${nameItems(size, itemName)} would be needed, and there are only ${formatCount(populationSize ?? 0)}: plan with ` +
    "the hypergeometric method, which takes the size of the population into account, or test everything."
  );
}

function describeTooLarge(request: CheckedPlanRequest): string {
  const { confidence, itemName } = request;
  return (
    `No sample of up to ${formatCount(largestPlannedSize)} ${itemName} lets it be concluded with ` +
    `${percentOf(confidence)} confidence that ${describeAim(request)}, expecting ${describeExpectation(request)}: accept ` +
    "a higher tolerable rate, expect fewer deviations, lower the confidence, or test everything."
  );
}

function describeInfeasible(request: CheckedPlanRequest): string {
  const { tolerableRate, populationSize, itemName } = request;
  const count = tolerableCountOf(request);
  const scale =
    count === null || populationSize === null
      ? ""
      : `; of ${nameItems(populationSize, itemName)} that is ${formatCount(count)}, rounded up`;
  return (
    `No sample can support this, because what is expected (${describeExpectation(request)}) is not below what can be ` +
    `tolerated (${percentOf(tolerableRate)}${scale}): expect fewer deviations, accept a higher tolerable rate, or do ` +
    "not rely on the control."
  );
}

function describeExpectation({ expectedRate, expectedDeviations }: CheckedPlanRequest): string {
  if (expectedDeviations !== null) return nameDeviations(expectedDeviations);
  return expectedRate === null || parseDecimal(expectedRate).digits === 0n
    ? nameDeviations(0)
    : `${percentOf(expectedRate)} deviations`;
}
