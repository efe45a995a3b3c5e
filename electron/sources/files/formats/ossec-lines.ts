import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Shape = z.object({ rule: z.looseObject({ level: z.int() }), location: z.string() });

export const ossecLines: FileFormat = {
  format: "ossec.jsonl",
  system: "production",
  title: "Alerts of OSSEC or Wazuh, one a line (JSON)",
  recognisedBy: "the rule with its level and the location of its first line",
  shape: { cut: "lines" },
  gives: ["detections"],
  recognise({ jsonLines }) {
    if (!Shape.safeParse(jsonLines[0]).success) return null;
    return { sure: "certain", because: "its first line is an alert with a rule's level and a location" };
  },
};
