import { TickmarkError } from "../../../shared/errors.ts";

/** The fault of a CSV file without a column that is needed, naming those that it has. */
export function columnsMissing(name: string, missing: readonly string[], columns: readonly string[]): TickmarkError {
  const [only = ""] = columns;
  const separator = columns.length === 1 && /[;\t|]/.test(only) ? " Its columns must be separated by commas." : "";
  return new TickmarkError(
    "csv-column-missing",
    `${name} has no column ${missing.map((column) => `"${column}"`).join(", ")}; its columns are ${columns.join(", ").slice(0, 500) || "none"}.${separator}`,
    "Correct the mapping, or ask for the file with that column.",
  );
}
