import type { IncomingMessage, ServerResponse } from "node:http";
import { type HttpLimits, pullLimits } from "../../../../electron/sources/http/http-limits.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { type LoopbackServer, type SeenRequest, sendJson, startServer } from "../http/loopback-server.ts";

export interface FakePull {
  readonly number: number;
  mergedAt: string | null;
  updatedAt: string;
  state?: "open" | "closed";
  base?: string;
  reviews?: number;
  commits?: number;
}

export interface FakeRun {
  readonly id: number;
  readonly createdAt: string;
  readonly branch?: string;
  readonly event?: string;
  readonly jobs?: number;
}

/** A small GitHub whose records change while it is read, as the real one's do. */
export interface FakeGithub {
  pulls: FakePull[];
  runs: FakeRun[];
  token: string;
  scopes: string | null;
  permissions: Record<string, boolean>;
  /** What the search says; null for the truth. */
  searchTotal: number | null;
  /** Called before each answer; true when it has answered itself. */
  before: (seen: SeenRequest, response: ServerResponse, request: IncomingMessage) => boolean;
}

export const githubToken = "github_pat_NobodyMaySeeThis";
export const project = "acme/shop";

export const quickLimits: HttpLimits = {
  ...pullLimits,
  timeoutMs: 5_000,
  attempts: 3,
  backoffMs: 1,
  longestBackoffMs: 2,
  longestWaitMs: 3_000,
};

export async function startGithub(
  changes: Partial<FakeGithub> = {},
): Promise<{ github: FakeGithub; server: LoopbackServer; source: SourceOf<"github"> }> {
  const github: FakeGithub = {
    pulls: [],
    runs: [],
    token: githubToken,
    scopes: "repo, read:org",
    permissions: { admin: false, push: false, pull: true },
    searchTotal: null,
    before: () => false,
    ...changes,
  };
  const server = await startServer((seen, response, request) => {
    if (!github.before(seen, response, request)) answer(github, seen, response, server.url);
  });
  const source: SourceOf<"github"> = {
    id: "host",
    kind: "github",
    repository: "shop",
    project,
    apiUrl: server.url,
    releaseBranch: "main",
    token: { in: "environment", name: "UNUSED" },
    // What these tests are about; the other parts have tests of their own.
    include: [],
  };
  return { github, server, source };
}

function answer(github: FakeGithub, seen: SeenRequest, response: ServerResponse, url: string): void {
  if (seen.headers.authorization !== `Bearer ${github.token}`) {
    sendJson(response, { message: "Bad credentials" }, { status: 401 });
    return;
  }
  const scopes: Record<string, string> = github.scopes === null ? {} : { "x-oauth-scopes": github.scopes };
  const path = seen.path.replace(`/repos/${project}`, "");
  const [, name = "", number = "", list = ""] = path.split("/");
  const pull = github.pulls.find((candidate) => candidate.number === Number(number));
  if (seen.path === "/user") sendJson(response, { login: "the-auditor" }, { headers: scopes });
  else if (seen.path === "/search/issues")
    sendJson(response, { total_count: searchTotal(github, seen), incomplete_results: false, items: [] });
  else if (path === "")
    sendJson(response, { full_name: project, permissions: github.permissions }, { headers: scopes });
  else if (path === "/branches/main") sendJson(response, { name: "main" });
  else if (path === "/pulls") sendPage(response, seen, url, listed(github, seen));
  else if (name === "pulls" && pull && list === "")
    sendJson(response, { ...listedPull(pull), ...sizeOf(pull), merged_by: user("m") });
  else if (name === "pulls" && pull && list === "reviews") sendPage(response, seen, url, reviewsOf(pull));
  else if (name === "pulls" && pull && list === "commits") sendPage(response, seen, url, commitsOf(pull));
  else if (path === "/actions/runs") sendRuns(response, seen, url, github);
  else if (name === "actions" && number === "runs") sendJobs(response, seen, url, github, Number(list));
  else sendJson(response, { message: "Not Found" }, { status: 404 });
}

function searchTotal(github: FakeGithub, seen: SeenRequest): number {
  if (github.searchTotal !== null) return github.searchTotal;
  const [, from = "", to = ""] = /merged:(\S+)\.\.(\S+)/.exec(seen.query.get("q") ?? "") ?? [];
  const into = /base:(\S+)/.exec(seen.query.get("q") ?? "")?.[1];
  return github.pulls.filter(
    ({ mergedAt, base = "main" }) => mergedAt !== null && mergedAt >= from && mergedAt <= to && base === (into ?? base),
  ).length;
}

function listed(github: FakeGithub, seen: SeenRequest): unknown[] {
  return github.pulls
    .filter(
      ({ state = "closed", base = "main" }) =>
        state === seen.query.get("state") && base === (seen.query.get("base") ?? base),
    )
    .sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : one.updatedAt > other.updatedAt ? -1 : 0))
    .map(listedPull);
}

function listedPull({ number, mergedAt, updatedAt, state = "closed", base = "main" }: FakePull) {
  return {
    number,
    title: `Change ${number}`,
    state,
    user: user("author"),
    created_at: "2024-11-01T00:00:00Z",
    merged_at: mergedAt,
    updated_at: updatedAt,
    merge_commit_sha: shaOf(number),
    html_url: `https://example.test/${project}/pull/${number}`,
    head: { ref: `branch-${number}`, sha: shaOf(number + 1_000_000) },
    base: { ref: base },
    labels: [],
  };
}

/** What only a request by itself tells; the comments are those of fake-github-parts.ts. */
function sizeOf({ commits = 1 }: FakePull) {
  return { commits, additions: 3, deletions: 1, changed_files: 1, comments: 1, review_comments: 1 };
}

function reviewsOf({ number, reviews = 1 }: FakePull) {
  return Array.from({ length: reviews }, (_, index) => ({
    id: number * 1000 + index,
    user: user("reviewer"),
    state: "APPROVED",
    submitted_at: "2025-02-01T10:00:00Z",
    commit_id: shaOf(number + 1_000_000),
    author_association: "MEMBER",
    pull_request_url: `https://example.test/repos/${project}/pulls/${number}`,
  }));
}

function commitsOf({ number, commits = 1 }: FakePull) {
  return Array.from({ length: commits }, (_, index) => ({
    sha: shaOf(number + 1_000_000 + index),
    commit: { author: { name: "A", email: "a@example.test" }, message: `Work ${index}` },
    author: user("author"),
  }));
}

function sendRuns(response: ServerResponse, seen: SeenRequest, url: string, github: FakeGithub): void {
  const [from = "", to = ""] = (seen.query.get("created") ?? "").split("..");
  const found = github.runs.filter(
    ({ createdAt, branch = "main", event = "push" }) =>
      (seen.query.get("branch") ?? branch) === branch &&
      (seen.query.get("event") ?? event) === event &&
      createdAt >= from &&
      createdAt <= to,
  );
  const rows = found.slice(0, 1000).map((run) => ({
    id: run.id,
    name: "CI",
    event: "push",
    head_branch: run.branch ?? "main",
    head_sha: shaOf(run.id),
    status: "completed",
    conclusion: "success",
    run_attempt: 1,
    created_at: run.createdAt,
    updated_at: run.createdAt,
    actor: user("author"),
    html_url: "",
  }));
  sendPage(response, seen, url, rows, (page) => ({ total_count: found.length, workflow_runs: page }));
}

function sendJobs(response: ServerResponse, seen: SeenRequest, url: string, github: FakeGithub, id: number): void {
  const run = github.runs.find((candidate) => candidate.id === id);
  const jobs = Array.from({ length: run?.jobs ?? 1 }, (_, index) => ({
    id: id * 1000 + index,
    run_id: id,
    name: `job ${index}`,
    status: "completed",
    conclusion: "success",
  }));
  sendPage(response, seen, url, jobs, (page) => ({ total_count: jobs.length, jobs: page }));
}

function sendPage(
  response: ServerResponse,
  seen: SeenRequest,
  url: string,
  rows: readonly unknown[],
  wrap: (page: readonly unknown[]) => unknown = (page) => page,
): void {
  const size = Number(seen.query.get("per_page") ?? 30);
  const page = Number(seen.query.get("page") ?? 1);
  const next = new URL(`${url}${seen.path}?${seen.query.toString()}`);
  next.searchParams.set("page", String(page + 1));
  const headers: Record<string, string> = page * size < rows.length ? { link: `<${next.href}>; rel="next"` } : {};
  sendJson(response, wrap(rows.slice((page - 1) * size, page * size)), { headers });
}

function user(login: string) {
  return { login, type: "User" };
}

export function shaOf(number: number): string {
  return number.toString(16).padStart(40, "0");
}
