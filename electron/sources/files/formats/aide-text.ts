import type { FileFormat } from "../file-format.ts";

export const aideText: FileFormat = {
  format: "aide.text",
  system: "production",
  title: "Reports of AIDE (text)",
  recognisedBy: "the line `Start timestamp: … (AIDE …)`, or that AIDE found differences or none",
  shape: { cut: "whole" },
  gives: ["detections"],
  recognise({ lines }) {
    if (
      !lines.some((line) => /^Start timestamp: .*\(AIDE /.test(line) || /^AIDE .*found (?:NO )?differences/.test(line))
    ) {
      return null;
    }
    return { sure: "certain", because: "it says when AIDE began and what it found" };
  },
};
