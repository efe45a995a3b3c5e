import type { Outcome } from "../../../shared/model/result.ts";
import { bodyHeight, bodyWidth, type Flow, type Pieces } from "./flow.ts";
import { margins, pageSize } from "./report-document.ts";
import { colors, leading, outcomeColors, sizes, strong, text } from "./style.ts";
import { baselineOf, heightOf } from "./text-drawing.ts";
import { type Line, setLines } from "./text-lines.ts";
import type { Span } from "./text-runs.ts";
import { drawTickmark, tickmarkSize, wordOf } from "./tickmarks.ts";
import { formatCount } from "./wording.ts";

export interface Column {
  readonly title: string;
  /** Points; a column without takes what the others leave. At most one may be without. */
  readonly width?: number;
  readonly align?: "left" | "right" | "center";
}

/** Paragraphs of text, or a tickmark that may lead to a named destination. */
export type Cell = readonly (readonly Span[])[] | { readonly mark: Outcome; readonly goTo?: string };

export interface Row {
  readonly cells: readonly Cell[];
  /** The next row belongs to it: no rule between them. */
  readonly open?: boolean;
}

const gap = 8;
const padding = 2.6;

interface SetCell {
  readonly lines: readonly Line[];
  readonly mark: { readonly mark: Outcome; readonly goTo?: string } | null;
}

/** A table whose head is repeated on every page. A row is never parted; one that is taller than a page loses its end, marked by an ellipsis. */
export function drawTable(flow: Flow, columns: readonly Column[], rows: readonly Row[], after?: number): void {
  for (const _ of drawTableInPieces(flow, columns, rows, after));
}

/** The same for many rows: a piece is a page of them. */
export function* drawTableInPieces(flow: Flow, columns: readonly Column[], rows: readonly Row[], after = 8): Pieces {
  const widths = columnWidths(columns);
  const titles = columns.map((column): Cell => cell(strong(column.title, headStyle)));
  const head = setRow(flow, { cells: titles }, widths);
  const first = rows[0];
  const firstHeight = first ? heightOfRow(setRow(flow, first, widths)) : 0;
  flow.need(heightOfRow(head) + firstHeight);
  yield* flow.groupInPieces("Table", function* () {
    drawHead(flow, columns, widths, head, false);
    for (const row of rows) {
      const cells = setRow(flow, row, widths);
      const page = flow.page;
      flow.need(heightOfRow(cells));
      if (flow.page !== page) {
        yield;
        drawHead(flow, columns, widths, head, true);
      }
      drawRow(flow, columns, widths, cells);
      if (!row.open) rule(flow, colors.rule, 0.4);
    }
  });
  flow.y += after;
}

const headStyle = { size: sizes.mono, color: colors.muted };

/** A cell of running text. */
export function cell(...spans: readonly Span[]): Cell {
  return [spans];
}

/** Number as a cell of a column that is aligned to the right. */
export function numberCell(value: number): Cell {
  return cell(text(formatCount(value), { size: sizes.small, tabular: true }));
}

function columnWidths(columns: readonly Column[]): number[] {
  const fixed = columns.reduce((sum, column) => sum + (column.width ?? 0), 0);
  const rest = bodyWidth - fixed - gap * (columns.length - 1);
  return columns.map((column) => column.width ?? rest);
}

function setRow(flow: Flow, row: Row, widths: readonly number[]): SetCell[] {
  return row.cells.map((content, index) => setCell(flow, content, widths[index] ?? 0));
}

function setCell(flow: Flow, content: Cell, width: number): SetCell {
  if ("mark" in content) return { lines: [], mark: content };
  const lines = content.flatMap((spans) => setLines(flow.cutter, spans, width));
  return { lines: withinPage(flow, lines), mark: null };
}

/** Cells are made short enough by who writes them; this is for what nobody foresaw. */
function withinPage(flow: Flow, lines: readonly Line[]): readonly Line[] {
  const room = bodyHeight - 60;
  let used = 0;
  const fitting = lines.findIndex((line) => {
    used += heightOf(line);
    return used > room;
  });
  if (fitting < 0) return lines;
  return [...lines.slice(0, fitting - 1), ...setLines(flow.cutter, [text("…")], 20)];
}

function heightOfRow(cells: readonly SetCell[]): number {
  const heights = cells.map(({ lines, mark }) => {
    return mark ? tickmarkSize + 1.5 : lines.reduce((sum, line) => sum + heightOf(line), 0);
  });
  return Math.max(sizes.mono * leading, ...heights) + 2 * padding;
}

function drawHead(
  flow: Flow,
  columns: readonly Column[],
  widths: readonly number[],
  head: readonly SetCell[],
  repeated: boolean,
): void {
  // Told once to a screen reader; on later pages the head is no content.
  if (repeated) flow.artifact(() => drawCells(flow, columns, widths, head, (draw) => draw()), "Pagination");
  else flow.group("TR", () => drawCells(flow, columns, widths, head, (draw) => flow.tag("TH", draw)));
  flow.y += heightOfRow(head);
  rule(flow, colors.strongRule, 0.7);
}

function drawRow(flow: Flow, columns: readonly Column[], widths: readonly number[], cells: readonly SetCell[]): void {
  flow.group("TR", () => drawCells(flow, columns, widths, cells, (draw) => flow.tag("TD", draw)));
  flow.y += heightOfRow(cells);
}

function drawCells(
  flow: Flow,
  columns: readonly Column[],
  widths: readonly number[],
  cells: readonly SetCell[],
  wrap: (draw: () => void) => void,
): void {
  let x = margins.left;
  for (const [index, { lines, mark }] of cells.entries()) {
    const width = widths[index] ?? 0;
    const left = x;
    wrap(() => {
      if (mark) drawMark(flow, mark, left, width);
      let y = flow.y + padding;
      for (const line of lines) {
        flow.line(line, left + slack(columns[index], width, line.width), y);
        y += heightOf(line);
      }
    });
    x += width + gap;
  }
}

function slack(column: Column | undefined, width: number, used: number): number {
  if (column?.align === "right") return width - used;
  return column?.align === "center" ? (width - used) / 2 : 0;
}

function drawMark(flow: Flow, { mark, goTo }: { mark: Outcome; goTo?: string }, left: number, width: number): void {
  const [x, y] = [left + (width - tickmarkSize) / 2, flow.y + padding];
  const applicable = mark !== "not-applicable";
  // Small enough for "no evidence" to fit into the column, or it would be copied with the words beside it.
  const span = text(applicable ? wordOf(mark) : "n/a", {
    size: applicable ? 3.6 : 6.5,
    color: outcomeColors[mark],
    goTo,
  });
  const [line] = setLines(flow.cutter, [span], bodyWidth);
  if (line === undefined) return;
  const wordX = left + (width - line.width) / 2;
  const wordY = y + sizes.small - baselineOf(line);
  if (!applicable) {
    flow.line(line, wordX, wordY);
    return;
  }
  drawTickmark(flow.doc, mark, x, y);
  // The word under the sign, unseen, so that a copied row and a search say what it means.
  flow.doc.save();
  flow.doc.addContent("3 Tr");
  flow.line(line, wordX, wordY);
  flow.doc.restore();
}

function rule(flow: Flow, color: string, width: number): void {
  flow.artifact(() => {
    flow.doc.moveTo(margins.left, flow.y).lineTo(pageSize.width - margins.right, flow.y);
    flow.doc.lineWidth(width).strokeColor(color).stroke();
  });
}
