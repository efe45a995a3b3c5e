import { z } from "zod";
import { attestationsMark } from "../../../../shared/model/attestation-file.ts";
import type { FileFormat } from "../file-format.ts";

const Marked = z.looseObject({ tickmark: z.literal(attestationsMark) });
const markLine = new RegExp(`^tickmark: *["']?${attestationsMark}["']? *(#.*)?$`);
const asked = ["control", "occurrence", "by", "at", "done"] as const;

/** What `tickmark attest` writes. */
export const attestations: FileFormat = {
  format: "tickmark.attestations",
  system: "other",
  title: "Attestations: who attested what for which week, quarter or document (YAML or JSON)",
  recognisedBy: `the line tickmark: ${attestationsMark}`,
  shape: { cut: "whole" },
  gives: ["attestations"],
  recognise({ lines, json }) {
    const isMarked = Marked.safeParse(json).success || lines.some((line) => markLine.test(line));
    return isMarked ? { sure: "certain", because: `it says tickmark: ${attestationsMark}` } : null;
  },
};

export const attestationsCsv: FileFormat = {
  format: "tickmark.attestations-csv",
  system: "other",
  title: "Attestations (CSV): control, occurrence, by, at, done, and open, documents, note",
  recognisedBy: "the columns control, occurrence, by, at and done",
  shape: { cut: "csv" },
  gives: ["attestations"],
  recognise({ columns }) {
    if (!asked.every((column) => columns.includes(column))) return null;
    return { sure: "likely", because: `it has the columns ${asked.join(", ")}` };
  },
};
