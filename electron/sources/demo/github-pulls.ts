import type { Directory } from "./directory.ts";
import { githubRepository, repositoryPage, repositoryUrl } from "./github-repository.ts";
import { githubOwner, githubUser, nodeId } from "./github-users.ts";
import type { MadeRepository } from "./make-repository.ts";
import { zuluTime } from "./moments.ts";
import type { PlannedChange, PlannedRequest } from "./planned.ts";
import { headOf } from "./planned.ts";
import type { Story } from "./story-schema.ts";

/** What the records are made from. */
export interface Materials {
  readonly story: Story;
  readonly directory: Directory;
  readonly repository: MadeRepository;
}

/** A change that a request belongs to. */
export type Requested = PlannedChange & { readonly request: PlannedRequest };

export type GithubPull = ReturnType<typeof githubPull>;
export type GithubPullListed = ReturnType<typeof listedPull>;

/** GET /repos/{o}/{r}/pulls/{n} (schema `pull-request`). */
export function githubPull(materials: Materials, change: Requested) {
  const { request } = change;
  const commits = request.commits.map((commit) => commitOf(materials, commit.key));
  const sum = (count: "additions" | "deletions") => commits.reduce((total, commit) => total + commit[count], 0);
  return {
    ...listedPull(materials, change),
    merged: request.mergedBy !== null,
    mergeable: null,
    rebaseable: null,
    mergeable_state: "unknown",
    merged_by: request.mergedBy && githubUser(request.mergedBy),
    comments: 0,
    review_comments: change.story.remarks.length,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: sum("additions"),
    deletions: sum("deletions"),
    changed_files: Math.max(...commits.map((commit) => commit.files), 1),
  };
}

/** One element of GET /repos/{o}/{r}/pulls (schema `pull-request-simple`). */
export function listedPull(materials: Materials, change: Requested) {
  const { story } = materials;
  const { request } = change;
  const { number } = request;
  const url = `${repositoryUrl(story)}/pulls/${number}`;
  const issueUrl = `${repositoryUrl(story)}/issues/${number}`;
  const page = `${repositoryPage(story)}/pull/${number}`;
  const head = commitOf(materials, headOf(request).key);
  const base = commitOf(materials, request.commits[0]?.key ?? "").parents[0] ?? "";
  const statusesUrl = `${repositoryUrl(story)}/statuses/${head.id}`;
  const reviewCommentUrl = `${repositoryUrl(story)}/pulls/comments{/number}`;
  const merged = request.mergedBy !== null && change.arrival !== null;
  return {
    url,
    id: 2_900_000_000 + number,
    node_id: nodeId("PR", number),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueUrl,
    number,
    state: request.closedAt === null ? "open" : "closed",
    locked: false,
    title: request.title,
    user: githubUser(request.opener),
    body: bodyOf(story, change),
    created_at: zuluTime(request.openedAt),
    updated_at: zuluTime(request.updatedAt),
    closed_at: request.closedAt === null ? null : zuluTime(request.closedAt),
    merged_at: merged ? zuluTime(change.story.at) : null,
    merge_commit_sha: merged ? commitOf(materials, change.story.id).id : null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: false,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: reviewCommentUrl,
    comments_url: `${issueUrl}/comments`,
    statuses_url: statusesUrl,
    head: branchPoint(story, request.branch, head.id),
    base: branchPoint(story, story.repository.releaseBranch, base),
    _links: {
      self: { href: url },
      html: { href: page },
      issue: { href: issueUrl },
      comments: { href: `${issueUrl}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: reviewCommentUrl },
      commits: { href: `${url}/commits` },
      statuses: { href: statusesUrl },
    },
    author_association: request.opener.association,
    auto_merge: null,
    active_lock_reason: null,
  };
}

function branchPoint(story: Story, ref: string, sha: string) {
  const { owner } = story.repository;
  return { label: `${owner}:${ref}`, ref, sha, user: githubOwner(owner), repo: githubRepository(story) };
}

function bodyOf(story: Story, change: Requested): string | null {
  const { ticket, title, author } = change.story;
  if (author === "dependabot") return `${title}. Release notes and the list of commits are on the library's page.`;
  if (ticket === undefined) return null;
  return `See [the ticket](${story.jira.site}/browse/${ticket}).`;
}

export function commitOf({ repository }: Materials, key: string) {
  const commit = repository.commits.get(key);
  if (!commit) throw new Error(`The demo repository has no commit ${key}.`);
  return commit;
}
