import type { Materials, Requested } from "./github-pulls.ts";
import { commitOf } from "./github-pulls.ts";
import { repositoryPage, repositoryUrl } from "./github-repository.ts";
import { githubUser, nodeId } from "./github-users.ts";
import { zuluTime } from "./moments.ts";
import type { PlannedReview } from "./planned.ts";

export type GithubReview = ReturnType<typeof githubReview>;

const states = {
  approved: "APPROVED",
  "changes-requested": "CHANGES_REQUESTED",
  commented: "COMMENTED",
  dismissed: "DISMISSED",
} as const;

/** GET /repos/{o}/{r}/pulls/{n}/reviews (schema `pull-request-review`), oldest first. */
export function githubReviews(materials: Materials, change: Requested): GithubReview[] {
  return change.request.reviews.map((review, index) => githubReview(materials, change, review, index));
}

function githubReview(materials: Materials, { request }: Requested, review: PlannedReview, index: number) {
  const id = reviewId(request.number, index);
  const page = `${repositoryPage(materials.story)}/pull/${request.number}#pullrequestreview-${id}`;
  const requestUrl = `${repositoryUrl(materials.story)}/pulls/${request.number}`;
  return {
    id,
    node_id: nodeId("PRR", id),
    user: githubUser(review.by),
    body: review.body,
    state: states[review.state],
    html_url: page,
    pull_request_url: requestUrl,
    author_association: review.by.association,
    _links: { html: { href: page }, pull_request: { href: requestUrl } },
    submitted_at: zuluTime(review.at),
    commit_id: review.on === "lost" ? (request.lostHead ?? "") : commitOf(materials, review.on).id,
  };
}

export function reviewId(request: number, index: number): number {
  return 3_500_000_000 + request * 10 + index;
}
