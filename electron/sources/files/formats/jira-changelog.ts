import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Page = z.object({
  values: z.tuple([z.object({ created: z.string(), items: z.array(z.unknown()) })], z.unknown()),
});

/** A page of one issue's history. Only the file's name says of which. */
export const jiraChangelog: FileFormat = {
  format: "jira.changelog",
  system: "tickets",
  title: "History of one Jira issue (JSON), named ABC-12-changelog.json",
  recognisedBy: "an array values whose elements have created and items, in a file named after its issue",
  shape: { cut: "whole" },
  recognise({ json, name }) {
    if (!Page.safeParse(json).success || !/[A-Z][A-Z0-9_]*-[1-9]\d*[/_.-]changelog/.test(name)) return null;
    return { sure: "certain", because: "its array values holds an issue's history, and its name says which issue's" };
  },
};
