import { bodyWidth, type Flow } from "../flow.ts";
import { margins } from "../report-document.ts";
import { muted, sizes } from "../style.ts";
import { baselineOf, heightOf } from "../text-drawing.ts";
import { type Line, setLines } from "../text-lines.ts";
import type { Span } from "../text-runs.ts";

/** What something is called, and what it is: paragraphs of text. */
export type Fact = readonly [name: string, ...paragraphs: (readonly Span[])[]];

const nameWidth = 92;
const valueLeft = margins.left + nameWidth + 8;
const valueWidth = bodyWidth - nameWidth - 8;

/** Names on the left, what they stand for on the right. */
export function drawFacts(flow: Flow, facts: readonly Fact[], after = 6): void {
  flow.group("L", () => {
    for (const [name, ...paragraphs] of facts) drawFact(flow, name, paragraphs);
  });
  flow.y += after;
}

function drawFact(flow: Flow, name: string, paragraphs: readonly (readonly Span[])[]): void {
  const nameLines = setLines(flow.cutter, [muted(name, { size: sizes.small })], nameWidth);
  const lines = paragraphs.flatMap((spans) => setLines(flow.cutter, spans, valueWidth));
  // A few lines stay together; a longer value may be parted.
  flow.need(Math.min(heightOfLines(lines), 60) + 2);
  flow.group("LI", () => {
    const top = flow.y;
    // Names are smaller; they stand on the first line of what they name.
    flow.y += Math.max(0, baselineOf(lines[0]) - baselineOf(nameLines[0]));
    flow.lines(nameLines, margins.left, "Lbl");
    const below = flow.y;
    flow.y = top;
    const page = flow.page;
    flow.lines(lines, valueLeft, "LBody");
    if (flow.page === page) flow.y = Math.max(flow.y, below);
  });
  flow.y += 2.5;
}

function heightOfLines(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + heightOf(line), 0);
}
