import { TickmarkError } from "../errors.ts";
import { readDecimal } from "../model/decimal-text.ts";
import { SamplingModel } from "../model/sample-plan.ts";

/** A number that is written as one, but cannot be what its column asks for: the row is answered with `invalid`. */
export class ImpossibleValue extends Error {}

/** Counts above this are not computed with. */
const largestCount = 1_000_000_000;

/** A row of a table of samples, read by the names of its columns. Spaces around a cell do not count. */
export interface TableRow {
  /** Empty when there is no such cell. */
  text(column: string): string;
  /** @throws request-invalid */
  method(): SamplingModel;
  /**
   * Decimal text, null when the cell is empty.
   * @throws request-invalid when it is no decimal number, ImpossibleValue when it is below zero
   */
  decimal(column: string): string | null;
  /**
   * A whole number, which may be below zero; null when the cell is empty.
   * @throws request-invalid
   */
  count(column: string): number | null;
  /**
   * Two whole numbers, as `22;38`.
   * @throws request-invalid
   */
  pair(column: string): readonly [number, number];
}

/** @param place how an error names the row */
export function readRow(cells: ReadonlyMap<string, string>, place: string): TableRow {
  const text = (column: string) => cells.get(column)?.trim() ?? "";
  const refuse = (column: string, what: string) => invalidCell(`${place}, column ${column}: "${text(column)}" ${what}`);
  const toCount = (column: string, written: string): number => {
    if (!/^[+-]?\d{1,15}$/.test(written)) throw refuse(column, "is not a whole number");
    const count = Number(written);
    if (count > largestCount) throw refuse(column, "is above 1,000,000,000, which is not computed with");
    return count;
  };
  return {
    text,
    method() {
      const parsed = SamplingModel.safeParse(text("method"));
      if (!parsed.success) throw refuse("method", `is not one of: ${SamplingModel.options.join(", ")}`);
      return parsed.data;
    },
    decimal(column) {
      const written = text(column).replace(/^\+/, "");
      if (written === "") return null;
      const isNegative = written.startsWith("-");
      if (readDecimal(isNegative ? written.slice(1) : written) === null) {
        throw refuse(column, "is not a decimal number such as 0.05");
      }
      if (isNegative) throw new ImpossibleValue();
      return written;
    },
    count: (column) => (text(column) === "" ? null : toCount(column, text(column))),
    pair(column) {
      const parts = text(column).split(";");
      const [first = "", second = ""] = parts;
      if (parts.length !== 2) throw refuse(column, "is not two whole numbers such as 22;38");
      return [toCount(column, first.trim()), toCount(column, second.trim())];
    },
  };
}

export function invalidCell(what: string): TickmarkError {
  return new TickmarkError("request-invalid", `${what}.`, "Correct the table; nothing was computed from it.");
}
