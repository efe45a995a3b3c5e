import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Change = z
  .looseObject({ type: z.string().optional(), msg: z.string().optional() })
  .refine(({ type, msg }) => type === "configuration_change" || msg === "configuration_change");

export const flagdChanges: FileFormat = {
  format: "flagd.changes",
  system: "production",
  title: "Changes of configuration that flagd tells of, and not whether a switch is on then, one a line (JSON)",
  recognisedBy: "the event configuration_change in one of its first lines",
  shape: { cut: "lines" },
  gives: [],
  recognise({ jsonLines }) {
    if (!jsonLines.some((line) => Change.safeParse(line).success)) return null;
    return { sure: "likely", because: "one of its first lines is flagd's event of a changed configuration" };
  },
};
