import type { FileFormat } from "../file-format.ts";

const beginsAlert = (line: string) => line.startsWith("** Alert ");

export const ossecText: FileFormat = {
  format: "ossec.text",
  system: "production",
  title: "Alerts of OSSEC (alerts.log)",
  recognisedBy: "a first line that begins with `** Alert `",
  shape: { cut: "lines", beginsRecord: beginsAlert },
  gives: ["detections"],
  recognise({ lines }) {
    if (!beginsAlert(lines[0] ?? "")) return null;
    return { sure: "certain", because: "its first line begins an alert" };
  },
};
