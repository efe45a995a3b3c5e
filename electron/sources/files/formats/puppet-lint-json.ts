import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Problem = z.looseObject({
  kind: z.enum(["warning", "error", "fixed", "ignored"]),
  check: z.string(),
  message: z.string(),
});

export const puppetLintJson: FileFormat = {
  format: "puppet-lint.json",
  system: "ci",
  title: "Remarks of puppet-lint (JSON)",
  recognisedBy: "problems with kind, check and message, in one list or in one for each file",
  shape: { cut: "whole" },
  gives: ["analysis"],
  recognise({ json }) {
    const [first] = Array.isArray(json) ? json.flat() : [];
    if (!Problem.safeParse(first).success) return null;
    return { sure: "certain", because: "its first problem has kind, check and message" };
  },
};
