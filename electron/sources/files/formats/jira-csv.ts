import type { FileFormat } from "../file-format.ts";

/** Jira's CSV export. */
export const jiraCsv: FileFormat = {
  format: "jira.csv",
  system: "tickets",
  title: "Jira issues exported as CSV, with all fields",
  recognisedBy: "the columns Issue key, Summary and Created",
  shape: { cut: "csv" },
  gives: ["tickets"],
  recognise({ columns }) {
    const known = ["Issue key", "Summary", "Created"].every((name) => columns.includes(name));
    return known ? { sure: "certain", because: "it has the columns Issue key, Summary and Created" } : null;
  },
};
