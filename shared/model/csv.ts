/*
 * Comma-separated values as RFC 4180 has them, or separated by another sign, with LF or CRLF at line ends. A cell in quotation marks may hold commas,
 * line ends and doubled quotation marks. One automaton reads the text and finds where records end in bytes, so that
 * a file can be cut into parts that are read alike anywhere.
 */

/** A record, with the number of the line that it begins on. */
export type CsvRow =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly reason: string };

const comma = 0x2c;
const quote = 0x22;
const lineFeed = 0x0a;

/** Where in a record a reader stands. */
type Place = "cell-start" | "plain" | "quoted" | "quote-in-quoted";

function step(place: Place, code: number, separator: number): Place {
  if (place === "quoted") return code === quote ? "quote-in-quoted" : "quoted";
  if (place === "quote-in-quoted" && code === quote) return "quoted";
  if (code === separator || code === lineFeed) return "cell-start";
  return place === "cell-start" && code === quote ? "quoted" : "plain";
}

/** Follows the bytes of a file from part to part. */
export interface CsvCutter {
  /** The length up to and with the last line end that ends a record; 0 when none does. */
  cut(bytes: Uint8Array): number;
}

export function createCsvCutter(): CsvCutter {
  let place: Place = "cell-start";
  return {
    cut(bytes) {
      let end = 0;
      for (const [index, byte] of bytes.entries()) {
        place = step(place, byte, comma);
        if (byte === lineFeed && place === "cell-start") end = index + 1;
      }
      return end;
    },
  };
}

/**
 * Reads whole records. Empty lines are no records.
 * @param firstLine number of the text's first line in its file
 */
export function readCsv(text: string, firstLine = 1, separator = ","): CsvRow[] {
  const rows: CsvRow[] = [];
  const sign = separator.charCodeAt(0);
  let line = firstLine;
  for (let at = 0; at < text.length; ) {
    const row = readRow(text, at, line, sign);
    const isEmpty = "cells" in row.row && row.row.cells.length === 1 && row.row.cells[0]?.trim() === "";
    if (!isEmpty) rows.push(row.row);
    line += row.lines;
    at = row.end;
  }
  return rows;
}

function readRow(
  text: string,
  start: number,
  line: number,
  separator: number,
): { row: CsvRow; end: number; lines: number } {
  const cells: string[] = [];
  let place: Place = "cell-start";
  let cellStart = start;
  let lines = 0;
  let at = start;
  let isOver = false;
  while (at < text.length && !isOver) {
    const code = text.charCodeAt(at);
    place = step(place, code, separator);
    if (code === lineFeed) lines += 1;
    if (place === "cell-start") {
      isOver = code === lineFeed;
      cells.push(cellOf(text.slice(cellStart, at), isOver));
      cellStart = at + 1;
    }
    at += 1;
  }
  if (place === "quoted") return { row: { line, reason: "a quotation mark is not closed" }, end: at, lines };
  if (!isOver) cells.push(cellOf(text.slice(cellStart, at), true));
  return { row: { line, cells }, end: at, lines };
}

function cellOf(written: string, isLast: boolean): string {
  const cell = isLast ? written.replace(/\r$/, "") : written;
  if (!cell.startsWith('"')) return cell;
  // Text after the closing mark is no CSV, but what it says is kept.
  const [whole, inside = ""] = /^"((?:[^"]|"")*)"/.exec(cell) ?? [""];
  return inside.replaceAll('""', '"') + cell.slice(whole.length);
}
