import { readCsv } from "../model/csv.ts";
import type { ReadFacts } from "../model/facts.ts";
import type { Origin } from "../model/origin.ts";
import type { EvidenceInput } from "./evidence-input.ts";
import { originOf, unreadWhole } from "./json-evidence.ts";
import { createAccount, type RecordReading, textOf } from "./line-evidence.ts";

/** A record of a CSV file. */
export interface CsvRecord {
  /** The cell under a column, trimmed; empty when the file has no such column. Of two columns with one name the first counts. */
  cell(column: string): string;
  /** All cells under columns of that name: exports repeat a name for each value of a field. Without empty ones. */
  cells(column: string): readonly string[];
  readonly columns: readonly string[];
}

/**
 * Reads whole records of a CSV file. The separator and the names of the columns are in `reading`; in a record without
 * them, the separator is a comma and the names stand in its first line.
 */
export function readCsvRecords(
  input: EvidenceInput,
  read: (record: CsvRecord, origin: Origin) => RecordReading,
): ReadFacts {
  const document = textOf(input);
  if ("reason" in document) return unreadWhole(input, document);
  const firstLine = input.reading?.firstLine ?? 1;
  const rows = readCsv(document.text, firstLine, input.reading?.separator);
  const columns = input.reading?.columns ?? namesIn(rows[0]);
  const account = createAccount();
  for (const [index, row] of rows.entries()) {
    const origin = originOf(input, `line ${row.line}`);
    if ("reason" in row) account.add({ reason: row.reason }, origin);
    // The names stand in the file's first record and tell nothing by themselves.
    else if (firstLine === 1 && index === 0) account.add(null, origin);
    else if (row.cells.length !== columns.length) account.add({ reason: otherLength(row.cells, columns) }, origin);
    else account.add(read(recordOf(columns, row.cells), origin), origin);
  }
  return account.total();
}

function namesIn(row: ReturnType<typeof readCsv>[number] | undefined): string[] {
  return row && "cells" in row ? row.cells.map((cell) => cell.trim()) : [];
}

function recordOf(columns: readonly string[], cells: readonly string[]): CsvRecord {
  return {
    columns,
    cell: (column) => cells[columns.indexOf(column)]?.trim() ?? "",
    cells: (column) =>
      cells.filter((cell, index) => columns[index] === column && cell.trim() !== "").map((cell) => cell.trim()),
  };
}

function otherLength(cells: readonly string[], columns: readonly string[]): string {
  return `it has ${cells.length} cells where the file has ${columns.length} columns`;
}
