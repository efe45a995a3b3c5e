import type { FileFormat } from "../file-format.ts";

/** Who owns which paths. */
export const gitCodeOwners: FileFormat = {
  format: "git.code-owners",
  system: "people",
  title: "CODEOWNERS of GitHub or GitLab",
  recognisedBy: "the file's name, CODEOWNERS",
  shape: { cut: "whole" },
  recognise({ name, encoding }) {
    if (encoding === null || !/(^|\/)CODEOWNERS(\.txt)?$/i.test(name)) return null;
    return { sure: "certain", because: "it is called CODEOWNERS" };
  },
};
