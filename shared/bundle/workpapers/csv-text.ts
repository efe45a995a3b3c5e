import { looksLikeFormula } from "./formula-text.ts";
import type { Cell, WorkpaperTable } from "./tables.ts";

/** Without it the most usual spreadsheet takes UTF-8 for the local code page. */
const byteOrderMark = "\uFEFF";

/**
 * A table as CSV (RFC 4180), line by line: every cell in quotation marks, so that it has the same cells by whatever separator a spreadsheet cuts. Text
 * that looks like a formula gets an apostrophe in front: it is shown, and nothing is computed.
 */
export function* csvLines({ columns, rows }: WorkpaperTable): Generator<string> {
  yield byteOrderMark + encodeRow(columns);
  for (const row of rows) yield encodeRow(row);
}

function encodeRow(cells: readonly Cell[]): string {
  return `${cells.map(encodeCell).join(",")}\r\n`;
}

function encodeCell(cell: Cell): string {
  const text = cell === null ? "" : String(cell);
  // A number that we counted is no text of anybody's: a minus in front of it may stay.
  const safe = typeof cell === "string" && looksLikeFormula(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
