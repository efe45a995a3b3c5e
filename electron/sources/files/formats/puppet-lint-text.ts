import type { FileFormat } from "../file-format.ts";

const remark = /^(?:.+? - )?(?:WARNING|ERROR|FIXED|IGNORED): .+ on line \d+/;

export const puppetLintText: FileFormat = {
  format: "puppet-lint.text",
  system: "ci",
  title: "Remarks of puppet-lint (text)",
  recognisedBy: "lines such as `init.pp - WARNING: … on line 3`, and no others",
  shape: { cut: "whole" },
  gives: ["analysis"],
  recognise({ lines }) {
    if (lines.length === 0 || !lines.every((line) => remark.test(line))) return null;
    return { sure: "likely", because: "each of its first lines is a warning or an error on a line" };
  },
};
