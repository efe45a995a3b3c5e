import { type CheckedPlanRequest, PlanRequest, type TwoStagePlan } from "../model/sample-plan.ts";
import { checkRequest } from "./checked-request.ts";
import { parseDecimal } from "./decimal.ts";
import { modelDeviations } from "./deviation-model.ts";
import { riskOfSteps } from "./extension-risk.ts";
import { largestPlannedSize } from "./plan-search.ts";
import { describeAim } from "./plan-sentence.ts";
import { isWithinRisk, riskOf } from "./risk.ts";
import { formatCount, formatShare, percentOf } from "./wording.ts";

/**
 * Plans stop-or-go testing in two stages of one size, so that the risk of the whole is held: none deviates → supported,
 * one → the second stage, where none may deviate, more → not supported. What is expected plays no part.
 *
 * @throws request-invalid
 */
export function planTwoStages(request: PlanRequest): TwoStagePlan {
  const checked = checkRequest(PlanRequest, request);
  const risk = riskOf(checked.confidence);
  const model = modelDeviations(checked.method, parseDecimal(checked.tolerableRate), checked.populationSize);
  for (let stageSize = 1; stageSize <= largestStage(checked); stageSize += 1) {
    const sizes = { firstSize: stageSize, totalSize: 2 * stageSize };
    const achievedRisk = riskOfSteps(model, { ...sizes, firstAcceptable: 0, totalAcceptable: 1 });
    if (!isWithinRisk(achievedRisk, risk)) continue;
    const isMoreThanAll = checked.populationSize !== null && 2 * stageSize > checked.populationSize;
    const status = isMoreThanAll ? "exceeds_population" : "ok";
    const sentence = isMoreThanAll ? describeTooMany(checked, stageSize) : describe(checked, stageSize, achievedRisk);
    return { request: checked, status, stageSize, achievedRisk, sentence };
  }
  return {
    request: checked,
    status: "exceeds_max",
    stageSize: null,
    achievedRisk: null,
    sentence: describeNone(checked),
  };
}

/** Without replacement both stages have to fit into the population. */
function largestStage({ method, populationSize }: CheckedPlanRequest): number {
  const isBounded = method === "hypergeometric" && populationSize !== null;
  return isBounded ? Math.min(Math.floor(populationSize / 2), largestPlannedSize) : largestPlannedSize;
}

function describe(request: CheckedPlanRequest, stageSize: number, achievedRisk: number): string {
  const { populationSize, itemName, confidence, method } = request;
  const of = populationSize === null ? "" : ` of ${formatCount(populationSize)}`;
  return (
    `Two stages of ${formatCount(stageSize)}${of} ${itemName} (stop-or-go): if none of the first stage deviates, or one ` +
    `there and none of the second, it can be concluded with ${percentOf(confidence)} confidence that ` +
    `${describeAim(request)}; two deviations in the first stage, or one in the second, mean that it cannot (${method}; ` +
    `risk of concluding so in error, both stages together, at most ${formatShare(achievedRisk, "up")}).`
  );
}

function describeTooMany({ populationSize, itemName }: CheckedPlanRequest, stageSize: number): string {
  return (
    `Two stages of ${formatCount(stageSize)} ${itemName} would be needed, and there are only ` +
    `${formatCount(populationSize ?? 0)}: plan with the hypergeometric method, or test everything.`
  );
}

function describeNone(request: CheckedPlanRequest): string {
  const { itemName, confidence } = request;
  return (
    `No two stages of up to ${formatCount(largestStage(request))} ${itemName} let it be concluded with ` +
    `${percentOf(confidence)} confidence that ${describeAim(request)}: accept a higher tolerable rate, lower the ` +
    "confidence, plan one stage, or test everything."
  );
}
