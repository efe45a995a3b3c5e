import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Run = z.union([
  z.object({ message_type: z.literal("run_converge"), node_name: z.string() }),
  z.object({ success: z.boolean(), start_time: z.string(), elapsed_time: z.number() }),
]);
const Shape = z.union([Run, z.tuple([Run], z.unknown())]);

export const chefRunJson: FileFormat = {
  format: "chef-run.json",
  system: "production",
  title: "Reports of runs of chef-client (JSON); the JSON handler's with why_run told by an attribute of the node",
  recognisedBy: "the message type run_converge, or what the JSON handler writes",
  shape: { cut: "whole" },
  gives: ["convergence"],
  recognise({ json }) {
    if (!Shape.safeParse(json).success) return null;
    return { sure: "certain", because: "it is what chef-client reports of a run" };
  },
};
