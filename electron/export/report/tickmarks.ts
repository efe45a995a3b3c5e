import type { Outcome } from "../../../shared/model/result.ts";
import type { ReportDocument } from "./report-document.ts";
import { outcomeColors, outcomeWords } from "./style.ts";

/** Side of the square that a tickmark is drawn in. */
export const tickmarkSize = 9;

/** What a tickmark is called in the legend, and what a screen reader and a copied text say in its place. */
export function wordOf(outcome: Outcome): string {
  return outcomeWords[outcome];
}

/**
 * Draws the lines of a tickmark: ✓ pass, a boxed ✗ fail, a boxed ? no evidence. Drawn, since the text's fonts have no such
 * signs. `not-applicable` is a word and drawn as text.
 */
export function drawTickmark(doc: ReportDocument, outcome: Outcome, x: number, y: number): void {
  const color = outcomeColors[outcome];
  const at = (dx: number, dy: number): [number, number] => [x + dx * tickmarkSize, y + dy * tickmarkSize];
  doc.save().lineWidth(1.1).lineCap("round").lineJoin("round").strokeColor(color);
  if (outcome === "pass") {
    doc
      .moveTo(...at(0.14, 0.55))
      .lineTo(...at(0.4, 0.82))
      .lineTo(...at(0.88, 0.2))
      .stroke();
  }
  if (outcome === "fail") {
    box(doc, x, y, color, "#fdecea");
    doc.moveTo(...at(0.28, 0.28)).lineTo(...at(0.72, 0.72));
    doc
      .moveTo(...at(0.72, 0.28))
      .lineTo(...at(0.28, 0.72))
      .lineWidth(1.1)
      .stroke();
  }
  if (outcome === "no-evidence") {
    box(doc, x, y, color, "#fdf3e0");
    doc.moveTo(...at(0.34, 0.36)).bezierCurveTo(...at(0.34, 0.14), ...at(0.68, 0.14), ...at(0.66, 0.37));
    doc
      .bezierCurveTo(...at(0.65, 0.5), ...at(0.5, 0.46), ...at(0.5, 0.62))
      .lineWidth(0.9)
      .stroke();
    doc.circle(...at(0.5, 0.8), 0.55).fill(color);
  }
  doc.restore();
}

function box(doc: ReportDocument, x: number, y: number, color: string, ground: string): void {
  doc.lineWidth(0.7).roundedRect(x, y, tickmarkSize, tickmarkSize, 1.5).fillAndStroke(ground, color);
}
