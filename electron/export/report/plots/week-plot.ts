import { plotWeeks, type WeekCount } from "../../../../shared/model/plot-weeks.ts";
import { bodyWidth, type Flow } from "../flow.ts";
import { margins } from "../report-document.ts";
import { colors } from "../style.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";
import { drawLabel, drawStroke, type Frame } from "./drawing.ts";

const edge = { left: 34, top: 6, bottom: 26 };
const height = 74;

/** Items by week, and below each week how many of them were drawn. */
export function drawWeekPlot(flow: Flow, weeks: readonly WeekCount[], noun: { one: string; many: string }): void {
  const plot = plotWeeks(weeks, 8);
  const alt = weeks
    .map(
      ({ monday, count, sampled }) =>
        `Week of ${formatDay(monday)}: ${countOf(count, noun.one, noun.many)}, ${sampled} drawn.`,
    )
    .join(" ");
  flow.figure(edge.top + height + edge.bottom, alt, (top) => {
    const frame: Frame = { left: margins.left + edge.left, top: top + edge.top, width: bodyWidth - edge.left, height };
    const bottom = frame.top + height;
    for (const { at, count } of plot.ticks) {
      const y = bottom - at * height;
      drawStroke(flow, [frame.left, y], [frame.left + frame.width, y]);
      drawLabel(flow, formatCount(count), frame.left - 5, y + 2.2, { align: "right", color: colors.muted });
    }
    drawLabel(flow, "drawn", frame.left - 5, bottom + 9, { align: "right", strong: true });
    for (const bar of plot.bars) {
      const x = frame.left + bar.x * frame.width;
      const width = bar.width * frame.width;
      flow.doc.rect(x, bottom - bar.height * height, width, bar.height * height).fill("#8fb0dc");
      const middle = x + width / 2;
      if (bar.sampled > 0) drawLabel(flow, String(bar.sampled), middle, bottom + 9, { align: "center", strong: true });
      if (bar.isDated) {
        drawLabel(flow, formatDay(bar.monday).replace(/ \d{4}$/, ""), x, bottom + 19, { color: colors.muted });
      }
    }
    drawStroke(flow, [frame.left, bottom], [frame.left + frame.width, bottom], { color: colors.strongRule });
  });
}
