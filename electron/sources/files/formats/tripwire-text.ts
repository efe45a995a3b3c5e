import type { FileFormat } from "../file-format.ts";

export const tripwireText: FileFormat = {
  format: "tripwire.text",
  system: "production",
  title: "Reports of Open Source Tripwire (text)",
  recognisedBy: "the heading of an integrity check report of Tripwire",
  shape: { cut: "whole" },
  gives: ["detections"],
  recognise({ lines }) {
    if (!lines.some((line) => /Tripwire\(R\).*Integrity Check Report/.test(line))) return null;
    return { sure: "certain", because: "it has the heading of a report of Tripwire" };
  },
};
