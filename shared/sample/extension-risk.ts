import type { SamplingModel } from "../model/sample-plan.ts";
import { lowerTail, probabilityOf } from "./count-distribution.ts";
import { parseDecimal } from "./decimal.ts";
import { type DeviationModel, modelDeviations } from "./deviation-model.ts";

/** Testing in two steps: support after the first, or after both, with no more deviations than these in all so far. */
export interface ExtendedTest {
  readonly method: SamplingModel;
  /** Decimal text. */
  readonly tolerableRate: string;
  readonly populationSize: number | null;
  readonly firstSize: number;
  /** −1 when the first step cannot support it by itself. */
  readonly firstAcceptable: number;
  /** Items of both steps. */
  readonly totalSize: number;
  /** Deviations in both steps. */
  readonly totalAcceptable: number;
}

/**
 * The risk of relying on a control that deviates at the tolerable rate when a sample that did not support it is
 * extended: P(first supports) + Σ P(first finds j) × P(the rest finds few enough). It is more than that of either sample
 * alone, which is why "expand until it passes" breaks the stated confidence.
 */
export function riskOfExtension(test: ExtendedTest): number {
  return riskOfSteps(modelDeviations(test.method, parseDecimal(test.tolerableRate), test.populationSize), test);
}

type Steps = Pick<ExtendedTest, "firstSize" | "firstAcceptable" | "totalSize" | "totalAcceptable">;

/** The same, for a search that asks it of thousands of sizes. */
export function riskOfSteps(model: DeviationModel, steps: Steps): number {
  const { firstSize, firstAcceptable, totalSize, totalAcceptable } = steps;
  const first = model.inSample(firstSize);
  let risk = lowerTail(first, firstAcceptable);
  for (let found = Math.max(firstAcceptable + 1, first.lowest); found <= totalAcceptable; found += 1) {
    if (found > first.highest) break;
    const rest = model.inFurtherSample(totalSize - firstSize, firstSize, found);
    risk += probabilityOf(first, found) * lowerTail(rest, totalAcceptable - found);
  }
  return risk;
}
