import type { components, paths } from "@octokit/openapi-types";
import { expect, it } from "vitest";
import { z } from "zod";
import { createGithubDriver } from "../../../../../electron/sources/code-host/github-driver.ts";
import {
  AlertShape,
  AnalysisShape,
  BranchShape,
  CheckRunShape,
  CommentShape,
  DeploymentShape,
  DeploymentStatusShape,
  JobShape,
  PullCommitShape,
  PullShape,
  ReviewShape,
  RuleShape,
  RunApprovalShape,
  RunShape,
} from "../../../../../shared/facts/github/github-shapes.ts";
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { pullWithSecret } from "../../pull-with-secret.ts";
import { githubToken, quickLimits } from "../fake-github.ts";
import { startWithParts } from "./fake-github-parts.ts";

/*
 * GitHub's published OpenAPI description, as the types that GitHub makes of it. That a question is one that GitHub
 * answers, and that every answer which the description allows can be read, is decided when the tests are compiled.
 */

type Published = FromJson<components["schemas"]>;

/** The description's large numbers could be of a kind that JSON has no reader for; they are far from it. */
type FromJson<T> = T extends bigint ? never : T extends object ? { [K in keyof T]: FromJson<T[K]> } : T;

/** Some answer of the description, nobody knows which: it exists for the compiler only. */
function any<Name extends keyof Published>(): Published[Name] {
  return undefined as unknown as Published[Name];
}

/** Compiles only when whatever the description allows is an input of the shape. */
function reads<S extends z.ZodType>(shape: S, _answer: z.input<S>): S {
  return shape;
}

const shapes = [
  reads(PullShape, any<"pull-request">()),
  // The description names the two states of a list's requests in words, not as values.
  reads(PullShape.extend({ state: z.string() }), any<"pull-request-simple">()),
  reads(ReviewShape, any<"pull-request-review">()),
  reads(PullCommitShape, any<"commit">()),
  reads(CommentShape, any<"issue-comment">()),
  reads(CommentShape, any<"pull-request-review-comment">()),
  reads(CheckRunShape, any<"check-run">()),
  reads(RunShape, any<"workflow-run">()),
  reads(JobShape, any<"job">()),
  reads(RunApprovalShape, any<"environment-approvals">()),
  reads(BranchShape, any<"branch-with-protection">()),
  reads(RuleShape, any<"repository-rule-pull-request">()),
  reads(RuleShape, any<"repository-rule-required-status-checks">()),
  reads(AlertShape, any<"code-scanning-alert-items">()),
  reads(AnalysisShape, any<"code-scanning-analysis">()),
  reads(DeploymentShape, any<"deployment">()),
  reads(DeploymentStatusShape, any<"deployment-status">()),
];

type Parameters<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? keyof NonNullable<Q>
  : never;
type Asked = { readonly [P in keyof paths]?: readonly Parameters<P>[] };

/** Every question of a pull, with the parameters that it may carry by the description. */
const asked: Asked = {
  "/user": [],
  "/search/issues": ["q", "per_page"],
  "/repos/{owner}/{repo}": [],
  "/repos/{owner}/{repo}/pulls": ["state", "base", "sort", "direction", "per_page", "page"],
  "/repos/{owner}/{repo}/pulls/{pull_number}": [],
  "/repos/{owner}/{repo}/pulls/{pull_number}/reviews": ["per_page", "page"],
  "/repos/{owner}/{repo}/pulls/{pull_number}/commits": ["per_page", "page"],
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments": ["per_page", "page"],
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["per_page", "page"],
  "/repos/{owner}/{repo}/issues/{issue_number}/timeline": ["per_page", "page"],
  "/repos/{owner}/{repo}/commits/{ref}/check-runs": ["filter", "per_page", "page"],
  "/repos/{owner}/{repo}/actions/runs": ["branch", "event", "created", "per_page", "page"],
  "/repos/{owner}/{repo}/actions/runs/{run_id}/jobs": ["filter", "per_page", "page"],
  "/repos/{owner}/{repo}/actions/runs/{run_id}/approvals": [],
  "/repos/{owner}/{repo}/branches/{branch}": [],
  "/repos/{owner}/{repo}/branches/{branch}/protection": [],
  "/repos/{owner}/{repo}/rules/branches/{branch}": ["per_page", "page"],
  "/repos/{owner}/{repo}/code-scanning/alerts": ["ref", "sort", "direction", "per_page", "page"],
  "/repos/{owner}/{repo}/code-scanning/analyses": ["ref", "sort", "direction", "per_page", "page"],
  "/repos/{owner}/{repo}/deployments": ["per_page", "page"],
  "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses": ["per_page", "page"],
};

it("everything that a pull asks of GitHub is in its published description, with parameters that it knows", async () => {
  expect(shapes).toHaveLength(17);
  const { source, server } = await startWithParts();
  const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
  await pullWithSecret(createGithubDriver(quickLimits), source, githubToken, { period });
  const described = Object.entries(asked).map(([path, parameters]) => ({
    pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`),
    parameters: new Set<string>(parameters),
  }));
  expect(server.seen.length).toBeGreaterThan(20);
  for (const { path, query } of server.seen) {
    const found = described.find(({ pattern }) => pattern.test(path));
    expect(found, path).toBeDefined();
    for (const name of query.keys()) expect(found?.parameters, `${path}?${name}`).toContain(name);
  }
});
