import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Run = z.object({ id: z.int(), head_sha: z.string(), workflow_id: z.int(), run_number: z.int() });

export const githubRun: FileFormat = {
  format: "github.run",
  system: "ci",
  title: "One run of GitHub Actions (JSON)",
  recognisedBy: "the fields head_sha, workflow_id and run_number",
  shape: { cut: "whole" },
  gives: ["builds"],
  recognise({ json }) {
    if (!Run.safeParse(json).success) return null;
    return { sure: "certain", because: "it has head_sha, workflow_id and run_number, as a run of GitHub Actions has" };
  },
};
