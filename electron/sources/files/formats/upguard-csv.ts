import type { FileFormat } from "../file-format.ts";

const needed = ["node", "date", "change", "item"];

export const upguardCsv: FileFormat = {
  format: "upguard.csv",
  system: "production",
  title: "Reports of changes of UpGuard (CSV)",
  recognisedBy: "the columns Node, Date, Change and Item",
  shape: { cut: "csv" },
  gives: ["detections"],
  recognise({ columns }) {
    const names = columns.map((column) => column.toLowerCase());
    if (!needed.every((name) => names.includes(name))) return null;
    return { sure: "likely", because: "it has the columns Node, Date, Change and Item" };
  },
};
