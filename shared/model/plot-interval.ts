import type { Conclusion, StratumConclusion } from "./conclusion.ts";
import { type Standing, standings, supportWords } from "./conclusion-words.ts";
import { stepsTo } from "./plot-axis.ts";
import { formatRate, formatTypedRate } from "./rate-text.ts";

/*
 * The picture of rates against what is tolerable, in unit coordinates: 0 is the left end of the axis, 1 the right one.
 * The window draws it as SVG and the report with lines on paper, from the same numbers.
 */

export interface IntervalRow {
  readonly id: string;
  readonly label: string;
  readonly standing: Standing;
  /** Most likely rate; null where the control applied to nothing. */
  readonly rate: number | null;
  /** One-sided upper limit; null where there is none. */
  readonly upper: number | null;
  /** Ends of the two-sided interval; null where there is none. */
  readonly interval: readonly [number, number] | null;
  readonly tolerable: number | null;
  /** Whether something lies beyond the right end, where an arrow points to it. */
  readonly isCut: boolean;
  /** The number that stands beside it: `4.88 %`, `exactly 3.33 %`. */
  readonly value: string;
  /** `supported`. */
  readonly verdict: string;
  /** All of it in words, for who cannot see it. */
  readonly description: string;
}

export interface IntervalPlot {
  readonly rows: readonly IntervalRow[];
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** Tolerable rates of the rows, each once. */
  readonly tolerable: readonly { readonly at: number; readonly label: string }[];
}

export interface ToPlot {
  readonly id: string;
  readonly label: string;
  readonly tolerableRate: string | null;
  readonly numbers: Pick<Conclusion, "rate" | "limits" | "support" | "deviations" | "applicable">;
}

/** Controls by their ids, and what they were tested on where that is another population or another sample. */
export function plotConclusions(conclusions: readonly Conclusion[]): IntervalPlot {
  return plotIntervals(
    conclusions.map((numbers) => ({
      id: `${numbers.drawId} ${numbers.control}`,
      label: numbers.control,
      tolerableRate: numbers.tolerableRate,
      numbers,
    })),
  );
}

/** One control, and below it each of its strata. */
export function plotControl(conclusion: Conclusion): IntervalPlot {
  const { tolerableRate } = conclusion;
  const strata = conclusion.strata.map((numbers: StratumConclusion) => ({
    id: numbers.stratum,
    label: numbers.stratum,
    tolerableRate,
    numbers,
  }));
  return plotIntervals([{ id: "all", label: conclusion.control, tolerableRate, numbers: conclusion }, ...strata]);
}

/** Rates far above what is tolerable would press all others to the left: the axis ends at this many times of it. */
const mostTolerables = 4;

export function plotIntervals(toPlot: readonly ToPlot[]): IntervalPlot {
  const end = endOf(toPlot);
  const at = (rate: number) => Math.min(rate / end, 1);
  const tolerable = [...new Set(toPlot.flatMap(({ tolerableRate }) => tolerableRate ?? []))];
  return {
    rows: toPlot.map((each) => rowOf(each, end)),
    ticks: stepsTo(end, 8).map((rate) => ({ at: at(rate), label: `${Number((rate * 100).toPrecision(6))} %` })),
    tolerable: tolerable
      .filter((rate) => Number(rate) <= end)
      .map((rate) => ({ at: at(Number(rate)), label: `tolerable ${formatTypedRate(rate)}` })),
  };
}

function endOf(toPlot: readonly ToPlot[]): number {
  const tolerable = Math.max(0, ...toPlot.map(({ tolerableRate }) => Number(tolerableRate ?? 0)));
  const largest = Math.max(0, ...toPlot.map(({ numbers }) => largestOf(numbers)));
  const needed = Math.max(0.02, tolerable * 1.25, largest * 1.05);
  return Math.min(1, tolerable > 0 ? Math.min(needed, Math.max(mostTolerables * tolerable, 0.2)) : needed);
}

function largestOf({ rate, limits }: ToPlot["numbers"]): number {
  return Math.max(rate ?? 0, limits?.upper ?? 0, limits?.upperTwoSided ?? 0);
}

function rowOf({ id, label, tolerableRate, numbers }: ToPlot, end: number): IntervalRow {
  const { rate, limits, support } = numbers;
  const at = (value: number) => Math.min(value / end, 1);
  const ends = [limits?.lowerTwoSided ?? null, limits?.upperTwoSided ?? null] as const;
  return {
    id,
    label,
    standing: standings[support],
    rate: rate === null ? null : at(rate),
    upper: limits ? at(limits.upper) : null,
    interval: ends[0] === null || ends[1] === null ? null : [at(ends[0]), at(ends[1])],
    tolerable: tolerableRate === null || Number(tolerableRate) > end ? null : at(Number(tolerableRate)),
    isCut: largestOf(numbers) > end,
    value: valueShown(numbers),
    verdict: supportWords[support],
    description: describe(label, tolerableRate, numbers),
  };
}

function valueShown({ rate, limits, support }: ToPlot["numbers"]): string {
  if (limits) return formatRate(limits.upper, "up");
  if (rate === null) return "–";
  return support === "not-projected" ? `${formatRate(rate)} of the tested` : `exactly ${formatRate(rate)}`;
}

function describe(label: string, tolerableRate: string | null, numbers: ToPlot["numbers"]): string {
  const { deviations, applicable, rate, limits, support } = numbers;
  const parts = [`${label}: ${deviations} of ${applicable} deviate`];
  if (rate !== null) parts.push(`most likely ${formatRate(rate)}`);
  if (limits) parts.push(`upper limit ${formatRate(limits.upper, "up")}`);
  if (tolerableRate !== null) parts.push(`tolerable ${formatTypedRate(tolerableRate)}`);
  return `${parts.join(", ")}: ${supportWords[support]}.`;
}
