import type { ExpansionRisk } from "../model/draw-purpose.ts";
import type { Draw } from "../model/sample.ts";
import type { CheckedPlanRequest } from "../model/sample-plan.ts";
import { lowerTail, probabilityOf } from "./count-distribution.ts";
import { complementOf, formatPercent, parseDecimal } from "./decimal.ts";
import { type DeviationModel, modelDeviations } from "./deviation-model.ts";
import { isWithinRisk, riskOf } from "./risk.ts";
import { followersOf } from "./tested-samples.ts";
import { formatCount, formatShare } from "./wording.ts";

/** A point at which the control would have been relied on: with so many deviations or fewer in so many items, both in all. */
export interface TestStep {
  readonly size: number;
  /** −1 when it could not be relied on then. */
  readonly acceptable: number;
}

/**
 * The risk of relying on a control that deviates at the tolerable rate when it is tested step by step until it is
 * supported, in any number of steps: the probability that one of them supports it.
 */
export function riskOfSteps(model: DeviationModel, steps: readonly TestStep[]): number {
  const mostAcceptable = Math.max(...steps.map(({ acceptable }) => acceptable));
  let risk = 0;
  let tested = 0;
  // Deviations found so far → probability of getting there without support.
  let unsupported = new Map([[0, 1]]);
  for (const { size, acceptable } of steps) {
    const next = new Map<number, number>();
    for (const [found, probability] of unsupported) {
      const rest = model.inFurtherSample(size - tested, tested, found);
      for (let more = 0; found + more <= mostAcceptable; more += 1) {
        const reached = probability * probabilityOf(rest, more);
        if (found + more <= acceptable) risk += reached;
        else next.set(found + more, (next.get(found + more) ?? 0) + reached);
      }
    }
    unsupported = next;
    tested = size;
  }
  return risk;
}

/**
 * What extending a sample outside of its plan does to the risk that the plan names.
 *
 * @param before the draw log up to the expansion
 * @param more items that are added
 * @returns null when the size of the initial draw rests on no plan: then there is no risk that could grow
 */
export function riskOfExpansion(initial: Draw, before: readonly Draw[], more: number): ExpansionRisk | null {
  const { basis } = initial;
  if (basis.kind !== "plan" && basis.kind !== "two-stage-plan") return null;
  const request = basis.plan.request;
  const risk = riskOf(request.confidence);
  const model = modelDeviations(request.method, parseDecimal(request.tolerableRate), request.populationSize);
  const steps: TestStep[] = [];
  const isTwoStage = basis.kind === "two-stage-plan";
  let size = initial.size;
  steps.push({ size, acceptable: isTwoStage ? 0 : acceptableIn(model, size, risk) });
  for (const { purpose, size: added } of followersOf(initial, before)) {
    if (purpose.kind === "replacement") continue;
    size += added;
    steps.push({ size, acceptable: purpose.kind === "second-stage" ? 1 : acceptableIn(model, size, risk) });
  }
  size += more;
  steps.push({ size, acceptable: acceptableIn(model, size, risk) });
  const actual = riskOfSteps(model, steps);
  return { planned: risk, actual, sentence: describeRisk(request, more, actual) };
}

/** The most deviations with which a sample of this size by itself supports the tolerable rate; −1 for none. */
function acceptableIn(model: DeviationModel, size: number, risk: number): number {
  let acceptable = -1;
  while (acceptable < size && isWithinRisk(lowerTail(model.inSample(size), acceptable + 1), risk)) acceptable += 1;
  return acceptable;
}

function describeRisk({ confidence, itemName }: CheckedPlanRequest, more: number, actual: number): string {
  const planned = formatPercent(complementOf(parseDecimal(confidence)));
  return (
    `The sample was extended by ${formatCount(more)} ${itemName} outside of its plan: the risk of relying on a control ` +
    `in error, over all steps together, is ${formatShare(actual, "up")} and not ${planned}.`
  );
}
