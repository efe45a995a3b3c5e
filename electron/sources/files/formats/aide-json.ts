import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Shape = z.object({ aide_version: z.string(), start_time: z.string() });

export const aideJson: FileFormat = {
  format: "aide.json",
  system: "production",
  title: "Reports of AIDE (JSON)",
  recognisedBy: "the fields aide_version and start_time",
  shape: { cut: "whole" },
  gives: ["detections"],
  recognise({ json }) {
    if (!Shape.safeParse(json).success) return null;
    return { sure: "certain", because: "it has aide_version and start_time" };
  },
};
