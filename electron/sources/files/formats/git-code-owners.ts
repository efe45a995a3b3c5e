import type { FileFormat } from "../file-format.ts";

/** Who owns which paths. */
export const gitCodeOwners: FileFormat = {
  format: "git.code-owners",
  system: "people",
  title: "CODEOWNERS of GitHub or GitLab",
  recognisedBy: "the file's name, CODEOWNERS, and lines of a pattern with owners",
  shape: { cut: "whole" },
  recognise({ name, lines }) {
    if (!/(^|\/)CODEOWNERS(\.txt)?$/i.test(name) || !lines.some((line) => /^[^#\s]\S*\s+\S*@\S/.test(line)))
      return null;
    return { sure: "certain", because: "it is called CODEOWNERS, and its lines give owners to patterns" };
  },
};
