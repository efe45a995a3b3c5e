import { PlanPoint, PlanRequest, type SamplePlan } from "../model/sample-plan.ts";
import { checkRequest } from "./checked-request.ts";
import { searchSize, tolerableCountOf } from "./plan-search.ts";
import { describePlan } from "./plan-sentence.ts";

/**
 * Plans a sample: how many items, and how many of them may deviate, for a confidence that fewer than the tolerable rate
 * of the population deviate.
 *
 * @throws request-invalid
 */
export function planSample(request: PlanRequest): SamplePlan {
  const checked = checkRequest(PlanRequest, request);
  const found = searchSize(checked);
  return {
    request: checked,
    ...found,
    tolerableCount: tolerableCountOf(checked),
    sentence: describePlan(checked, found),
  };
}

/** From 1 % to 20 % in steps of half a per cent. */
const usualRates = Array.from({ length: 39 }, (_, step) => ((step + 2) / 200).toFixed(3));

/**
 * The same plan at many tolerable rates, for a picture of what a lower rate costs.
 * @throws request-invalid
 */
export function planCurve(request: PlanRequest, tolerableRates: readonly string[] = usualRates): PlanPoint[] {
  const checked = checkRequest(PlanRequest, request);
  return tolerableRates.map((rate) => {
    const tolerableRate = PlanPoint.shape.tolerableRate.parse(rate);
    const { status, size, acceptableDeviations } = searchSize({ ...checked, tolerableRate });
    const isPlan = status === "ok";
    return {
      tolerableRate,
      size: isPlan ? size : null,
      acceptableDeviations: isPlan ? acceptableDeviations : null,
    };
  });
}
