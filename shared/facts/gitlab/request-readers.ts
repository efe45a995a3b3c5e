import type { Fact } from "../../model/facts.ts";
import { type HostElementReader, noRequest, shaped } from "../code-host/host-pages.ts";
import { ApprovalsShape, CommitShape, RequestShape, RuleShape, VersionShape } from "./gitlab-shapes.ts";

/** One merge request, from a list page or by itself. */
export const requestReader: HostElementReader = ({ repository }) =>
  shaped(RequestShape, (request, _element, origin) => {
    const merged = request.state === "merged";
    if (request.sha === null) return { reason: "sha: the request names no last commit" };
    return [
      {
        kind: "change-request",
        origin,
        repository,
        system: "gitlab",
        number: request.iid,
        title: request.title,
        url: request.web_url,
        author: request.author.login,
        authorType: request.author.type,
        sourceBranch: request.source_branch,
        targetBranch: request.target_branch,
        headCommit: request.sha,
        state: merged ? "merged" : request.state === "closed" ? "closed" : "open",
        createdAt: request.created_at,
        mergedAt: request.merged_at,
        // Without a commit of its own, the merge was a fast-forward to the squashed or to the last commit.
        mergeCommit: merged ? (request.merge_commit_sha ?? request.squash_commit_sha ?? request.sha) : null,
        mergedBy: request.merge_user.login || request.merged_by.login,
        commits: null,
      },
      // GitLab counts changed lines nowhere in a request.
      { kind: "request-details", origin, repository, request: request.iid, labels: request.labels ?? [], size: null },
    ];
  });

/** A version of a request's commits: each push makes one, and GitLab notes the time. */
export const versionReader: HostElementReader = ({ repository, request }) =>
  shaped(VersionShape, (version, _element, origin) => [
    {
      kind: "request-event",
      origin,
      repository,
      request,
      id: `version ${version.id}`,
      event: "pushed",
      word: "version",
      at: version.created_at,
      by: "",
      commit: version.head_commit_sha,
      previousCommit: "",
      text: "",
    },
  ]);

/** GitLab ties no account to a commit's address, so the address alone says whose it is. */
export const commitReader: HostElementReader = ({ repository, request }) =>
  shaped(CommitShape, (commit, _element, origin) => [
    {
      kind: "request-commit",
      origin,
      repository,
      request,
      commit: commit.id,
      authorLogin: "",
      authorEmail: commit.author_email,
      authorName: commit.author_name,
      message: commit.message,
    },
  ]);

/** How many approvals a request needed in all. Who gave them, and when, is in its notes. */
export const approvalsReader: HostElementReader = (context) =>
  shaped(ApprovalsShape, (approvals, _element, origin): readonly Fact[] | { reason: string } => {
    const request = approvals.iid ?? context.request;
    const requiredApprovals = approvals.approvals_required ?? null;
    if (requiredApprovals === null) return [];
    if (request === 0) return noRequest;
    const { repository } = context;
    return [
      {
        kind: "approval-rule",
        origin,
        repository,
        request,
        name: "approvals required",
        requiredApprovals,
        eligible: [],
      },
    ];
  });

export const ruleReader: HostElementReader = ({ repository, request }) =>
  shaped(RuleShape, (rule, _element, origin) => [
    {
      kind: "approval-rule",
      origin,
      repository,
      request,
      name: rule.name,
      requiredApprovals: rule.approvals_required,
      eligible: (rule.eligible_approvers ?? []).map(({ username }) => username),
    },
  ]);
