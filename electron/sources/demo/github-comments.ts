import type { Materials, Requested } from "./github-pulls.ts";
import { commitOf } from "./github-pulls.ts";
import { repositoryPage, repositoryUrl } from "./github-repository.ts";
import { githubUser, nodeId } from "./github-users.ts";
import { zuluTime } from "./moments.ts";
import { headOf } from "./planned.ts";

export type GithubComment = ReturnType<typeof githubComments>[number];

/** GET /repos/{o}/{r}/pulls/{n}/comments (schema `pull-request-review-comment`), oldest first. */
export function githubComments(materials: Materials, { request, story }: Requested) {
  const path = materials.story.code.source[story.file]?.path ?? "";
  const head = commitOf(materials, headOf(request).key).id;
  return story.remarks.map(({ by, at, text }, index) => {
    const identity = materials.directory.of(by);
    const id = 2_100_000_000 + request.number * 10 + index;
    const url = `${repositoryUrl(materials.story)}/pulls/comments/${id}`;
    const page = `${repositoryPage(materials.story)}/pull/${request.number}#discussion_r${id}`;
    const requestUrl = `${repositoryUrl(materials.story)}/pulls/${request.number}`;
    return {
      url,
      pull_request_review_id: null,
      id,
      node_id: nodeId("PRRC", id),
      diff_hunk: "@@ -8,6 +8,11 @@",
      path,
      commit_id: head,
      original_commit_id: head,
      user: githubUser(identity),
      body: text,
      created_at: zuluTime(at),
      updated_at: zuluTime(at),
      html_url: page,
      pull_request_url: requestUrl,
      author_association: identity.association,
      _links: { self: { href: url }, html: { href: page }, pull_request: { href: requestUrl } },
      line: 10,
      original_line: 10,
      side: "RIGHT",
      position: 4,
      original_position: 4,
      subject_type: "line",
    };
  });
}
