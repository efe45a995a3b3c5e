import type { FileFormat } from "./file-format.ts";
import { attachmentDocument } from "./formats/attachment-document.ts";
import { jiraChangelog } from "./formats/jira-changelog.ts";
import { jiraIssueLines } from "./formats/jira-issue-lines.ts";
import { jiraIssues } from "./formats/jira-issues.ts";
import { rosterCsv } from "./formats/roster-csv.ts";

/** Every format that a handed-over file is recognised as. Their order decides nothing. */
export const fileFormats: readonly FileFormat[] = [
  jiraIssues,
  jiraIssueLines,
  jiraChangelog,
  rosterCsv,
  attachmentDocument,
];
