import { bodyWidth, type Flow } from "../flow.ts";
import { colors, text } from "../style.ts";
import { baselineOf } from "../text-drawing.ts";
import { setLines } from "../text-lines.ts";

/** Where a picture is drawn, in points from the upper left corner of the page. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface LabelOptions {
  readonly size?: number;
  readonly color?: string;
  readonly align?: "left" | "center" | "right";
  readonly strong?: boolean;
  /** Points; longer text is cut and ends in an ellipsis. */
  readonly width?: number;
}

/** One line of text whose baseline is at `y`. `x` is its left end, middle or right end. */
export function drawLabel(flow: Flow, content: string, x: number, y: number, options: LabelOptions = {}): void {
  const { size = 6.5, color = colors.ink, align = "left", strong = false, width = bodyWidth } = options;
  const style = { size, color, face: strong ? ("strong" as const) : ("text" as const), tabular: true };
  const set = (words: string) => setLines(flow.cutter, [text(words, style)], bodyWidth)[0];
  let shown = content;
  while ((set(shown)?.width ?? 0) > width && shown.length > 2) shown = `${shown.slice(0, -2).trimEnd()}…`;
  const line = set(shown);
  if (line === undefined) return;
  const left = x - { left: 0, center: line.width / 2, right: line.width }[align];
  flow.line(line, left, y - baselineOf(line));
}

export function drawStroke(
  flow: Flow,
  from: readonly [number, number],
  to: readonly [number, number],
  options: { readonly color?: string; readonly width?: number; readonly dash?: number } = {},
): void {
  const { color = colors.rule, width = 0.5, dash } = options;
  flow.doc.save().lineWidth(width).strokeColor(color);
  if (dash !== undefined) flow.doc.dash(dash, { space: dash });
  flow.doc
    .moveTo(...from)
    .lineTo(...to)
    .stroke();
  flow.doc.restore();
}
