import { stepsTo } from "./plot-axis.ts";

/* A population by week with what was drawn from it, in unit coordinates from the lower left corner. */

export interface WeekCount {
  /** Monday, `YYYY-MM-DD`. */
  readonly monday: string;
  readonly count: number;
  readonly sampled: number;
}

export interface WeekBar extends WeekCount {
  /** Left end and width. */
  readonly x: number;
  readonly width: number;
  readonly height: number;
  /** Whether the week's date stands below it: not each has the room. */
  readonly isDated: boolean;
}

export interface WeekPlot {
  readonly bars: readonly WeekBar[];
  readonly ticks: readonly { readonly at: number; readonly count: number }[];
}

/** Part of a week's place that stays empty beside its bar. */
const gap = 0.18;

export function plotWeeks(weeks: readonly WeekCount[], mostDates = 10): WeekPlot {
  const most = Math.max(1, ...weeks.map(({ count }) => count));
  const ticks = stepsTo(most, 4).filter(Number.isInteger);
  const place = 1 / Math.max(1, weeks.length);
  const every = Math.max(1, Math.ceil(weeks.length / mostDates));
  return {
    bars: weeks.map((week, index) => ({
      ...week,
      x: (index + gap / 2) * place,
      width: place * (1 - gap),
      height: week.count / most,
      isDated: index % every === 0,
    })),
    ticks: ticks.map((count) => ({ at: count / most, count })),
  };
}
