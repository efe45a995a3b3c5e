/** What ticket systems give, live or as exports. */
export const ticketFormats = [
  "jira.issues", // GET /rest/api/3/search/jql, one page; or an exported file of that shape
  "jira.changelog", // GET /rest/api/3/issue/{key}/changelog, one page
  "jira.issue-lines", // one issue a line (JSONL), as REST v2 or v3 gives it
  "jira.comments", // GET /rest/api/{2,3}/issue/{key}/comment, one page
  "jira.approvals", // GET /rest/servicedeskapi/request/{key}/approval, one page
  "jira.remote-links", // GET /rest/api/{2,3}/issue/{key}/remotelink
  "jira.development", // GET /rest/dev-status/latest/issue/detail of one ticket, which `reading.about` does not name: its key is in the address's fragment
  "jira.other",
  "jira.csv", // whole records of Jira's CSV export with all fields
  "jira.xml", // Jira's XML export (RSS)
  "servicenow.changes-csv", // whole records of an exported list of change requests
  "servicenow.changes-xml", // an exported list of change requests
  "servicenow.changes", // GET /api/now/table/change_request, one page; or an exported list (JSON)
  "servicenow.approvals", // GET /api/now/table/sysapproval_approver, one page; or an exported list (JSON)
  "servicenow.journal", // GET /api/now/table/sys_journal_field, one page; numbers of the changes are in `reading`
  "servicenow.audit", // GET /api/now/table/sys_audit, one page; numbers as above
  "servicenow.other",
] as const;
