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
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { completeRecords } from "../../../../../shared/population/host-records.ts";
import { checkedFacts, record } from "../../../../shared/facts/recorded-answer.ts";
import { sendJson } from "../../http/loopback-server.ts";
import { evidenceOf, recordsOf } from "../../pull-double.ts";
import { type Pulled, pullDyingAtEverySave, pullWithSecret } from "../../pull-with-secret.ts";
import { githubToken, quickLimits, shaOf } from "../fake-github.ts";
import { startWithParts } from "./fake-github-parts.ts";

const driver = createGithubDriver(quickLimits);
const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };

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
    "code-scanning analyses": 1,
    "deployments": 2,
    "deployment statuses": 3,
    "approvals of workflow runs": 1,
  });
  expect(pulled.outcome.coverage.map(({ kind }) => kind)).toEqual([
    "requests",
    "reviews",
    "events",
    "comments",
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
  expect(factsOf(set, "analysis-run")).toEqual([
    expect.objectContaining({
      ...{ id: "201", tool: "CodeQL", category: "/language:javascript", toolVersion: "2.20.1", sort: "security" },
      ...{ commit: shaOf(1), at: "2025-02-01T10:30:00.000Z", succeeded: true, findings: 1 },
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

it.each(["alerts", "analyses"])(
  "%s are those of the branch that is released, whichever branch is the default one",
  async (what) => {
    const { source, server } = await startWithParts();
    await pullWithSecret(driver, source, githubToken, settings);
    const asked = server.seen.filter(({ path }) => path.endsWith(`/code-scanning/${what}`));
    expect(new Set(asked.map(({ query }) => query.get("ref")))).toEqual(new Set(["refs/heads/main"]));
  },
);

const refusals = [
  ["alerts", 403, "Code scanning is not enabled for this repository."],
  ["analyses", 403, "Advanced Security must be enabled for this repository to use code scanning."],
  ["analyses", 404, "no analysis found"],
] as const;

it.each(refusals)(
  "%s that GitHub refuses with %i leave analyses uncovered, in GitHub's own words, and the rest is there",
  async (what, status, message) => {
    const { source, github } = await startWithParts();
    const { before } = github;
    github.before = (seen, response, request) => {
      if (!seen.path.endsWith(`/code-scanning/${what}`)) return before(seen, response, request);
      sendJson(response, { message }, { status });
      return true;
    };
    const { outcome } = await pullWithSecret(driver, source, githubToken, settings);
    const kinds = outcome.coverage.map(({ kind }) => kind);
    expect(kinds).not.toContain("analysis");
    expect(kinds).toContain("deployments");
    const [note = ""] = outcome.notes.filter((each) => each.includes(`about it: code-scanning ${what}.`));
    expect(note).toContain(message);
  },
);

/** Analyses of which GitHub gives a hundred a page: one a day, the newest first. */
function analysesUntil(last: string, days: number) {
  return Array.from({ length: days }, (_, day) => ({
    ...{ id: 9000 - day, commit_sha: shaOf(1), results_count: 0, rules_count: 87, error: "", warning: "" },
    ...{ created_at: new Date(Date.parse(last) - day * 86_400_000).toISOString(), tool: { name: "CodeQL" } },
  }));
}

it.each([
  ["main", "code-scanning analyses"],
  ["main hotfix/*", "branches with code-scanning analyses"],
])("analyses are read to the page that has passed the window, of %s", async (releaseBranch, group) => {
  const { source, github, server } = await startWithParts();
  const { before } = github;
  const all = analysesUntil("2025-06-30T10:00:00.000Z", 900);
  github.before = (seen, response, request) => {
    const page = Number(seen.query.get("page") ?? 1);
    if (seen.path.endsWith("/branches")) sendJson(response, page === 1 ? [{ name: "main" }] : []);
    else if (seen.path.endsWith("/analyses")) sendJson(response, all.slice(page * 100 - 100, page * 100));
    else return before(seen, response, request);
    return true;
  };
  const { outcome } = await pullWithSecret(driver, { ...source, releaseBranch }, githubToken, settings);
  const pages = server.seen.filter(({ path }) => path.endsWith("/analyses")).map(({ query }) => query.get("page"));
  // 181 days of the period and its margin lie on two to three pages; the page after these tells that they are over.
  expect(pages.length).toBeLessThan(5);
  expect(Number(outcome.counts["code-scanning analyses"])).toBeGreaterThan(181);
  expect(outcome.coverage.map(({ kind }) => kind)).toContain("analysis");
  expect(outcome.notes.join("\n")).not.toContain(group);
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
