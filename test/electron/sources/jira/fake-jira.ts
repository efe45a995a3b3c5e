import type { ServerResponse } from "node:http";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { type LoopbackServer, type SeenRequest, sendJson, startServer } from "../http/loopback-server.ts";

export interface FakeIssue {
  readonly key: string;
  readonly created: string;
  /** Entries of its history; a search page holds the latest few. */
  readonly histories?: number;
  readonly comments?: number;
  readonly commentsShown?: number;
  /** Last change; without it when it was raised. */
  readonly updated?: string;
  readonly approvals?: readonly object[];
}

/** A small Jira Cloud whose tickets change while it is read. */
export interface FakeJira {
  issues: FakeIssue[];
  token: string;
  pageSize: number;
  writing: readonly string[];
  /** Sent as `x-aaccountid`; null for a server that sends none. */
  accountHeader: string | null;
  before: (seen: SeenRequest, response: ServerResponse) => boolean;
}

export const jiraToken = "ATATT-NobodyMaySeeThis";
const shownHistories = 5;

export async function startJira(
  changes: Partial<FakeJira> = {},
): Promise<{ jira: FakeJira; server: LoopbackServer; source: SourceOf<"jira"> }> {
  const jira: FakeJira = {
    issues: [],
    token: jiraToken,
    pageSize: 100,
    writing: [],
    accountHeader: "account-1",
    before: () => false,
    ...changes,
  };
  const server = await startServer((seen, response) => {
    if (!jira.before(seen, response)) answer(jira, seen, response);
  });
  const source: SourceOf<"jira"> = {
    id: "jira",
    kind: "jira",
    siteUrl: server.url,
    projects: ["SHOP"],
    user: "auditor@example.test",
    token: { in: "environment", name: "UNUSED" },
  };
  return { jira, server, source };
}

function answer(jira: FakeJira, seen: SeenRequest, response: ServerResponse): void {
  const basic = Buffer.from(`auditor@example.test:${jira.token}`).toString("base64");
  if (![`Basic ${basic}`, `Bearer ${jira.token}`].includes(seen.headers.authorization ?? "")) {
    sendJson(response, { message: "Client must be authenticated to access this resource." }, { status: 401 });
    return;
  }
  const headers: Record<string, string> = jira.accountHeader === null ? {} : { "x-aaccountid": jira.accountHeader };
  const send = (body: unknown, status = 200) => sendJson(response, body, { status, headers });
  const [, version, detail, what] = /^\/rest\/api\/([23])\/issue\/([^/]+)\/(comment|remotelink)$/.exec(seen.path) ?? [];
  const approved = /^\/rest\/servicedeskapi\/request\/([^/]+)\/approval$/.exec(seen.path)?.[1];
  const issue = jira.issues.find(({ key }) => key === (detail ?? approved));
  const history = /^\/rest\/api\/3\/issue\/([^/]+)\/changelog$/.exec(seen.path)?.[1];
  if (version !== undefined && what === "comment") send(commentPage(issue, seen));
  else if (what === "remotelink") send([{ id: 1, object: { url: `https://docs.example/${detail}`, title: "Design" } }]);
  else if (approved !== undefined && issue?.approvals) send(approvalPage(issue.approvals, seen));
  else if (seen.path === "/rest/dev-status/latest/issue/detail") send(developmentOf(seen));
  else if (seen.path === "/rest/api/2/myself") send({ name: "auditor", displayName: "The Auditor" });
  else if (seen.path === "/rest/api/2/mypermissions") send({ permissions: { EDIT_ISSUES: { havePermission: false } } });
  else if (seen.path === "/rest/api/2/search") send(serverSearch(jira, seen));
  else if (seen.path === "/rest/api/3/myself") send({ accountId: "account-1", displayName: "The Auditor" });
  else if (seen.path === "/rest/api/3/mypermissions") send({ permissions: permissionsOf(jira, seen) });
  else if (seen.path === "/rest/api/3/search/jql") send(...search(jira, seen));
  else if (history !== undefined) send(changelogPage(jira, history, seen));
  else send({ errorMessages: ["Not found"] }, 404);
}

function permissionsOf(jira: FakeJira, seen: SeenRequest) {
  const names = (seen.query.get("permissions") ?? "").split(",");
  return Object.fromEntries(names.map((name) => [name, { havePermission: jira.writing.includes(name) }]));
}

function search(jira: FakeJira, seen: SeenRequest): [body: unknown, status?: number] {
  const jql = seen.query.get("jql") ?? "";
  const found = find(jira, jql);
  if (typeof found === "string") return [{ errorMessages: [found] }, 400];
  const size = Math.min(Number(seen.query.get("maxResults") ?? 50), jira.pageSize);
  const start = Number(/^offset-(\d+)$/.exec(seen.query.get("nextPageToken") ?? "offset-0")?.[1] ?? -1);
  if (start < 0) return [{ errorMessages: ["The nextPageToken is invalid or has expired."] }, 400];
  const full = seen.query.get("fields") === "*all";
  const issues = found.slice(start, start + size).map((issue) => (full ? shown(issue) : keyOnly(issue)));
  const isLast = start + size >= found.length;
  return [isLast ? { issues, isLast } : { issues, isLast, nextPageToken: `offset-${start + size}` }];
}

function find({ issues }: FakeJira, jql: string): FakeIssue[] | string {
  const keys = /^key in \((.*)\) ORDER/.exec(jql)?.[1];
  const sorted = issues.toSorted((one, other) => numberOf(one.key) - numberOf(other.key));
  if (keys !== undefined) return sorted.filter(({ key }) => keys.includes(`"${key}"`));
  const [, project = "", before = "", order = ""] =
    /^project = "([A-Z]+)" AND created < "([0-9-]+)"(?: ORDER BY key (ASC|DESC))?$/.exec(jql) ?? [];
  if (project === "" || !["SHOP", "OPS"].includes(project)) {
    return `The value '${project}' does not exist for the field 'project'.`;
  }
  const found = sorted.filter(({ key, created }) => key.startsWith(`${project}-`) && created < before);
  return order === "DESC" ? found.reverse() : found;
}

/** A Jira Server counts rows, and gives histories whole. */
function serverSearch(jira: FakeJira, seen: SeenRequest) {
  const found = find(jira, seen.query.get("jql") ?? "");
  if (typeof found === "string") return { errorMessages: [found] };
  const size = Math.min(Number(seen.query.get("maxResults") ?? 50), jira.pageSize);
  const startAt = Number(seen.query.get("startAt") ?? 0);
  const full = seen.query.get("fields") === "*all";
  const issues = found.slice(startAt, startAt + size).map((issue) => (full ? shown(issue) : keyOnly(issue)));
  return { startAt, maxResults: size, total: found.length, issues };
}

/** As a service desk pages: it says where a page starts and whether it is the last, and counts no total. */
function approvalPage(all: readonly object[], seen: SeenRequest) {
  const start = Number(seen.query.get("start"));
  const limit = Number(seen.query.get("limit"));
  const values = all.slice(start, start + limit);
  return { start, limit, size: values.length, isLastPage: start + limit >= all.length, values };
}

function commentPage(issue: FakeIssue | undefined, seen: SeenRequest) {
  const all = commentsOf(issue?.comments ?? 0);
  const startAt = Number(seen.query.get("startAt"));
  const comments = all.slice(startAt, startAt + Number(seen.query.get("maxResults")));
  return { startAt, maxResults: comments.length, total: all.length, comments };
}

function commentsOf(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    created: "2025-02-01T10:00:00.000+0100",
    author: { accountId: "account-2" },
    body: `comment ${index}`,
  }));
}

function developmentOf(seen: SeenRequest) {
  const url = `https://host.example/pull/${seen.query.get("issueId")}`;
  return { errors: [], detail: [{ pullRequests: [{ url, status: "MERGED" }] }] };
}

function shown(issue: FakeIssue) {
  const { key, created, updated = created, histories = 0, comments = 0, commentsShown = comments } = issue;
  return {
    id: key,
    key,
    fields: {
      summary: key,
      created,
      updated,
      status: { name: "Done", statusCategory: { key: "done" } },
      comment: { total: comments, comments: commentsOf(commentsShown) },
    },
    changelog: {
      startAt: 0,
      maxResults: shownHistories,
      total: histories,
      histories: entries(histories).slice(-shownHistories),
    },
  };
}

function keyOnly({ key, created }: FakeIssue) {
  return { id: key, key, fields: { created } };
}

function changelogPage({ issues }: FakeJira, key: string, seen: SeenRequest) {
  const all = entries(issues.find((issue) => issue.key === key)?.histories ?? 0);
  const startAt = Number(seen.query.get("startAt"));
  const maxResults = Number(seen.query.get("maxResults"));
  const values = all.slice(startAt, startAt + maxResults);
  return { startAt, maxResults, total: all.length, isLast: startAt + maxResults >= all.length, values };
}

function entries(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    created: "2025-02-01T10:00:00.000+0100",
    author: { accountId: "account-2" },
    items: [{ field: "status", fromString: "To Do", toString: "Done" }],
  }));
}

function numberOf(key: string): number {
  return Number(key.split("-")[1]);
}
