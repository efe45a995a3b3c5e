import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Issue = z.object({ key: z.string().regex(/^[A-Z][A-Z0-9_]*-\d+$/), fields: z.record(z.string(), z.unknown()) });
/** Collectors wrap each issue in a record of the request that brought it. */
const Line = z.union([Issue, z.object({ url: z.string(), data: Issue })]);

/** Jira issues, one a line. */
export const jiraIssueLines: FileFormat = {
  format: "jira.issue-lines",
  system: "tickets",
  title: "Jira issues, one a line (JSONL)",
  recognisedBy: "the fields key and fields of its first line",
  shape: { cut: "lines" },
  gives: ["tickets"],
  recognise({ jsonLines }) {
    if (!Line.safeParse(jsonLines[0]).success) return null;
    return { sure: "certain", because: "its first line is a Jira issue with key and fields" };
  },
};
