import type { FileFormat } from "../file-format.ts";

/** A list of change requests exported as CSV. */
export const servicenowChangesCsv: FileFormat = {
  format: "servicenow.changes-csv",
  system: "tickets",
  title: "ServiceNow change requests exported as CSV",
  recognisedBy: "the columns number, type, state and opened_at or their labels",
  shape: { cut: "csv" },
  gives: ["tickets"],
  recognise({ columns }) {
    const names = columns.map((column) => column.toLowerCase());
    const has = (...any: string[]) => any.some((name) => names.includes(name));
    const isList =
      has("number") && has("type") && has("state") && has("opened_at", "opened", "sys_created_on", "created");
    return isList
      ? { sure: "likely", because: "it has the columns number, type and state, and when each was opened" }
      : null;
  },
};
