import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Issue = z.object({ key: z.string().regex(/^[A-Z][A-Z0-9_]*-\d+$/), fields: z.record(z.string(), z.unknown()) });
const Page = z.object({ issues: z.tuple([Issue], z.unknown()) });

/** A page of Jira's search, as its REST API gave it. */
export const jiraIssues: FileFormat = {
  format: "jira.issues",
  system: "tickets",
  title: "Jira issues: a page of its search (JSON)",
  recognisedBy: "an array issues whose elements have key and fields",
  shape: { cut: "elements", of: ["/issues"] },
  gives: ["tickets"],
  recognise({ json }) {
    if (!Page.safeParse(json).success) return null;
    return { sure: "certain", because: "its array issues holds Jira issues with key and fields" };
  },
};
