import type { FileFormat } from "../file-format.ts";

/** The entity's own list of people. */
export const rosterCsv: FileFormat = {
  format: "roster.csv",
  system: "people",
  title: "List of people (CSV): names, addresses, logins, roles",
  recognisedBy: "a column name together with emails or logins",
  shape: { cut: "whole" },
  recognise({ columns }) {
    const names = columns.map((column) => column.toLowerCase());
    const told = ["emails", "logins", "roles"].filter((name) => names.includes(name));
    if (!names.includes("name") || told.length === 0) return null;
    return { sure: "likely", because: `it has the columns name, ${told.join(", ")}` };
  },
};
