import { stepsTo } from "./plot-axis.ts";
import { formatTypedRate } from "./rate-text.ts";
import type { PlanPoint, SamplePlan } from "./sample-plan.ts";

/* What a lower tolerable rate costs: sizes of a sample against it, in unit coordinates from the lower left corner. */

export interface PlanningPlot {
  /** Points from left to right; lines that a rate without a plan parts. */
  readonly lines: readonly (readonly { readonly x: number; readonly y: number }[])[];
  readonly rates: readonly { readonly at: number; readonly label: string }[];
  readonly sizes: readonly { readonly at: number; readonly label: string }[];
  /** The plan at hand; null where it has no size. */
  readonly plan: { readonly x: number; readonly y: number; readonly label: string } | null;
}

export function plotPlanning(points: readonly PlanPoint[], plan: SamplePlan): PlanningPlot {
  const planned = { rate: Number(plan.request.tolerableRate), size: plan.status === "ok" ? plan.size : null };
  const rates = [...points.map(({ tolerableRate }) => Number(tolerableRate)), planned.rate];
  const rateEnd = Math.max(0.01, ...rates);
  const sizeEnd = Math.max(10, planned.size ?? 0, ...points.map(({ size }) => size ?? 0)) * 1.05;
  const place = (rate: number, size: number) => ({ x: rate / rateEnd, y: size / sizeEnd });
  return {
    lines: linesOf(points, place),
    rates: stepsTo(rateEnd, 10).map((rate) => ({ at: rate / rateEnd, label: formatTypedRate(String(rate)) })),
    sizes: stepsTo(sizeEnd, 5).map((size) => ({ at: size / sizeEnd, label: String(size) })),
    plan:
      planned.size === null || planned.rate === 0
        ? null
        : {
            ...place(planned.rate, planned.size),
            label: `${planned.size} at ${formatTypedRate(plan.request.tolerableRate)}`,
          },
  };
}

function linesOf(
  points: readonly PlanPoint[],
  place: (rate: number, size: number) => { x: number; y: number },
): { x: number; y: number }[][] {
  const lines: { x: number; y: number }[][] = [[]];
  for (const { tolerableRate, size } of points) {
    if (size === null) lines.push([]);
    else lines.at(-1)?.push(place(Number(tolerableRate), size));
  }
  return lines.filter((line) => line.length > 0);
}
