import { z } from "zod";
import { hostAnswer, type RecordedAnswer } from "./host-answer.ts";

const Any = z.unknown();
const Text = z.string();
const Pull = z.object({ number: z.int(), head: z.object({ sha: Text }), base: z.object({ ref: Text }) });
const Review = z.object({ pull_request_url: Text, state: Text, author_association: Text });
const Commit = z.object({ sha: Text, commit: z.object({ message: Text }), parents: z.array(Any) });
const Event = z.object({ event: Text });
const Comment = z.object({ body: Text, user: Any, author_association: Text, created_at: Text });
const CheckRun = z.object({ head_sha: Text, check_suite: Any, conclusion: Any });
const Run = z.object({ head_sha: Text, run_number: z.int(), workflow_id: z.int() });
const Job = z.object({ run_id: z.int(), steps: z.array(Any) });
const Protection = z.object({ enforce_admins: Any, url: Text });
const Rule = z.object({ type: Text, ruleset_id: z.int() });
const Alert = z.object({ number: z.int(), rule: z.object({ id: Text }), tool: z.object({ name: Text }) });
const Analysis = z.object({ commit_sha: Text, analysis_key: Text, results_count: z.int() });
const Deployment = z.object({ sha: Text, environment: Text, statuses_url: Text, task: Text });
const Status = z.object({ state: Text, deployment_url: Text });

/** Recorded answers of GitHub's REST API, one a file. */
export const githubAnswers: readonly RecordedAnswer[] = [
  hostAnswer({
    format: "github.pulls",
    what: "pull requests of GitHub",
    member: "",
    names: "number, head and base",
    row: Pull,
  }),
  hostAnswer({
    format: "github.pull",
    what: "pull requests of GitHub",
    member: null,
    names: "number, head and base",
    row: Pull,
  }),
  hostAnswer({
    format: "github.reviews",
    what: "reviews of GitHub",
    member: "",
    names: "pull_request_url, state and author_association",
    row: Review,
  }),
  hostAnswer({
    format: "github.pull-commits",
    what: "commits of a pull request of GitHub",
    member: "",
    names: "sha, commit and parents",
    row: Commit,
    named: /pulls?[/_-]\d+[/_-]commits/,
  }),
  hostAnswer({
    format: "github.timeline",
    what: "events of GitHub",
    member: "",
    names: "event",
    row: Event,
    named: /issues[/_-]\d+[/_-]timeline/,
  }),
  hostAnswer({
    format: "github.review-comments",
    what: "comments on code of GitHub",
    member: "",
    names: "body, user, path and pull_request_url",
    row: Comment.extend({ path: Text, pull_request_url: Text }),
  }),
  hostAnswer({
    format: "github.issue-comments",
    what: "comments of GitHub",
    member: "",
    names: "body, user and issue_url",
    row: Comment.extend({ issue_url: Text }),
  }),
  hostAnswer({
    format: "github.check-runs",
    what: "check runs of GitHub",
    member: "check_runs",
    names: "head_sha and check_suite",
    row: CheckRun,
  }),
  hostAnswer({
    format: "github.runs",
    what: "workflow runs of GitHub",
    member: "workflow_runs",
    names: "head_sha, run_number and workflow_id",
    row: Run,
  }),
  hostAnswer({
    format: "github.jobs",
    what: "jobs of GitHub Actions",
    member: "jobs",
    names: "run_id and steps",
    row: Job,
  }),
  hostAnswer({
    format: "github.branch-protection",
    what: "the protection of a branch on GitHub",
    member: null,
    names: "enforce_admins and url",
    row: Protection,
    named: /branches[/_-].+[/_-]protection/,
  }),
  hostAnswer({
    format: "github.branch-rules",
    what: "rules of a branch on GitHub",
    member: "",
    names: "type and ruleset_id",
    row: Rule,
    named: /branches[/_-]/,
  }),
  hostAnswer({
    format: "github.alerts",
    what: "code-scanning alerts of GitHub",
    member: "",
    names: "number, rule and tool",
    row: Alert,
  }),
  hostAnswer({
    format: "github.analyses",
    what: "code-scanning analyses of GitHub",
    member: "",
    names: "commit_sha, analysis_key and results_count",
    row: Analysis,
  }),
  hostAnswer({
    format: "github.deployments",
    what: "deployments of GitHub",
    member: "",
    names: "sha, environment, task and statuses_url",
    row: Deployment,
  }),
  hostAnswer({
    format: "github.deployment-statuses",
    what: "deployment statuses of GitHub",
    member: "",
    names: "state and deployment_url",
    row: Status,
  }),
];
