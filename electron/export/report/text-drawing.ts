import type { ReportDocument } from "./report-document.ts";
import { leading, sizes } from "./style.ts";
import type { Line } from "./text-lines.ts";

/** From the top of the line to the top of the next. */
export function heightOf(line: Line): number {
  return (
    leading * line.runs.reduce((size, run) => Math.max(size, run.span.size), line.runs.length === 0 ? sizes.mono : 0)
  );
}

/** From the top of the line to what its letters stand on. */
export function baselineOf(line: Line | undefined): number {
  return line === undefined ? 0 : 0.76 * heightOf(line);
}

/** @param y top of the line */
export function drawLine(
  doc: ReportDocument,
  line: Line,
  x: number,
  y: number,
  element: PDFKit.PDFStructureElement | undefined,
): void {
  const height = heightOf(line);
  const baseline = y + baselineOf(line);
  let left = x;
  for (const run of line.runs) {
    const { name, font } = run.font;
    doc.registerFont(name, font as unknown as string);
    doc.font(name, run.span.size).fillColor(run.span.color);
    doc.text(run.text, left, baseline, { lineBreak: false, baseline: "alphabetic" });
    const { goTo } = run.span;
    if (goTo !== undefined)
      doc.goTo(left, y, run.width, height, goTo, { structParent: element, Contents: "" } as object);
    left += run.width;
  }
}
