import type { PlanningPlot } from "../../../../shared/model/plot-planning.ts";
import type { Flow } from "../flow.ts";
import { margins } from "../report-document.ts";
import { colors } from "../style.ts";
import { drawLabel, drawStroke } from "./drawing.ts";

const edge = { left: 34, top: 10, bottom: 24 };
const [width, height] = [300, 92];

/** What a lower tolerable rate would have cost, and the plan that was chosen. */
export function drawPlanningPlot(flow: Flow, plot: PlanningPlot): void {
  const alt = plot.plan
    ? `Size of the sample against the tolerable rate: it falls from left to right; the plan is ${plot.plan.label}.`
    : "Size of the sample against the tolerable rate: it falls from left to right.";
  flow.figure(edge.top + height + edge.bottom, alt, (top) => {
    const left = margins.left + edge.left;
    const bottom = top + edge.top + height;
    const place = (x: number, y: number): [number, number] => [left + x * width, bottom - y * height];
    for (const { at, label } of plot.sizes) {
      drawStroke(flow, place(0, at), place(1, at));
      drawLabel(flow, label, left - 5, bottom - at * height + 2.2, { align: "right", color: colors.muted });
    }
    for (const { at, label } of plot.rates) {
      drawLabel(flow, label, left + at * width, bottom + 9, { align: "center", color: colors.muted });
    }
    drawLabel(flow, "tolerable rate", left + width / 2, bottom + 19, { align: "center", color: colors.muted });
    for (const line of plot.lines) {
      flow.doc.save().lineWidth(1.1).strokeColor(colors.accent);
      for (const [index, { x, y }] of line.entries()) {
        if (index === 0) flow.doc.moveTo(...place(x, y));
        else flow.doc.lineTo(...place(x, y));
      }
      flow.doc.stroke().restore();
    }
    if (plot.plan === null) return;
    const [x, y] = place(plot.plan.x, plot.plan.y);
    drawStroke(flow, [x, y], [x, bottom], { color: colors.ink, width: 0.7, dash: 2 });
    flow.doc.circle(x, y, 2.6).fill(colors.ink);
    drawLabel(flow, plot.plan.label, x + 6, y - 4, { strong: true, size: 7 });
  });
}
