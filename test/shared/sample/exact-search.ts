import type { PlanRequest } from "../../../shared/model/sample-plan.ts";
import {
  binomialTail,
  ceilingOf,
  hypergeometricTail,
  isAtMost,
  minus,
  poissonTail,
  type Share,
  shareOf,
} from "./exact-tails.ts";

const one: Share = { over: 1n, under: 1n };

/** 1 − confidence. */
export function exactRisk(confidence: string): Share {
  return minus(one, shareOf(confidence));
}

export function halfOfShare({ over, under }: Share): Share {
  return { over, under: under * 2n };
}

/** A plan as the definition says it, size by size; null when none up to `largest` is enough. */
export function smallestSize(request: PlanRequest, largest: number): { size: number; acceptable: number } | null {
  const { method, confidence, tolerableRate, expectedRate, expectedDeviations, populationSize } = request;
  const rate = shareOf(tolerableRate);
  for (let size = 1; size <= largest; size += 1) {
    const acceptable = expectedDeviations ?? ceilingOf(shareOf(expectedRate ?? "0"), size);
    if (size <= acceptable) continue;
    const tail =
      method === "binomial"
        ? binomialTail(acceptable, size, rate)
        : method === "poisson"
          ? poissonTail(acceptable, { over: rate.over * BigInt(size), under: rate.under })
          : hypergeometricTail(acceptable, populationSize ?? 0, ceilingOf(rate, populationSize ?? 0), size);
    if (isAtMost(tail, exactRisk(confidence))) return { size, acceptable };
  }
  return null;
}

/** Every number of deviating items that the sample leaves possible and that the risk does not rule out. */
export function possibleCounts(
  deviations: number,
  size: number,
  population: number,
  risk: Share,
  side: "upper" | "lower",
) {
  const counts: number[] = [];
  for (let deviating = deviations; deviating <= population - (size - deviations); deviating += 1) {
    const tail =
      side === "upper"
        ? hypergeometricTail(deviations, population, deviating, size)
        : minus(
            one,
            deviations === 0
              ? { over: 0n, under: 1n }
              : hypergeometricTail(deviations - 1, population, deviating, size),
          );
    const isRuledOut = isAtMost(tail, risk);
    // With everything that was found deviating and no more, so few are certain.
    if (!isRuledOut || (side === "upper" && deviating === deviations)) counts.push(deviating);
  }
  return counts;
}
