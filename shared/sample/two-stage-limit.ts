import type { SamplingModel } from "../model/sample-plan.ts";
import { riskOfExtension } from "./extension-risk.ts";
import { bisect, firstReached } from "./limit-root.ts";
import { isWithinRisk } from "./risk.ts";

/** Two tested stages, the second of which was drawn because of what the first one showed. */
export interface TestedStages {
  readonly method: SamplingModel;
  /** Needed by the hypergeometric method. */
  readonly populationSize: number | null;
  readonly firstSize: number;
  /** Items of both stages. */
  readonly totalSize: number;
  /** Deviations in both stages. */
  readonly deviations: number;
}

/**
 * One-sided upper limit of the rate after two stages: the rate at which the whole procedure – none in the first stage, or
 * so few in both – still has a probability of `risk`. The usual limit of one sample of both sizes would be too low, since
 * it leaves out that a clean first stage would have ended the test. Each deviation more counts as if every first stage
 * went on to the second one, which states the limit too high and never too low.
 */
export function upperLimitOfStages(stages: TestedStages, risk: number): number {
  const { method, populationSize, firstSize, totalSize, deviations } = stages;
  if (deviations >= totalSize) return 1;
  const probabilityAt = (tolerableRate: string) =>
    riskOfExtension({
      ...{ method, tolerableRate, populationSize, firstSize, totalSize },
      firstAcceptable: 0,
      totalAcceptable: deviations,
    });
  if (method === "hypergeometric" && populationSize !== null) {
    const isRuledOut = (count: number) => isWithinRisk(probabilityAt(shareOf(count, populationSize)), risk);
    const most = populationSize - (totalSize - deviations);
    return (firstReached(deviations + 1, most + 1, isRuledOut) - 1) / populationSize;
  }
  return bisect(0, 1, (rate) => probabilityAt(rate.toFixed(20)) > risk);
}

/** Decimal text that is rounded up to exactly the count of a population of this size. */
function shareOf(count: number, populationSize: number): string {
  return ((count - 0.5) / populationSize).toFixed(20);
}
