/** What ticket systems give, live or as exports. */
export declare const ticketFormats: readonly ["jira.issues", "jira.changelog", "jira.issue-lines", "jira.other"];
