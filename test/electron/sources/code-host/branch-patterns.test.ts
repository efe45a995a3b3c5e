import { expect, it } from "vitest";
import { createAzurePipelinesDriver } from "../../../../electron/sources/ci/azure-pipelines/azure-driver.ts";
import { createCircleciDriver } from "../../../../electron/sources/ci/circleci/circleci-driver.ts";
import { createAzureReposDriver } from "../../../../electron/sources/code-host/azure-repos/azure-repos-driver.ts";
import { createBitbucketDriver } from "../../../../electron/sources/code-host/bitbucket/bitbucket-driver.ts";
import { createBitbucketServerDriver } from "../../../../electron/sources/code-host/bitbucket-server/bitbucket-server-driver.ts";
import { createGerritDriver } from "../../../../electron/sources/code-host/gerrit/gerrit-driver.ts";
import { createGithubDriver } from "../../../../electron/sources/code-host/github-driver.ts";
import { createGitlabDriver } from "../../../../electron/sources/code-host/gitlab/gitlab-driver.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { azureToken as pipelinesToken, startAzure as startPipelines } from "../ci/azure-pipelines/fake-azure.ts";
import { circleciToken, startCircleci } from "../ci/circleci/fake-circleci.ts";
import { recordsOf } from "../pull-double.ts";
import { type Pulled, pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { azureToken, startAzure } from "./azure-repos/fake-azure-repos.ts";
import { bitbucketToken, startBitbucket } from "./bitbucket/fake-bitbucket.ts";
import { serverToken, startBitbucketServer } from "./bitbucket-server/fake-bitbucket-server.ts";
import { githubToken, quickLimits, startGithub } from "./fake-github.ts";
import { gerritPassword, startGerrit } from "./gerrit/fake-gerrit.ts";
import { startWithParts } from "./github/fake-github-parts.ts";
import { gitlabToken, startGitlab } from "./gitlab/fake-gitlab.ts";

/*
 * Release branches given by patterns: of each host requests into every branch that fits are taken, also into one that the
 * host has no longer, and no others.
 */

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };
const patterns = "main hotfix/*";
const at = "2025-02-01T10:00:00Z";
/** Requests 1 to 4, and the branch that each was merged into. */
const targets = ["main", "hotfix/1.2", "feature/x", "hotfix-1"];
const requests = targets.map((target, index) => ({ id: index + 1, target, updatedAt: at, mergedAt: at }));

/** Numbers of the requests that were taken with everything about them. */
function taken(pulled: Pulled, format: EvidenceFormat): number[] {
  return recordsOf(pulled, format)
    .map(({ locator }) => Number(/(\d+)(\/detail.*)?(\?.*)?$/.exec(locator)?.[1]))
    .sort((one, other) => one - other);
}

it("GitHub: requests and runs of every branch that fits, tied out against GitHub's count of all branches", async () => {
  const { source, server } = await startGithub({
    pulls: requests.map(({ id, target }) => ({ number: id, mergedAt: at, updatedAt: at, base: target })),
    runs: targets.map((branch, index) => ({ id: index + 11, createdAt: at, branch })),
  });
  const wanted = { ...source, releaseBranch: patterns };
  const pulled = await pullWithSecret(createGithubDriver(quickLimits), wanted, githubToken, settings);
  expect(taken(pulled, "github.pull")).toEqual([1, 2]);
  expect(recordsOf(pulled, "github.jobs").map(({ locator }) => /runs\/(\d+)/.exec(locator)?.[1])).toEqual(["11", "12"]);
  expect(pulled.outcome.tieOuts[0]).toMatchObject({
    what: "pull requests merged from 2025-01-01 to 2025-06-30, into any branch",
    expected: 4,
    received: 4,
  });
  expect(pulled.outcome.query).toContain('branches that fit "main hotfix/*"');
  expect(pulled.outcome.notes).toEqual([]);
  expect(server.seen.every(({ query }) => !query.has("base") && !query.has("branch"))).toBe(true);

  const died = await pullDyingAtEverySave(createGithubDriver(quickLimits), wanted, githubToken, settings);
  expect(died.outcome.tieOuts).toEqual(pulled.outcome.tieOuts);
});

it("GitHub: a page of the list that was lost is seen though it held requests into other branches only", async () => {
  const { source } = await startGithub({
    pulls: requests.map(({ id, target }) => ({ number: id, mergedAt: at, updatedAt: at, base: target })),
    searchTotal: 5,
  });
  const wanted = { ...source, releaseBranch: patterns };
  const { outcome } = await pullWithSecret(createGithubDriver(quickLimits), wanted, githubToken, settings);
  expect(outcome.tieOuts[0]).toMatchObject({ expected: 5, received: 4 });
  expect(outcome.notes).toContain(
    "GitHub's count of merged pull requests differs from the list even after reading the list twice.",
  );
});

it("GitHub: the protection of every branch that there is and that fits", async () => {
  const branches = ["main", "hotfix/1.2", "feature/x"].map((name) => ({ name, protected: name === "main" }));
  const { source } = await startWithParts({
    "/branches": branches,
    "/branches/hotfix%2F1.2": branches[1],
    "/branches/hotfix%2F1.2/protection": 404,
    "/rules/branches/hotfix%2F1.2": [],
  });
  const wanted = { ...source, releaseBranch: patterns };
  const pulled = await pullWithSecret(createGithubDriver(quickLimits), wanted, githubToken, settings);
  expect(recordsOf(pulled, "github.branch").map(({ locator }) => /branches\/(.+)$/.exec(locator)?.[1])).toEqual([
    "main",
    "hotfix%2F1.2",
  ]);
  expect(recordsOf(pulled, "github.branch-protection")).toHaveLength(1);
});

it("GitLab: merge requests and pipelines of every branch that fits", async () => {
  const { source } = await startGitlab({
    requests: requests.map(({ id, ...request }) => ({ ...request, iid: id })),
    pipelines: targets.map((ref, index) => ({ iid: index + 1, updatedAt: at, ref })),
  });
  const wanted = { ...source, releaseBranch: patterns };
  const pulled = await pullWithSecret(createGitlabDriver(quickLimits), wanted, gitlabToken, settings);
  expect(taken(pulled, "gitlab.merge-request")).toEqual([1, 2]);
  expect(recordsOf(pulled, "gitlab.jobs").map(({ locator }) => /pipelines\/\d*(\d)\//.exec(locator)?.[1])).toEqual([
    "1",
    "2",
  ]);
  expect(pulled.outcome.tieOuts[0]).toMatchObject({ expected: 4, received: 4 });
});

it("Gerrit: changes of every branch that fits", async () => {
  const time = "2025-02-01 10:00:00.000000000";
  const { source } = await startGerrit({
    changes: requests.map(({ id, target }) => ({ number: id, submitted: time, updated: time, branch: target })),
  });
  const wanted = { ...source, releaseBranch: patterns };
  const pulled = await pullWithSecret(createGerritDriver(quickLimits), wanted, gerritPassword, settings);
  expect(taken(pulled, "gerrit.change")).toEqual([1, 2]);
});

it("Bitbucket Cloud: pull requests of every branch that fits", async () => {
  const { source } = await startBitbucket({ requests });
  const wanted = { ...source, releaseBranch: patterns };
  const pulled = await pullWithSecret(createBitbucketDriver(quickLimits), wanted, bitbucketToken, settings);
  expect(taken(pulled, "bitbucket.pull-request")).toEqual([1, 2]);
});

it("Bitbucket Data Center: pull requests of every branch that fits", async () => {
  const { source } = await startBitbucketServer({
    requests: requests.map((request) => ({ ...request, closedAt: Date.parse(at) })),
  });
  const wanted = { ...source, releaseBranch: patterns };
  const pulled = await pullWithSecret(createBitbucketServerDriver(quickLimits), wanted, serverToken, settings);
  expect(taken(pulled, "bitbucket-server.pull-request")).toEqual([1, 2]);
});

it("Azure Repos: pull requests of every branch that fits", async () => {
  const { source } = await startAzure({ requests: requests.map((request) => ({ ...request, closedAt: at })) });
  const wanted = { ...source, releaseBranch: patterns };
  const pulled = await pullWithSecret(createAzureReposDriver(quickLimits), wanted, azureToken, settings);
  expect(taken(pulled, "azure-repos.pull-request")).toEqual([1, 2]);
  expect(recordsOf(pulled, "azure-repos.policies")).toHaveLength(1);
});

it("Azure Pipelines and CircleCI: builds of every branch that fits", async () => {
  const azure = await startPipelines({
    builds: targets.map((branch, index) => ({ id: index + 1, queued: at, branch })),
  });
  const azureSource = { ...azure.source, releaseBranch: patterns };
  const builds = await pullWithSecret(createAzurePipelinesDriver(quickLimits), azureSource, pipelinesToken, settings);
  expect(builds.outcome.counts).toMatchObject({ builds: 4, timelines: 2 });
  expect(builds.outcome.tieOuts[0]).toMatchObject({ expected: 4, received: 4 });

  const circle = await startCircleci({
    pipelines: targets.map((branch, index) => ({ number: index + 1, at, branch })),
  });
  const circleSource = { ...circle.source, releaseBranch: patterns };
  const pipelines = await pullWithSecret(createCircleciDriver(quickLimits), circleSource, circleciToken, settings);
  expect(pipelines.outcome.counts).toMatchObject({ "pipelines": 4, "workflows": 2 });
});

it("patterns that no request fits are told, since a mistyped one fits nothing", async () => {
  const { source } = await startGitlab({ requests: requests.map(({ id, ...request }) => ({ ...request, iid: id })) });
  const { outcome } = await pullWithSecret(
    createGitlabDriver(quickLimits),
    { ...source, releaseBranch: "relase/*" },
    gitlabToken,
    settings,
  );
  expect(outcome.notes).toContain(
    'No request of the time was merged into branches that fit "relase/*": look whether the patterns are right.',
  );
});
