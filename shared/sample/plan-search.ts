import type { CheckedPlanRequest, PlanStatus } from "../model/sample-plan.ts";
import { isLowerTailAbove, lowerTail } from "./count-distribution.ts";
import { compareDecimals, multiplyUp, parseDecimal } from "./decimal.ts";
import { modelDeviations } from "./deviation-model.ts";
import { largestWithin, riskOf } from "./risk.ts";

/** No plan asks for more items than this: who needs more has to test everything or expect less. */
export const largestPlannedSize = 5000;

export interface FoundSize {
  readonly status: PlanStatus;
  readonly size: number | null;
  readonly acceptableDeviations: number | null;
  readonly achievedRisk: number | null;
}

/**
 * The smallest sample that is larger than the deviations that it puts up with, and in which so few would be found with
 * no more than the risk if the population deviated at the tolerable rate. With an expected rate each deviation more that
 * is put up with makes the risk jump, so a size may be enough and the next one not: the search goes upwards and never
 * bisects.
 */
export function searchSize(request: CheckedPlanRequest): FoundSize {
  if (isInfeasible(request)) return withoutSize("infeasible_expected_not_below_tolerable");
  const risk = riskOf(request.confidence);
  const model = modelDeviations(request.method, parseDecimal(request.tolerableRate), request.populationSize);
  const expectedIn = expectationOf(request);
  for (let size = 1; size <= largestSize(request); size += 1) {
    const expected = expectedIn(size);
    if (size <= expected) continue;
    const distribution = model.inSample(size);
    if (isLowerTailAbove(distribution, expected, largestWithin(risk))) continue;
    const achievedRisk = lowerTail(distribution, expected);
    const isMoreThanAll = request.populationSize !== null && size > request.populationSize;
    return { status: isMoreThanAll ? "exceeds_population" : "ok", size, acceptableDeviations: expected, achievedRisk };
  }
  return withoutSize("exceeds_max");
}

/** Deviating items in a population that deviates at the tolerable rate; null where populations are taken as endless. */
export function tolerableCountOf(request: {
  readonly method: string;
  readonly tolerableRate: string | null;
  readonly populationSize: number | null;
}): number | null {
  const { method, tolerableRate, populationSize } = request;
  if (method !== "hypergeometric" || tolerableRate === null || populationSize === null) return null;
  return multiplyUp(parseDecimal(tolerableRate), populationSize);
}

/** Whether as many deviations are expected as can be tolerated: then no sample can tell the one from the other. */
function isInfeasible(request: CheckedPlanRequest): boolean {
  const { expectedRate, expectedDeviations, tolerableRate, populationSize } = request;
  const rate = expectedRate ?? (expectedDeviations === null ? "0" : null);
  if (rate !== null && compareDecimals(parseDecimal(rate), parseDecimal(tolerableRate)) >= 0) return true;
  const tolerableCount = tolerableCountOf(request);
  return tolerableCount !== null && expectationOf(request)(populationSize ?? 0) >= tolerableCount;
}

/** The deviations expected in a sample of a size. */
function expectationOf({ expectedRate, expectedDeviations }: CheckedPlanRequest): (size: number) => number {
  if (expectedDeviations !== null) return () => expectedDeviations;
  const rate = parseDecimal(expectedRate ?? "0");
  return (size) => multiplyUp(rate, size);
}

function largestSize({ method, populationSize }: CheckedPlanRequest): number {
  const isBounded = method === "hypergeometric" && populationSize !== null;
  return isBounded ? Math.min(populationSize, largestPlannedSize) : largestPlannedSize;
}

function withoutSize(status: PlanStatus): FoundSize {
  return { status, size: null, acceptableDeviations: null, achievedRisk: null };
}
