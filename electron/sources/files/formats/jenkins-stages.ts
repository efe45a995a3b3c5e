import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Run = z.object({
  _links: z.object({ self: z.object({ href: z.string().regex(/\/wfapi\//) }) }),
  stages: z.array(z.unknown()),
});

export const jenkinsStages: FileFormat = {
  format: "jenkins.stages",
  system: "ci",
  title: "Stages of one pipeline run of Jenkins (JSON)",
  recognisedBy: "stages, and a link to the stage view",
  shape: { cut: "whole" },
  gives: ["builds"],
  recognise({ json }) {
    if (!Run.safeParse(json).success) return null;
    return { sure: "certain", because: "it has stages and links to Jenkins' stage view" };
  },
};
