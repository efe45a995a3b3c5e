import type { Standing } from "../../../../shared/model/conclusion-words.ts";
import type { IntervalPlot, IntervalRow } from "../../../../shared/model/plot-interval.ts";
import { bodyWidth, type Flow } from "../flow.ts";
import { margins } from "../report-document.ts";
import { colors, outcomeColors } from "../style.ts";
import { drawLabel, drawStroke, type Frame } from "./drawing.ts";

const rowHeight = 14;
const edge = { verdict: 142, top: 6, bottom: 15 };
const tolerableHeight = 8;

export const standingColors: Readonly<Record<Standing, string>> = {
  good: outcomeColors.pass,
  bad: outcomeColors.fail,
  doubt: outcomeColors["no-evidence"],
  none: colors.muted,
};

/** Rates, limits and intervals against what is tolerable, a row for each. More rows than fit on a page go on the next. */
export function drawIntervalPlot(flow: Flow, plot: IntervalPlot, labelWidth = 54): void {
  for (let first = 0; first < plot.rows.length; first += mostRows) {
    const rows = plot.rows.slice(first, first + mostRows);
    const above = edge.top + plot.tolerable.length * tolerableHeight;
    const height = above + rows.length * rowHeight + edge.bottom;
    const alt = rows.map(({ description }) => description).join(" ");
    flow.figure(height, alt, (top) => {
      const left = labelWidth + 8;
      const width = bodyWidth - left - edge.verdict;
      const frame = { left: margins.left + left, top: top + above, width, height: rows.length * rowHeight };
      drawAxis(flow, plot, frame);
      for (const [index, row] of rows.entries()) {
        const y = frame.top + (index + 0.5) * rowHeight;
        drawLabel(flow, row.label, frame.left - 8, y + 2.4, { align: "right", size: 7, width: labelWidth });
        drawRow(flow, row, frame, y);
      }
    });
  }
}

const mostRows = 40;

function drawAxis(flow: Flow, { ticks, tolerable }: IntervalPlot, { left, top, width, height }: Frame): void {
  for (const { at, label } of ticks) {
    const x = left + at * width;
    drawStroke(flow, [x, top], [x, top + height]);
    drawLabel(flow, label, x, top + height + 9, { align: "center", color: colors.muted });
  }
  // One above the other, so that two near each other can be read.
  for (const [index, { at, label }] of tolerable.entries()) {
    const isNearEnd = at > 0.8;
    drawLabel(flow, label, left + at * width + (isNearEnd ? 2 : -2), top - 3 - index * tolerableHeight, {
      align: isNearEnd ? "right" : "left",
      color: outcomeColors.fail,
    });
  }
}

function drawRow(flow: Flow, row: IntervalRow, { left, width }: Frame, y: number): void {
  const at = (unit: number) => left + unit * width;
  const color = standingColors[row.standing];
  if (row.interval) {
    const [from, to] = row.interval.map(at) as [number, number];
    flow.doc.rect(from, y - 2.6, Math.max(to - from, 0.5), 5.2).fill("#d9dee6");
  }
  if (row.tolerable !== null) {
    const x = at(row.tolerable);
    drawStroke(flow, [x, y - rowHeight / 2], [x, y + rowHeight / 2], {
      color: outcomeColors.fail,
      width: 0.8,
      dash: 2,
    });
  }
  if (row.rate !== null && row.upper !== null) {
    drawStroke(flow, [at(row.rate), y], [at(row.upper), y], { color, width: 1.1 });
    drawStroke(flow, [at(row.upper), y - 3.4], [at(row.upper), y + 3.4], { color, width: 1.1 });
  }
  if (row.isCut) drawArrow(flow, left + width + 2, y, color);
  if (row.rate !== null) drawPoint(flow, row.standing, at(row.rate), y, color);
  drawLabel(flow, row.value, left + width + 68, y + 2.4, { align: "right", size: 7, strong: true, width: 62 });
  drawLabel(flow, row.verdict, left + width + 74, y + 2.4, { size: 7, color, width: edge.verdict - 74 });
}

/** Filled where reliance is supported, hollow where it is not, a square where it is open, a diamond where none is claimed. */
function drawPoint({ doc }: Flow, standing: Standing, x: number, y: number, color: string): void {
  doc.save().lineWidth(1.1);
  if (standing === "good") doc.circle(x, y, 2.5).fill(color);
  if (standing === "bad") doc.circle(x, y, 2.3).fillAndStroke("#ffffff", color);
  if (standing === "doubt") doc.rect(x - 2.2, y - 2.2, 4.4, 4.4).fillAndStroke("#ffffff", color);
  if (standing === "none") doc.polygon([x - 2.8, y], [x, y - 2.8], [x + 2.8, y], [x, y + 2.8]).fill(color);
  doc.restore();
}

function drawArrow({ doc }: Flow, x: number, y: number, color: string): void {
  doc
    .save()
    .polygon([x, y - 2.6], [x + 4, y], [x, y + 2.6])
    .fill(color)
    .restore();
}
