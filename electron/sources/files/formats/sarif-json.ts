import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Log = z.object({ version: z.string().regex(/^2\./), runs: z.array(z.unknown()) });
const Named = z.object({ $schema: z.string().regex(/sarif/i), version: z.string() });

export const sarifJson: FileFormat = {
  format: "sarif.json",
  system: "ci",
  title: "Logs of static analysis (SARIF 2.1.0)",
  recognisedBy: "a schema of SARIF, or version 2 with runs",
  shape: { cut: "whole" },
  gives: ["analysis"],
  recognise({ json }) {
    if (Named.safeParse(json).success) return { sure: "certain", because: "it names the schema of SARIF" };
    if (!Log.safeParse(json).success) return null;
    return { sure: "certain", because: "it has a version 2 and runs" };
  },
};
