import type { GithubPart } from "../../../../../shared/model/code-host-source.ts";
import { type SeenRequest, sendJson } from "../../http/loopback-server.ts";
import { project, shaOf, startGithub } from "../fake-github.ts";

const at = "2025-02-01T10:00:00Z";
const bot = { login: "github-actions[bot]", type: "Bot" };
const user = (login: string) => ({ login, type: "User" });

/** What GitHub answers to the questions for the parts, below the repository; docs.github.com/rest, version 2022-11-28. */
const answers: Record<string, unknown> = {
  "/issues/1/timeline": [
    { event: "head_ref_force_pushed", id: 1, actor: user("ada"), created_at: at, commit_id: shaOf(7) },
    {
      event: "review_dismissed",
      id: 2,
      actor: user("mel"),
      created_at: at,
      dismissed_review: { dismissal_message: "stale" },
    },
    {
      event: "review_requested",
      id: 3,
      actor: user("ada"),
      created_at: at,
      requested_reviewer: user("rita"),
    },
    { event: "merged", id: 4, actor: user("mel"), created_at: at, commit_id: shaOf(1) },
    { event: "committed", sha: shaOf(9) },
    { event: "reviewed", id: 5, user: user("rita"), submitted_at: at },
  ],
  "/issues/1/comments": [
    { id: 11, user: user("rita"), created_at: at, body: "Why?", html_url: `https://x/${project}/pull/1#c` },
  ],
  "/pulls/1/comments": [
    {
      id: 12,
      user: user("rita"),
      created_at: at,
      body: "Here.",
      path: "a.ts",
      pull_request_url: `https://x/repos/${project}/pulls/1`,
      html_url: `https://x/${project}/pull/1#r`,
    },
  ],
  "/branches/main": { name: "main", protected: true },
  "/branches/main/protection": {
    required_pull_request_reviews: { required_approving_review_count: 2, dismiss_stale_reviews: true },
    required_status_checks: { contexts: ["ci"], checks: [{ context: "ci" }] },
    enforce_admins: { enabled: false },
    allow_force_pushes: { enabled: false },
  },
  "/rules/branches/main": [
    { type: "pull_request", parameters: { required_approving_review_count: 1 } },
    { type: "non_fast_forward" },
  ],
  "/code-scanning/alerts": [
    {
      number: 3,
      state: "dismissed",
      created_at: at,
      dismissed_at: "2025-02-02T10:00:00Z",
      dismissed_by: user("mel"),
      dismissed_reason: "won't fix",
      rule: { id: "js/xss", description: "XSS", severity: "error", security_severity_level: "critical" },
      tool: { name: "CodeQL" },
      most_recent_instance: {
        commit_sha: shaOf(1),
        message: { text: "here" },
        location: { path: "a.ts", start_line: 4 },
      },
    },
  ],
  "/code-scanning/analyses": [
    {
      ...{ id: 201, ref: "refs/heads/main", commit_sha: shaOf(1), analysis_key: "scan.yml:scan", environment: "{}" },
      ...{ category: "/language:javascript", created_at: "2025-02-01T10:30:00Z", results_count: 1, rules_count: 87 },
      ...{ error: "", warning: "", tool: { name: "CodeQL", guid: null, version: "2.20.1" }, deletable: true },
    },
  ],
  "/deployments": [
    {
      id: 21,
      sha: shaOf(1),
      ref: "main",
      environment: "production",
      creator: bot,
      created_at: at,
    },
    {
      id: 22,
      sha: shaOf(1),
      ref: "main",
      environment: "production",
      creator: user("mel"),
      created_at: at,
    },
    {
      id: 20,
      sha: shaOf(1),
      ref: "main",
      environment: "production",
      creator: user("mel"),
      created_at: "2020-01-01T00:00:00Z",
    },
  ],
  "/deployments/21/statuses": ["inactive", "success", "in_progress"].map((state, index) => ({
    id: 30 - index,
    state,
    environment: "production",
    creator: bot,
    created_at: `2025-02-01T1${3 - index}:00:00Z`,
    deployment_url: `https://x/repos/${project}/deployments/21`,
    target_url: "",
    log_url: `https://x/${project}/actions/runs/77/job/1`,
  })),
  "/deployments/22/statuses": [],
  "/actions/runs/77/approvals": [
    { state: "approved", comment: "go", user: user("rita"), environments: [{ name: "production" }] },
  ],
};

export async function startWithParts(changed: Record<string, unknown> = {}, include?: GithubPart[]) {
  const all = { ...answers, ...changed };
  const started = await startGithub({ pulls: [{ number: 1, mergedAt: at, updatedAt: at }] });
  started.github.before = (seen, response) => {
    const path = seen.path.replace(`/repos/${project}`, "");
    const answer = /^\/commits\/[0-9a-f]+\/check-runs$/.test(path) ? checksOf(path) : all[path];
    if (answer === undefined) return false;
    if (typeof answer === "number") sendJson(response, { message: "Not Found" }, { status: answer });
    else sendJson(response, isLaterPage(seen) ? [] : answer);
    return true;
  };
  const { include: _none, ...source } = started.source;
  return { ...started, source: include === undefined ? source : { ...source, include } };
}

function checksOf(path: string) {
  const head_sha = path.split("/")[2];
  const check = {
    id: 40,
    name: "ci",
    head_sha,
    status: "completed",
    conclusion: "success",
    started_at: at,
    completed_at: at,
    html_url: null,
    app: null,
  };
  return { total_count: 1, check_runs: [check] };
}

function isLaterPage({ query }: SeenRequest): boolean {
  return Number(query.get("page") ?? 1) > 1;
}
