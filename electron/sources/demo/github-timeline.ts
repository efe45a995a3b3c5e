import type { Identity } from "./directory.ts";
import { gitPart, parentOf, writtenBy } from "./github-commits.ts";
import type { Materials, Requested } from "./github-pulls.ts";
import { commitOf } from "./github-pulls.ts";
import { repositoryPage, repositoryUrl } from "./github-repository.ts";
import { githubReviews, reviewId } from "./github-reviews.ts";
import { githubUser, nodeId } from "./github-users.ts";
import { type Seconds, zuluTime } from "./moments.ts";
import { headOf } from "./planned.ts";

interface Event {
  readonly at: Seconds;
  readonly record: Record<string, unknown>;
}

/** GET /repos/{o}/{r}/issues/{n}/timeline (schema `timeline-issue-events`), oldest first. */
export function githubTimeline(materials: Materials, change: Requested): Record<string, unknown>[] {
  const events = [
    ...committedEvents(materials, change),
    ...reviewEvents(materials, change),
    ...pushedAwayEvents(materials, change),
    ...closingEvents(materials, change),
  ];
  return events.toSorted((a, b) => a.at - b.at).map((event) => event.record);
}

/** Carries the commit's own, author-written times: nothing here says when it was pushed. */
function committedEvents(materials: Materials, { request }: Requested): Event[] {
  return request.commits.map((commit) => {
    const made = commitOf(materials, commit.key);
    const record = {
      sha: made.id,
      node_id: nodeId("C", made.id),
      url: `${repositoryUrl(materials.story)}/git/commits/${made.id}`,
      html_url: `${repositoryPage(materials.story)}/commit/${made.id}`,
      author: writtenBy(commit.author),
      committer: writtenBy(commit.committer),
      ...gitPart(materials, commit),
      parents: made.parents.map((sha) => parentOf(materials, sha)),
      event: "committed",
    };
    return { at: commit.pushedAt, record };
  });
}

function reviewEvents(materials: Materials, change: Requested): Event[] {
  const records = githubReviews(materials, change);
  return change.request.reviews.flatMap((review, index) => {
    const id = reviewId(change.request.number, index);
    const given: Event = {
      at: review.at,
      record: { ...records[index], event: "reviewed", updated_at: zuluTime(review.at) },
    };
    if (!review.dismissed) return [given];
    const { at, by } = review.dismissed;
    const dismissedReview = {
      state: "approved",
      review_id: id,
      dismissal_message: "New commits were pushed.",
      dismissal_commit_id: commitOf(materials, headOf(change.request).key).id,
    };
    return [
      given,
      issueEvent(materials, change, "review_dismissed", at, by, null, { dismissed_review: dismissedReview }),
    ];
  });
}

function pushedAwayEvents(materials: Materials, change: Requested): Event[] {
  const { request } = change;
  if (request.lostHead === null) return [];
  const head = headOf(request);
  const sha = commitOf(materials, head.key).id;
  return [issueEvent(materials, change, "head_ref_force_pushed", head.pushedAt, request.opener, sha)];
}

function closingEvents(materials: Materials, change: Requested): Event[] {
  const { mergedBy, closedAt, opener } = change.request;
  if (closedAt === null) return [];
  if (mergedBy === null) return [issueEvent(materials, change, "closed", closedAt, opener, null)];
  const sha = commitOf(materials, change.story.id).id;
  return [
    issueEvent(materials, change, "merged", closedAt, mergedBy, sha),
    issueEvent(materials, change, "closed", closedAt, mergedBy, null),
  ];
}

function issueEvent(
  materials: Materials,
  { request }: Requested,
  event: string,
  at: Seconds,
  by: Identity,
  commit: string | null,
  more: Record<string, unknown> = {},
): Event {
  const order = ["review_dismissed", "head_ref_force_pushed", "merged", "closed"].indexOf(event);
  const id = 17_000_000_000 + request.number * 10 + order;
  const url = repositoryUrl(materials.story);
  const record = {
    id,
    node_id: nodeId("EV", id),
    url: `${url}/issues/events/${id}`,
    actor: githubUser(by),
    event,
    commit_id: commit,
    commit_url: commit && `${url}/commits/${commit}`,
    created_at: zuluTime(at),
    ...more,
    performed_via_github_app: null,
  };
  return { at, record };
}
