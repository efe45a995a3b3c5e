import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Example = z.object({ status: z.string(), file_path: z.string() });
const Report = z.object({ version: z.string(), examples: z.union([z.tuple([]), z.tuple([Example], z.unknown())]) });

export const rspecJson: FileFormat = {
  format: "rspec.json",
  system: "ci",
  title: "Test reports of RSpec (JSON), also of rspec-puppet and ServerSpec",
  recognisedBy: "the fields version and examples, each example with status and file_path",
  shape: { cut: "whole" },
  gives: ["reports"],
  recognise({ json }) {
    if (!Report.safeParse(json).success) return null;
    return { sure: "certain", because: "it has a version and examples with status and file_path" };
  },
};
