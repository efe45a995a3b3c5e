import { TickmarkError } from "../errors.ts";
import { readCsv } from "../model/csv.ts";
import { ImpossibleValue, invalidCell, readRow, type TableRow } from "./table-row.ts";

/** What is computed for the rows of one kind. */
export interface RowKind {
  /** The columns that are filled in; what stood in them is replaced. */
  readonly computed: readonly string[];
  /**
   * The cells by column; a column that is left out is emptied.
   * @throws request-invalid, ImpossibleValue
   */
  compute(row: TableRow): Readonly<Record<string, string>>;
  /** The cells of a row that cannot be, besides its status. */
  ofInvalid?(row: TableRow): Readonly<Record<string, string>>;
}

/**
 * Fills in the computed columns of a table of samples. Rows of other kinds, cells that are not computed, and the order of
 * rows and columns stay as they are.
 *
 * @param text comma-separated values; the first row names the columns, and `kind` says what a row is
 * @param kinds by the text in the column `kind`
 * @returns the table's rows with their cells, the first being the names of the columns
 * @throws request-invalid naming row, line and column
 */
export function fillTable(text: string, kinds: Readonly<Record<string, RowKind>>): string[][] {
  const [header, ...rows] = readCsv(text.replace(/^\uFEFF/, "")).map((row) => {
    if ("reason" in row) throw invalidCell(`Line ${row.line} is not comma-separated values: ${row.reason}`);
    return row;
  });
  const columns = (header?.cells ?? []).map((name) => name.trim());
  checkColumns(columns, kinds);
  const filled = rows.map(({ line, cells }, index) => {
    const place = `Row ${index + 1} (line ${line})`;
    if (cells.length !== columns.length) {
      throw invalidCell(`${place} has ${cells.length} cells, and the table has ${columns.length} columns`);
    }
    return fillRow(columns, cells, place, kinds);
  });
  return [[...(header?.cells ?? [])], ...filled];
}

function checkColumns(columns: readonly string[], kinds: Readonly<Record<string, RowKind>>): void {
  const twice = columns.find((name, index) => name !== "" && columns.indexOf(name) !== index);
  if (twice !== undefined) throw invalidCell(`The table has the column ${twice} twice`);
  const needed = ["kind", "method", ...Object.values(kinds).flatMap(({ computed }) => computed)];
  const missing = [...new Set(needed)].filter((name) => !columns.includes(name));
  if (missing.length === 0) return;
  throw new TickmarkError(
    "request-invalid",
    `The table has no column ${missing.join(", ")}.`,
    "Its first row must name every column, separated by commas.",
  );
}

function fillRow(
  columns: readonly string[],
  cells: readonly string[],
  place: string,
  kinds: Readonly<Record<string, RowKind>>,
): string[] {
  const row = readRow(new Map(columns.map((name, index) => [name, cells[index] ?? ""])), place);
  const kind = Object.hasOwn(kinds, row.text("kind")) ? kinds[row.text("kind")] : undefined;
  if (!kind) return [...cells];
  const computed = computeRow(kind, row);
  return cells.map((cell, index) => {
    const name = columns[index] ?? "";
    return kind.computed.includes(name) ? (computed[name] ?? "") : cell;
  });
}

function computeRow(kind: RowKind, row: TableRow): Readonly<Record<string, string>> {
  try {
    return kind.compute(row);
  } catch (error) {
    if (!(error instanceof ImpossibleValue)) throw error;
    return { ...kind.ofInvalid?.(row), status: "invalid" };
  }
}

/** A count, or nothing. */
export function writeCount(value: number | null): string {
  return value === null ? "" : String(value);
}

/** A share with as many digits as it takes to read back the same floating-point number: `0.0`, `0.05`, `4.8e-17`. */
export function writeShare(value: number | null): string {
  if (value === null) return "";
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A row as comma-separated values (RFC 4180). */
export function writeRow(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
}
