import { jiraAccountOf } from "./directory.ts";
import { jiraDocument } from "./jira-text.ts";
import { jiraProject, jiraUser } from "./jira-users.ts";
import { jiraTime, type Seconds } from "./moments.ts";
import {
  numberOf,
  type PlannedTicket,
  type TicketComment,
  type TicketMove,
  type TicketStatus,
} from "./plan-tickets.ts";
import type { Story } from "./story-schema.ts";

export type JiraIssue = ReturnType<typeof jiraIssue>;
export type JiraHistory = ReturnType<typeof jiraHistory>;
export type JiraComment = ReturnType<typeof jiraComment>;

/** How many entries of a history a search gives with each issue; the rest is for the changelog endpoint. */
const historiesInSearch = 40;

const statusRecords: Record<TicketStatus, readonly [id: string, category: keyof typeof categories]> = {
  "To Do": ["10000", "new"],
  Approved: ["10011", "new"],
  "In Progress": ["3", "indeterminate"],
  "In Review": ["10012", "indeterminate"],
  Done: ["10002", "done"],
  Rejected: ["10013", "done"],
};
const categories = {
  new: { id: 2, colorName: "blue-gray", name: "To Do" },
  indeterminate: { id: 4, colorName: "yellow", name: "In Progress" },
  done: { id: 3, colorName: "green", name: "Done" },
} as const;
const issueTypes = { Story: "10001", Bug: "10004", Task: "10002", Epic: "10000", Incident: "10020" } as const;
/** Jira Service Management's field for the class of a change. */
export const changeTypeField = "customfield_10005";
const changeTypes = { Standard: "10101", Normal: "10102", Emergency: "10103" } as const;
const priorities = { Highest: "1", High: "2", Medium: "3" } as const;

/** An issue with all fields and its latest history, as a search with `fields=*all&expand=changelog` gives it. */
export function jiraIssue(story: Story, ticket: PlannedTicket) {
  const { key, told } = ticket;
  const id = issueId(key);
  const self = `${story.jira.site}/rest/api/3/issue/${id}`;
  const at = (moment: Seconds) => jiraTime(moment, story.period.timeZone);
  const histories = jiraHistories(story, ticket);
  const comments = jiraComments(story, ticket);
  const reporter = jiraUser(story, ticket.reporter);
  return {
    expand: "operations,versionedRepresentations,editmeta,changelog,renderedFields",
    id,
    self,
    key,
    changelog: {
      startAt: 0,
      maxResults: Math.min(histories.length, historiesInSearch),
      total: histories.length,
      histories: histories.toReversed().slice(0, historiesInSearch),
    },
    fields: {
      statuscategorychangedate: at(lastStatusMove(ticket)),
      issuetype: typeRecord(story, told.type),
      project: jiraProject(story),
      summary: told.summary,
      description: jiraDocument(`${told.summary}.`, `Raised by ${ticket.reporter.name} for the ledger team.`),
      status: statusRecord(story, ticket.status),
      priority: priorityRecord(story, told.priority),
      resolution: ticket.resolvedAt === null ? null : resolutionRecord(story),
      resolutiondate: ticket.resolvedAt === null ? null : at(ticket.resolvedAt),
      created: at(ticket.createdAt),
      updated: at(ticket.updatedAt),
      assignee: ticket.assignee && jiraUser(story, ticket.assignee),
      reporter,
      creator: reporter,
      labels: told.labels,
      components: [],
      fixVersions: [],
      versions: [],
      issuelinks: told.followedBy.map((other, index) => issueLink(story, key, other, index)),
      [changeTypeField]: changeTypeRecord(story, ticket.changeType),
      subtasks: [],
      duedate: null,
      environment: null,
      votes: { self: `${self}/votes`, votes: 0, hasVoted: false },
      watches: { self: `${self}/watchers`, watchCount: 1, isWatching: false },
      worklog: { startAt: 0, maxResults: 20, total: 0, worklogs: [] },
      comment: { comments, self: `${self}/comment`, maxResults: comments.length, total: comments.length, startAt: 0 },
    },
  };
}

/** The whole history, oldest first. */
export function jiraHistories(story: Story, ticket: PlannedTicket): JiraHistory[] {
  return ticket.moves.map((move, index) => jiraHistory(story, ticket, move, index));
}

function jiraHistory(story: Story, ticket: PlannedTicket, move: TicketMove, index: number) {
  return {
    id: String(numberOf(ticket.key) * 1000 + index),
    author: jiraUser(story, move.by),
    created: jiraTime(move.at, story.period.timeZone),
    items: [historyItem(move.set)],
  };
}

function historyItem(set: TicketMove["set"]): Record<string, string | null> {
  if (set.field === "status") {
    const [from, to] = [statusRecords[set.from][0], statusRecords[set.to][0]];
    return { ...itemOf("status", "jira"), from, fromString: set.from, to, toString: set.to };
  }
  if (set.field === "assignee") {
    const { name, person } = set.to;
    const account = jiraAccountOf(person);
    return { ...itemOf("assignee", "jira"), from: null, fromString: null, to: account, toString: name };
  }
  const ranked = set.higher ? "Ranked higher" : "Ranked lower";
  return {
    field: "Rank",
    fieldtype: "custom",
    fieldId: "customfield_10019",
    from: "",
    fromString: "",
    to: "",
    toString: ranked,
  };
}

/** GET /rest/servicedeskapi/request/{key}/approval: one for each decision of the board. */
export function jiraApprovals(story: Story, ticket: PlannedTicket) {
  return ticket.decisions.map(({ at, by, decision }, index) => ({
    id: String(numberOf(ticket.key) * 10 + index),
    name: "CAB approval",
    finalDecision: decision,
    canAnswerApproval: false,
    approvers: [{ approver: jiraUser(story, by), approverDecision: decision }],
    createdDate: dateRecord(story, ticket.createdAt),
    completedDate: dateRecord(story, at),
  }));
}

function dateRecord(story: Story, at: Seconds) {
  return { iso8601: jiraTime(at, story.period.timeZone), epochMillis: at * 1000 };
}

function issueLink(story: Story, key: string, other: string, index: number) {
  const id = String(numberOf(key) * 10 + index);
  return {
    id,
    self: `${story.jira.site}/rest/api/3/issueLink/${id}`,
    type: { id: "10010", name: "Follow-up", inward: "follows", outward: "is followed by" },
    outwardIssue: { id: issueId(other), key: other, self: `${story.jira.site}/rest/api/3/issue/${issueId(other)}` },
  };
}

function changeTypeRecord(story: Story, type: PlannedTicket["changeType"]) {
  if (type === "") return null;
  const id = changeTypes[type];
  return { self: `${story.jira.site}/rest/api/3/customFieldOption/${id}`, value: type, id };
}

function itemOf(field: string, fieldtype: string) {
  return { field, fieldtype, fieldId: field };
}

export function jiraComments(story: Story, ticket: PlannedTicket): JiraComment[] {
  return ticket.comments.map((comment, index) => jiraComment(story, ticket.key, comment, index));
}

function jiraComment(story: Story, key: string, comment: TicketComment, index: number) {
  const id = String(numberOf(key) * 100 + index);
  const author = jiraUser(story, comment.by);
  const created = jiraTime(comment.at, story.period.timeZone);
  return {
    self: `${story.jira.site}/rest/api/3/issue/${issueId(key)}/comment/${id}`,
    id,
    author,
    body: jiraDocument(comment.text),
    updateAuthor: author,
    created,
    updated: created,
    jsdPublic: true,
  };
}

export function issueId(key: string): string {
  return String(10_000 + numberOf(key));
}

function lastStatusMove(ticket: PlannedTicket): Seconds {
  return ticket.moves.findLast((move) => move.set.field === "status")?.at ?? ticket.createdAt;
}

function statusRecord(story: Story, name: TicketStatus) {
  const [id, key] = statusRecords[name];
  const { id: categoryId, ...category } = categories[key];
  return {
    self: `${story.jira.site}/rest/api/3/status/${id}`,
    description: "",
    iconUrl: `${story.jira.site}/`,
    name,
    id,
    statusCategory: {
      self: `${story.jira.site}/rest/api/3/statuscategory/${categoryId}`,
      id: categoryId,
      key,
      ...category,
    },
  };
}

function typeRecord(story: Story, name: keyof typeof issueTypes) {
  const id = issueTypes[name];
  return {
    self: `${story.jira.site}/rest/api/3/issuetype/${id}`,
    id,
    description: "",
    iconUrl: `${story.jira.site}/rest/api/3/universal_avatar/view/type/issuetype/avatar/10300?size=medium`,
    name,
    subtask: false,
    avatarId: 10300,
    hierarchyLevel: name === "Epic" ? 1 : 0,
  };
}

function priorityRecord(story: Story, name: keyof typeof priorities) {
  const id = priorities[name];
  const iconUrl = `${story.jira.site}/images/icons/priorities/${name.toLowerCase()}_new.svg`;
  return { self: `${story.jira.site}/rest/api/3/priority/${id}`, iconUrl, name, id };
}

function resolutionRecord(story: Story) {
  return { self: `${story.jira.site}/rest/api/3/resolution/10000`, id: "10000", description: "", name: "Done" };
}
