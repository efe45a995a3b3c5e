import { expect, it } from "vitest";
import { createGithubDriver } from "../../../../../electron/sources/code-host/github-driver.ts";
import { readEvidence } from "../../../../../shared/facts/evidence-reading.ts";
import {
  addFact,
  createFactSet,
  type FactSet,
  factsOf,
  repositoryFacts,
} from "../../../../../shared/facts/fact-set.ts";
import type { GithubPart } from "../../../../../shared/model/code-host-source.ts";
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { completeRecords } from "../../../../../shared/population/host-records.ts";
import { checkedFacts, record } from "../../../../shared/facts/recorded-answer.ts";
import { type SeenRequest, sendJson } from "../../http/loopback-server.ts";
import { evidenceOf, recordsOf } from "../../pull-double.ts";
import { type Pulled, pullDyingAtEverySave, pullWithSecret } from "../../pull-with-secret.ts";
import { githubToken, project, quickLimits, shaOf, startGithub } from "../fake-github.ts";

const driver = createGithubDriver(quickLimits);
const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };
const at = "2025-02-01T10:00:00Z";

/** What GitHub answers to the questions for the parts, below the repository; docs.github.com/rest, version 2022-11-28. */
const answers: Record<string, unknown> = {
  "/issues/1/timeline": [
    { event: "head_ref_force_pushed", id: 1, actor: { login: "ada" }, created_at: at, commit_id: shaOf(7) },
    {
      event: "review_dismissed",
      id: 2,
      actor: { login: "mel" },
      created_at: at,
      dismissed_review: { dismissal_message: "stale" },
    },
    {
      event: "review_requested",
      id: 3,
      actor: { login: "ada" },
      created_at: at,
      requested_reviewer: { login: "rita" },
    },
    { event: "merged", id: 4, actor: { login: "mel" }, created_at: at, commit_id: shaOf(1) },
    { event: "committed", sha: shaOf(9) },
    { event: "reviewed", id: 5, user: { login: "rita" }, submitted_at: at },
  ],
  "/issues/1/comments": [
    { id: 11, user: { login: "rita" }, created_at: at, body: "Why?", html_url: `https://x/${project}/pull/1#c` },
  ],
  "/pulls/1/comments": [
    {
      id: 12,
      user: { login: "rita" },
      created_at: at,
      body: "Here.",
      path: "a.ts",
      pull_request_url: `https://x/repos/${project}/pulls/1`,
    },
  ],
  "/branches/main": { name: "main", protected: true },
  "/branches/main/protection": {
    required_pull_request_reviews: { required_approving_review_count: 2, dismiss_stale_reviews: true },
    required_status_checks: { contexts: ["ci"] },
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
      dismissed_by: { login: "mel" },
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
  "/deployments": [
    {
      id: 21,
      sha: shaOf(1),
      ref: "main",
      environment: "production",
      creator: { login: "github-actions[bot]", type: "Bot" },
      created_at: at,
    },
    {
      id: 22,
      sha: shaOf(1),
      ref: "main",
      environment: "production",
      creator: { login: "mel", type: "User" },
      created_at: at,
    },
    {
      id: 20,
      sha: shaOf(1),
      ref: "main",
      environment: "production",
      creator: { login: "mel" },
      created_at: "2020-01-01T00:00:00Z",
    },
  ],
  "/deployments/21/statuses": ["inactive", "success", "in_progress"].map((state, index) => ({
    id: 30 - index,
    state,
    environment: "production",
    creator: { login: "github-actions[bot]" },
    created_at: `2025-02-01T1${3 - index}:00:00Z`,
    deployment_url: `https://x/repos/${project}/deployments/21`,
    log_url: `https://x/${project}/actions/runs/77/job/1`,
  })),
  "/deployments/22/statuses": [],
  "/actions/runs/77/approvals": [
    { state: "approved", comment: "go", user: { login: "rita" }, environments: [{ name: "production" }] },
  ],
};

async function startWithParts(changed: Record<string, unknown> = {}, include?: GithubPart[]) {
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
  };
  return { total_count: 1, check_runs: [check] };
}

function isLaterPage({ query }: SeenRequest): boolean {
  return Number(query.get("page") ?? 1) > 1;
}

function factsOfPull(pulled: Pulled, source: Awaited<ReturnType<typeof startWithParts>>["source"]): FactSet {
  const set = createFactSet();
  // The store keeps equal answers to one question once.
  const kept = new Map(
    pulled.records.map((each) => [`${each.locator} ${Buffer.from(each.bytes).toString("base64")}`, each]),
  );
  for (const { format, bytes, locator } of kept.values()) {
    const read = readEvidence({ ...record(format, bytes, locator), receivedAt: "2025-07-01T10:00:00.000Z" }, source);
    expect(read.unread).toEqual([]);
    for (const fact of checkedFacts(read)) addFact(set, fact);
  }
  return set;
}

it("everything is asked for unless the source says otherwise, and each part has its coverage and counts", async () => {
  const { source, server } = await startWithParts();
  const pulled = await pullWithSecret(driver, source, githubToken, settings);
  expect(pulled.outcome.counts).toMatchObject({
    "pull requests": 1,
    "timeline events": 6,
    "comments": 1,
    "comments on code": 1,
    "check runs": 2,
    "branch rules": 2,
    "code-scanning alerts": 1,
    "deployments": 2,
    "deployment statuses": 3,
    "approvals of workflow runs": 1,
  });
  expect(pulled.outcome.coverage.map(({ kind }) => kind)).toEqual([
    "requests",
    "reviews",
    "events",
    "protection",
    "analysis",
    "deployments",
    "gates",
    "builds",
  ]);
  expect(pulled.outcome.query).toContain("Besides: the timeline of each request");
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
});

it("what came is read: events, checks, protection, alerts, and deployments that their statuses say succeeded", async () => {
  const { source } = await startWithParts();
  const set = factsOfPull(await pullWithSecret(driver, source, githubToken, settings), source);
  const events = factsOf(set, "request-event").map(({ event, by, text }) => [event, by, text]);
  expect(events).toEqual([
    ["force-pushed", "ada", ""],
    ["review-dismissed", "mel", "stale"],
    ["review-requested", "ada", "rita"],
    ["merged", "mel", ""],
  ]);
  const { builds, buildJobs, deployments } = completeRecords(set, repositoryFacts(set, "shop"));
  expect(builds.map(({ commit }) => commit).sort()).toEqual([shaOf(1), shaOf(1_000_001)]);
  expect(buildJobs.every(({ conclusion }) => conclusion === "success")).toBe(true);
  expect(
    factsOf(set, "branch-protection").map(({ requiredApprovals, allowsForcePush }) => [
      requiredApprovals,
      allowsForcePush,
    ]),
  ).toEqual([
    [2, false],
    [1, false],
  ]);
  expect(factsOf(set, "analysis-finding")).toEqual([
    expect.objectContaining({
      severity: "critical",
      state: "dismissed",
      closedBy: "mel",
      reason: "won't fix",
      line: 4,
    }),
  ]);
  // 22 never ended, and 20 lies before the window.
  expect(deployments).toEqual([
    expect.objectContaining({
      id: "21",
      at: "2025-02-01T12:00:00.000Z",
      status: "success",
      byPipeline: true,
      production: true,
    }),
  ]);
  expect(factsOf(set, "deployment-approval")).toEqual([
    expect.objectContaining({ deployment: "77", by: "rita", decision: "approved", environment: "production" }),
  ]);
});

it("only the named parts are asked for", async () => {
  const { source, server } = await startWithParts({}, ["protection"]);
  const { outcome } = await pullWithSecret(driver, source, githubToken, settings);
  expect(outcome.coverage.map(({ kind }) => kind)).toEqual(["requests", "reviews", "protection", "builds"]);
  const asked = server.seen.map(({ path }) => path).join("\n");
  expect(asked).toContain("/branches/main/protection");
  expect(asked).not.toMatch(/timeline|comments|check-runs|alerts|deployments/);
});

it.each([403, 404])(
  "protection that the token may not see (%i) is told as not readable, never as not there",
  async (status) => {
    const { source } = await startWithParts({ "/branches/main/protection": status });
    const pulled = await pullWithSecret(driver, source, githubToken, settings);
    expect(pulled.outcome.coverage.map(({ kind }) => kind)).not.toContain("protection");
    expect(pulled.outcome.notes.join("\n")).toContain("Not readable, so nothing is known about it: branch protection.");
    const set = factsOfPull(pulled, source);
    expect(factsOf(set, "branch-protection").filter(({ enabled }) => !enabled)).toEqual([]);
  },
);

it("a branch that the host calls unprotected is one, and that is known", async () => {
  const { source, github } = await startWithParts({
    "/branches/main": { name: "main", protected: false },
    "/rules/branches/main": [],
  });
  const { before } = github;
  github.before = (seen, response, request) => {
    if (!seen.path.endsWith("/protection")) return before(seen, response, request);
    sendJson(response, { message: "Branch not protected" }, { status: 404 });
    return true;
  };
  const pulled = await pullWithSecret(driver, source, githubToken, settings);
  expect(pulled.outcome.coverage.map(({ kind }) => kind)).toContain("protection");
  expect(factsOf(factsOfPull(pulled, source), "branch-protection")).toEqual([
    expect.objectContaining({ branch: "main", enabled: false }),
  ]);
});

it("alerts that the token may not see are told, and the rest is there", async () => {
  const { source } = await startWithParts({ "/code-scanning/alerts": 403 });
  const { outcome } = await pullWithSecret(driver, source, githubToken, settings);
  const kinds = outcome.coverage.map(({ kind }) => kind);
  expect(kinds).not.toContain("analysis");
  expect(kinds).toContain("deployments");
});

it("a pull with all parts that dies at every step goes on without losing or doubling anything", async () => {
  const { source } = await startWithParts();
  const whole = await pullWithSecret(driver, source, githubToken, settings);
  const broken = await pullDyingAtEverySave(driver, source, githubToken, settings);
  const content = (pulled: typeof whole) => [
    ...new Set(evidenceOf(pulled).filter((line) => !line.startsWith("github.other"))),
  ];
  expect(content(broken)).toEqual(content(whole));
  expect(broken.outcome).toEqual(whole.outcome);
  expect(recordsOf(broken, "github.deployment-statuses")).toHaveLength(2);
});
