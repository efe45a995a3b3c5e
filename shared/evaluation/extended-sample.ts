import type { OutcomeCounts, Support } from "../model/conclusion.ts";
import type { ValidLimit } from "../model/sample-limit.ts";
import type { TwoStagePlan } from "../model/sample-plan.ts";
import { riskOfExtension } from "../sample/extension-risk.ts";
import { isWithinRisk, riskOf } from "../sample/risk.ts";
import { upperLimitOfStages } from "../sample/two-stage-limit.ts";
import { limitOfCounts, type SampledPopulation } from "./count-limits.ts";
import type { Terms } from "./staged-sample.ts";

/** Counts of the initial draw and of what was drawn after it. */
export interface StagedCounts {
  readonly first: OutcomeCounts;
  readonly further: OutcomeCounts;
  readonly all: OutcomeCounts;
}

export interface Ruling {
  readonly support: Support;
  /** Risk of the procedure as it was carried out, where it is another than the plan's. */
  readonly trueRisk: number | null;
}

/**
 * Decides by a two-stage plan: none deviates in the first stage, or one there and none in the second. A second stage that
 * another control called for is not overlooked: whatever was found counts, so that there may be one in both stages at
 * most. Where the control did not apply to some items, a stage is smaller than planned, and the risk is computed again.
 */
export function ruleTwoStages({ first, further, all }: StagedCounts, plan: TwoStagePlan, limit: ValidLimit): Ruling {
  const { confidence, tolerableRate } = plan.request;
  const isSecondDrawn = further.tested > 0;
  const risk = riskOfExtension({
    method: limit.request.method,
    tolerableRate,
    populationSize: limit.request.populationSize,
    firstSize: first.applicable,
    firstAcceptable: 0,
    totalSize: first.applicable + (isSecondDrawn ? further.applicable : (plan.stageSize ?? 0)),
    totalAcceptable: 1,
  });
  const trueRisk = first.notApplicable + further.notApplicable > 0 ? risk : null;
  if (all.deviations > 1) return { support: "not-supported", trueRisk };
  if (!isWithinRisk(risk, riskOf(confidence))) return { support: "not-supported", trueRisk };
  const isDue = first.deviations === 1 && !isSecondDrawn;
  return { support: isDue ? "second-stage-due" : "supported", trueRisk };
}

/** The limit that holds after both stages; that of the first stage where the second was not drawn. */
export function limitOfStages({ first, further, all }: StagedCounts, limit: ValidLimit): number {
  if (further.applicable === 0) return limit.upper;
  const { method, confidence, populationSize } = limit.request;
  const stages = { method, populationSize, firstSize: first.applicable, totalSize: all.applicable };
  return upperLimitOfStages({ ...stages, deviations: all.deviations }, riskOf(confidence));
}

/**
 * Decides where items were added outside of any plan. The first sample alone still has its risk, so that a control which
 * it supported, and which all items support, is supported; so is one whose first items were clean and only too few. Where
 * the first items deviated too often, and all items together do not, more were added because of what was found, and the
 * risk of doing so is above the plan's: the claim is withheld.
 */
export function ruleExpansion(
  counts: StagedCounts,
  terms: Terms,
  population: SampledPopulation,
  limit: ValidLimit,
): Ruling {
  const { first, all } = counts;
  if (!limit.supportsTolerable) return { support: "not-supported", trueRisk: null };
  const supports = (deviations: number) =>
    limitOfCounts({ ...first, deviations }, terms, population)?.supportsTolerable === true;
  if (first.deviations === 0 || supports(first.deviations)) return { support: "supported", trueRisk: null };
  const trueRisk = riskOfExtension({
    method: limit.request.method,
    tolerableRate: terms.tolerableRate ?? "0",
    populationSize: limit.request.populationSize,
    firstSize: first.applicable,
    firstAcceptable: mostAcceptable(first.deviations - 1, supports),
    totalSize: all.applicable,
    totalAcceptable: all.deviations,
  });
  return { support: "withheld", trueRisk };
}

/** The most deviations, up to `from`, with which the first sample would have been enough; a clean one ends any test. */
function mostAcceptable(from: number, supports: (deviations: number) => boolean): number {
  for (let deviations = from; deviations > 0; deviations -= 1) if (supports(deviations)) return deviations;
  return 0;
}
