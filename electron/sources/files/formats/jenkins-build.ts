import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Build = z.object({
  _class: z.string().optional(),
  actions: z.array(z.unknown()),
  number: z.int(),
  timestamp: z.number(),
  result: z.string().nullable(),
});

export const jenkinsBuild: FileFormat = {
  format: "jenkins.build",
  system: "ci",
  title: "One build of Jenkins: its page as JSON",
  recognisedBy: "the fields actions, number, timestamp and result",
  shape: { cut: "whole" },
  gives: ["builds"],
  recognise({ json }) {
    if (!Build.safeParse(json).success) return null;
    return { sure: "certain", because: "it has actions, number, timestamp and result, as a build of Jenkins has" };
  },
};
