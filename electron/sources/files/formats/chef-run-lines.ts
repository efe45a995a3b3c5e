import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Message = z.object({ message_type: z.enum(["run_start", "run_converge"]), run_id: z.string() });

export const chefRunLines: FileFormat = {
  format: "chef-runs.jsonl",
  system: "production",
  title: "Reports of runs of chef-client, one a line (JSONL)",
  recognisedBy: "the message types run_start and run_converge of several lines",
  shape: { cut: "lines" },
  gives: ["convergence"],
  recognise({ jsonLines }) {
    // A single line is a document, and is read as one.
    if (jsonLines.length < 2 || !Message.safeParse(jsonLines[0]).success) return null;
    return { sure: "certain", because: "its first line is a message of chef-client about a run" };
  },
};
