import type { FileFormat } from "../file-format.ts";

/** Jira's XML export of a search. */
export const jiraXml: FileFormat = {
  format: "jira.xml",
  system: "tickets",
  title: "Jira issues exported as XML (RSS)",
  recognisedBy: "items of an RSS feed that have a key and a statusCategory or type",
  shape: { cut: "whole" },
  gives: ["tickets"],
  recognise({ xmlRoot, text }) {
    if (xmlRoot?.name !== "rss" || !/<key id="\d+">[A-Z][A-Z0-9_]*-\d+<\/key>/.test(text)) return null;
    return { sure: "certain", because: "it is an RSS feed whose items have keys of Jira issues" };
  },
};
