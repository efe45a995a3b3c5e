import {
  type JiraComment,
  type JiraHistory,
  type JiraIssue,
  jiraApprovals,
  jiraComments,
  jiraHistories,
  jiraIssue,
} from "./jira-issues.ts";
import type { PlannedTicket } from "./plan-tickets.ts";
import type { Story } from "./story-schema.ts";

export interface IssueRecords {
  /** With all fields and the latest entries of its history. */
  readonly issue: JiraIssue;
  /** The whole history, oldest first. */
  readonly histories: readonly JiraHistory[];
  readonly comments: readonly JiraComment[];
  readonly approvals: ReturnType<typeof jiraApprovals>;
}

/** Everything that Jira knows about the project, in the order of the keys. */
export type JiraRecords = readonly IssueRecords[];

export function makeJiraRecords(story: Story, tickets: readonly PlannedTicket[]): JiraRecords {
  return tickets.map((ticket) => ({
    issue: jiraIssue(story, ticket),
    histories: jiraHistories(story, ticket),
    comments: jiraComments(story, ticket),
    approvals: jiraApprovals(story, ticket),
  }));
}
