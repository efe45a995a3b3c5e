import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Report = z.object({
  metadata: z.looseObject({ rubocop_version: z.string() }),
  files: z.array(z.unknown()),
});

export const rubocopJson: FileFormat = {
  format: "rubocop.json",
  system: "ci",
  title: "Remarks of RuboCop or Cookstyle (JSON)",
  recognisedBy: "metadata with rubocop_version, and files",
  shape: { cut: "whole" },
  gives: ["analysis"],
  recognise({ json }) {
    if (!Report.safeParse(json).success) return null;
    return { sure: "certain", because: "its metadata name RuboCop's version" };
  },
};
