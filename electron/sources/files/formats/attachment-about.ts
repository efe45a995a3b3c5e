import type { FileFormat } from "../file-format.ts";
import { isSidecarName, Sidecar } from "../sidecar.ts";

export const attachmentAbout: FileFormat = {
  format: "attachment.about",
  system: "other",
  title: "What another file is of: report.xml.about.json with commit, build, branch or note (JSON)",
  recognisedBy: "a name that ends in .about.json, and no other fields than commit, build, branch and note",
  shape: { cut: "whole" },
  recognise({ json, name }) {
    if (!isSidecarName(name) || !Sidecar.safeParse(json).success) return null;
    return { sure: "certain", because: "it stands beside the file that it is named after" };
  },
};
