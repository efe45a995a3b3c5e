import { createHash } from "node:crypto";
import type { JiraIssue } from "../jira-issues.ts";
import type { IssueRecords, JiraRecords } from "../jira-records.ts";
import { jiraProject, jiraUser } from "../jira-users.ts";
import type { Story } from "../story-schema.ts";
import { findIssues } from "./jql.ts";
import { type Answerer, type Asked, numberIn, ok, type Reply, route } from "./reply.ts";

export function jiraProblem(status: number, message: string): Reply {
  return { status, body: { errorMessages: [message], errors: {} } };
}

/** Most issues of one page once fields are asked for. */
const mostWithFields = 100;
const writingPermissions = ["CREATE_ISSUES", "EDIT_ISSUES", "TRANSITION_ISSUES", "ADMINISTER_PROJECTS", "ADMINISTER"];

/** The parts of Jira Cloud's REST API v3 that read one project. */
export function answerJira(story: Story, jira: JiraRecords): Answerer {
  const { project } = story.jira;
  const issueOf = (key: string) => jira.find(({ issue }) => issue.key === key.toUpperCase() || issue.id === key);
  return (asked) => {
    const reply = route(asked.path, [
      [/^\/rest\/api\/3\/serverInfo$/, () => ok(serverInfo(story))],
      [/^\/rest\/api\/3\/myself$/, () => ok(auditorAccount(story))],
      [/^\/rest\/api\/3\/mypermissions$/, () => permissions(asked)],
      [/^\/rest\/api\/3\/project\/([^/]+)$/, (key) => projectReply(story, key)],
      [/^\/rest\/api\/3\/search\/jql$/, () => search(jira, project, asked)],
      [/^\/rest\/api\/3\/search\/approximate-count$/, () => count(jira, project, asked)],
      [/^\/rest\/api\/3\/issue\/([^/]+)$/, (key) => forIssue(issueOf(key), ({ issue }) => ok(issue))],
      [
        /^\/rest\/api\/3\/issue\/([^/]+)\/changelog$/,
        (key) => forIssue(issueOf(key), (records) => changelog(records, asked)),
      ],
      [
        /^\/rest\/api\/3\/issue\/([^/]+)\/comment$/,
        (key) => forIssue(issueOf(key), (records) => comments(records, asked)),
      ],
      [
        /^\/rest\/servicedeskapi\/request\/([^/]+)\/approval$/,
        (key) => forIssue(issueOf(key), (records) => approvals(records, asked)),
      ],
    ]);
    return reply ?? { status: 404, body: { message: `null for uri: ${asked.path}`, "status-code": 404 } };
  };
}

/** Whether a method other than GET only reads here. */
export function readsByPost(path: string): boolean {
  return /^\/rest\/api\/3\/search\/(jql|approximate-count)$/.test(path);
}

interface SearchQuery {
  readonly jql: string;
  readonly fields: readonly string[];
  readonly expand: readonly string[];
  readonly maxResults: number;
  readonly token: string | null;
}

function search(jira: JiraRecords, project: string, asked: Asked): Reply {
  const query = readQuery(asked);
  if (query === null)
    return jiraProblem(400, "Invalid request payload. Refer to the REST API documentation and try again.");
  const found = findIssues(jira, project, query.jql);
  if ("problem" in found) return jiraProblem(400, found.problem);
  const start = offsetOf(query);
  if (start === null) return jiraProblem(400, "The nextPageToken is invalid or has expired.");
  const size = query.fields.length === 0 ? query.maxResults : Math.min(query.maxResults, mostWithFields);
  const end = start + size;
  const issues = found.issues.slice(start, end).map((issue) => shownIssue(issue, query));
  const isLast = end >= found.issues.length;
  return ok(isLast ? { issues, isLast } : { issues, nextPageToken: tokenOf(query, end), isLast });
}

function count(jira: JiraRecords, project: string, asked: Asked): Reply {
  const query = asked.method === "POST" ? readQuery(asked) : null;
  if (query === null) return jiraProblem(405, "Method Not Allowed");
  const found = findIssues(jira, project, query.jql);
  return "problem" in found ? jiraProblem(400, found.problem) : ok({ count: found.issues.length });
}

/** From the address or, for POST, from the JSON body; null for a body that is none. */
function readQuery({ method, query, body }: Asked): SearchQuery | null {
  if (method !== "POST") {
    const listOf = (name: string) =>
      query
        .getAll(name)
        .flatMap((text) => text.split(","))
        .filter((text) => text !== "");
    return {
      jql: query.get("jql") ?? "",
      fields: listOf("fields"),
      expand: listOf("expand"),
      maxResults: numberIn(query, "maxResults", 50, 1, 5000),
      token: query.get("nextPageToken"),
    };
  }
  try {
    const { jql = "", fields = [], expand = "", maxResults = 50, nextPageToken = null } = JSON.parse(body);
    if (typeof jql !== "string" || !Array.isArray(fields) || typeof expand !== "string") return null;
    const size = Math.min(Math.max(Number(maxResults) || 50, 1), 5000);
    return { jql, fields: fields.map(String), expand: expand.split(","), maxResults: size, token: nextPageToken };
  } catch {
    return null;
  }
}

/** Without `fields` Jira gives nothing but the id. */
function shownIssue(issue: JiraIssue, { fields, expand }: SearchQuery): object {
  if (fields.length === 0) return { id: issue.id };
  const { changelog, fields: values, ...rest } = issue;
  const all = fields.includes("*all") || fields.includes("*navigable");
  const isShown = (name: string) => (all || fields.includes(name)) && !fields.includes(`-${name}`);
  const shown = Object.fromEntries(Object.entries(values).filter(([name]) => isShown(name)));
  return { ...rest, ...(expand.includes("changelog") ? { changelog } : {}), fields: shown };
}

/** Opaque to the client: it names the query, so that a token of another one is refused. */
function tokenOf(query: SearchQuery, offset: number): string {
  return Buffer.from(`${queryDigest(query)}:${offset}`).toString("base64url");
}

function offsetOf(query: SearchQuery): number | null {
  if (query.token === null) return 0;
  const [digest, offset] = Buffer.from(query.token, "base64url").toString().split(":");
  return digest === queryDigest(query) && /^\d+$/.test(offset ?? "") ? Number(offset) : null;
}

function queryDigest({ jql }: SearchQuery): string {
  return createHash("sha256").update(jql).digest("hex").slice(0, 16);
}

function changelog({ issue, histories }: IssueRecords, asked: Asked): Reply {
  const startAt = numberIn(asked.query, "startAt", 0, 0, Number.MAX_SAFE_INTEGER);
  const maxResults = numberIn(asked.query, "maxResults", 100, 1, 100);
  const end = startAt + maxResults;
  const isLast = end >= histories.length;
  const address = (start: number) => `${issue.self}/changelog?maxResults=${maxResults}&startAt=${start}`;
  const next = isLast ? {} : { nextPage: address(end) };
  const page = { maxResults, startAt, total: histories.length, isLast, values: histories.slice(startAt, end) };
  return ok({ self: address(startAt), ...next, ...page });
}

function comments({ comments: all }: IssueRecords, asked: Asked): Reply {
  const startAt = numberIn(asked.query, "startAt", 0, 0, Number.MAX_SAFE_INTEGER);
  const maxResults = numberIn(asked.query, "maxResults", 100, 1, 100);
  return ok({ startAt, maxResults, total: all.length, comments: all.slice(startAt, startAt + maxResults) });
}

/** Of Jira Service Management, which pages in a manner of its own. */
function approvals({ approvals: all }: IssueRecords, asked: Asked): Reply {
  const start = numberIn(asked.query, "start", 0, 0, Number.MAX_SAFE_INTEGER);
  const limit = numberIn(asked.query, "limit", 50, 1, 100);
  const values = all.slice(start, start + limit);
  return ok({ size: values.length, start, limit, isLastPage: start + limit >= all.length, values });
}

function forIssue(records: IssueRecords | undefined, answer: (records: IssueRecords) => Reply): Reply {
  return records ? answer(records) : jiraProblem(404, "Issue does not exist or you do not have permission to see it.");
}

function projectReply(story: Story, key: string): Reply {
  if (key.toUpperCase() !== story.jira.project) return jiraProblem(404, `No project could be found with key '${key}'.`);
  return ok({
    expand: "description,lead,issueTypes,url,projectKeys",
    ...jiraProject(story),
    isPrivate: false,
    properties: {},
  });
}

/** The auditor's account reads and does nothing else. */
function permissions(asked: Asked): Reply {
  const names = (asked.query.get("permissions") ?? "").split(",").filter((name) => name !== "");
  if (names.length === 0) return jiraProblem(400, "The 'permissions' query parameter is required.");
  const entries = names.map((key, index) => {
    const havePermission = !writingPermissions.includes(key);
    return [key, { id: String(index + 10), key, name: key, type: "PROJECT", description: "", havePermission }];
  });
  return ok({ permissions: Object.fromEntries(entries) });
}

function auditorAccount(story: Story) {
  const { name, email, login } = story.auditor;
  return {
    ...jiraUser(story, { person: login, name, bot: false }),
    emailAddress: email,
    locale: "en_GB",
    groups: { size: 1, items: [] },
    applicationRoles: { size: 1, items: [] },
    expand: "groups,applicationRoles",
  };
}

function serverInfo(story: Story) {
  return {
    baseUrl: story.jira.site,
    version: "1001.0.0-SNAPSHOT",
    versionNumbers: [1001, 0, 0],
    deploymentType: "Cloud",
    buildNumber: 100281,
    buildDate: "2026-04-01T00:00:00.000+0200",
    scmInfo: "0000000000000000000000000000000000000000",
    serverTitle: "Jira",
    defaultLocale: { locale: "en_GB" },
  };
}
