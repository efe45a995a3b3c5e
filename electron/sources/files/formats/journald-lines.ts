import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Shape = z.object({ __REALTIME_TIMESTAMP: z.string(), __CURSOR: z.string() });

export const journaldLines: FileFormat = {
  format: "journald.jsonl",
  system: "production",
  title: "Entries of systemd's journal, one a line (journalctl -o json)",
  recognisedBy: "the fields __REALTIME_TIMESTAMP and __CURSOR of its first line",
  shape: { cut: "lines" },
  gives: ["access"],
  recognise({ jsonLines }) {
    if (!Shape.safeParse(jsonLines[0]).success) return null;
    return { sure: "certain", because: "its first line has the journal's own time and cursor" };
  },
};
