import { type GithubRecords, latestOf, type RequestRecords, type RunRecords } from "../github-records.ts";
import { githubUser } from "../github-users.ts";
import type { Story } from "../story-schema.ts";
import { pageOf, rangeOf } from "./github-pages.ts";
import { searchRequests } from "./github-search.ts";
import { type Answerer, type Asked, ok, type Reply, route } from "./reply.ts";

const documentation = "https://docs.github.com/rest";

/** GitHub's error body, in the form that it has for every status. */
export function githubProblem(status: number, message: string): Reply {
  return { status, body: { message, documentation_url: documentation, status: String(status) } };
}

const notFound = githubProblem(404, "Not Found");
/** GitHub lists no more than this of a filtered list of runs. */
const mostRuns = 1000;

/** The parts of GitHub's REST API (version 2022-11-28) that read one repository. */
export function answerGithub(story: Story, github: GithubRecords): Answerer {
  const { owner, name } = story.repository;
  const root = `/repos/${owner}/${name}`;
  return (asked) => {
    const path = asked.path.replace(/^\/api\/v3/, "");
    if (path === "/user") return ok(auditorRecord(story));
    if (path === "/search/issues") return searchRequests(github, asked);
    if (path.toLowerCase() !== root.toLowerCase() && !path.toLowerCase().startsWith(`${root.toLowerCase()}/`))
      return notFound;
    return answerRepository(github, asked, path.slice(root.length)) ?? notFound;
  };
}

function answerRepository(github: GithubRecords, asked: Asked, path: string): Reply | null {
  const request = (number: string) => github.requests.find(({ listed }) => String(listed.number) === number);
  const run = (id: string) => github.runs.find((entry) => String(latestOf(entry).id) === id);
  const branch = github.releaseBranch;
  const list = (rows: readonly unknown[] | undefined) => (rows ? pageOf(asked, rows) : null);
  return route(path, [
    [/^\/?$/, () => ok(github.repository)],
    [
      /^\/branches\/([^/]+)$/,
      (asking) => (asking === branch.name ? ok(branch) : githubProblem(404, "Branch not found")),
    ],
    [/^\/branches\/([^/]+)\/protection$/, (asking) => (asking === branch.name ? ok(github.protection) : null)],
    [
      /^\/pulls$/,
      () =>
        pageOf(
          asked,
          listRequests(github.requests, asked.query).map(({ listed }) => listed),
        ),
    ],
    [/^\/pulls\/(\d+)$/, (number) => whole(request(number)?.full)],
    [/^\/pulls\/(\d+)\/reviews$/, (number) => list(request(number)?.reviews)],
    [/^\/pulls\/(\d+)\/commits$/, (number) => list(request(number)?.commits)],
    [/^\/pulls\/(\d+)\/comments$/, (number) => list(request(number)?.comments)],
    [/^\/issues\/(\d+)\/timeline$/, (number) => list(request(number)?.timeline)],
    // Whoever has something to say says it on a line, or in a review.
    [/^\/issues\/(\d+)\/comments$/, (number) => list(request(number) && [])],
    [/^\/commits\/([0-9a-f]{40})\/pulls$/, (sha) => pageOf(asked, requestsOf(github.requests, sha))],
    [/^\/actions\/runs$/, () => listRuns(github, asked)],
    [/^\/actions\/runs\/(\d+)$/, (id) => whole(run(id)?.attempts.at(-1)?.run)],
    [/^\/actions\/runs\/(\d+)\/jobs$/, (id) => listJobs(run(id), asked)],
    [/^\/actions\/runs\/(\d+)\/attempts\/(\d+)$/, (id, number) => whole(run(id)?.attempts[Number(number) - 1]?.run)],
    [
      /^\/actions\/runs\/(\d+)\/attempts\/(\d+)\/jobs$/,
      (id, number) => {
        const jobs = run(id)?.attempts[Number(number) - 1]?.jobs;
        return jobs ? pageOf(asked, jobs, (page) => ({ total_count: jobs.length, jobs: page })) : null;
      },
    ],
  ]);
}

function whole(record: object | undefined): Reply | null {
  return record ? ok(record) : null;
}

/** GitHub's defaults: open ones only, newest first. */
function listRequests(requests: readonly RequestRecords[], query: URLSearchParams): RequestRecords[] {
  const state = query.get("state") ?? "open";
  const base = query.get("base");
  const sort = query.get("sort") === "updated" ? "updated_at" : "created_at";
  const direction = query.get("direction") ?? (query.has("sort") && sort !== "created_at" ? "asc" : "desc");
  const rows = requests
    .filter(({ listed }) => (state === "all" || listed.state === state) && (base === null || listed.base.ref === base))
    .toSorted((a, b) => compare(a.listed[sort], b.listed[sort]) || a.listed.number - b.listed.number);
  return direction === "asc" ? rows : rows.toReversed();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Requests that a commit belongs to: by its head's commits, or as what they were merged as. */
function requestsOf(requests: readonly RequestRecords[], sha: string) {
  const belongs = requests.filter(
    ({ listed, commits }) => listed.merge_commit_sha === sha || commits.some((commit) => commit.sha === sha),
  );
  return belongs.map(({ listed }) => listed);
}

function listRuns(github: GithubRecords, asked: Asked): Reply {
  const { query } = asked;
  const created = query.get("created");
  const isIn = created === null ? () => true : rangeOf(created);
  const wanted = (name: string, ...values: readonly (string | null)[]) => {
    const value = query.get(name);
    return value === null || values.includes(value);
  };
  const rows = github.runs
    .map(latestOf)
    .filter(
      (run) =>
        isIn(run.created_at) &&
        wanted("branch", run.head_branch) &&
        wanted("event", run.event) &&
        wanted("head_sha", run.head_sha) &&
        wanted("actor", run.actor.login) &&
        wanted("status", run.status, run.conclusion),
    );
  return pageOf(asked, rows.slice(0, mostRuns), (page) => ({ total_count: rows.length, workflow_runs: page }));
}

/** The latest attempt's jobs unless all are asked for. */
function listJobs(run: RunRecords | undefined, asked: Asked): Reply | null {
  if (!run) return null;
  const attempts = asked.query.get("filter") === "all" ? run.attempts : run.attempts.slice(-1);
  const jobs = attempts.flatMap((attempt) => attempt.jobs);
  return pageOf(asked, jobs, (page) => ({ total_count: jobs.length, jobs: page }));
}

/** The account behind the token (schema `private-user`). */
function auditorRecord(story: Story) {
  const { login, name, email } = story.auditor;
  return {
    ...githubUser({ login, accountId: 900_100_950, bot: false }),
    user_view_type: "private",
    name,
    company: null,
    blog: "",
    location: null,
    email,
    hireable: null,
    bio: null,
    twitter_username: null,
    notification_email: email,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: "2025-12-01T08:00:00Z",
    updated_at: "2026-04-01T08:00:00Z",
    private_gists: 0,
    total_private_repos: 0,
    owned_private_repos: 0,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
  };
}
