/** What ticket systems give, live or as exports. */
export const ticketFormats = [
  "jira.issues", // GET /rest/api/3/search/jql, one page; or an exported file of that shape
  "jira.changelog", // GET /rest/api/3/issue/{key}/changelog, one page
  "jira.issue-lines", // one issue a line (JSONL), as REST v2 or v3 gives it
  "jira.other",
] as const;
