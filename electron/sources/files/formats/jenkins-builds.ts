import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Page = z.object({ allBuilds: z.array(z.unknown()) });

export const jenkinsBuilds: FileFormat = {
  format: "jenkins.builds",
  system: "ci",
  title: "Builds of one job of Jenkins (JSON)",
  recognisedBy: "the list allBuilds",
  shape: { cut: "whole" },
  gives: ["builds"],
  recognise({ json }) {
    if (!Page.safeParse(json).success) return null;
    return { sure: "certain", because: "it has the list allBuilds" };
  },
};
