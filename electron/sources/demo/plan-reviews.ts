import type { Directory } from "./directory.ts";
import type { Drafted } from "./plan-commits.ts";
import type { PlannedReview } from "./planned.ts";
import { spread } from "./spread.ts";
import type { StoryChange, StoryReview } from "./story-schema.ts";

/** Reviews as the story tells them, or one approval of the last commit between its push and the merge. */
export function planReviews(change: StoryChange, draft: Drafted, directory: Directory): PlannedReview[] {
  if (change.reviews) return change.reviews.map((review) => planTold(change, draft, review, directory));
  if (change.approver === undefined) return [];
  const head = draft.commits.at(-1);
  const earliest = Math.max(draft.openedAt, head?.pushedAt ?? 0) + 480;
  const at = spread(`${change.id}/approved`, earliest, change.at - 120);
  const by = directory.of(change.approver);
  return [{ by, state: "approved", at, on: head?.key ?? "", body: usualBody(change), dismissed: null }];
}

function planTold(change: StoryChange, draft: Drafted, review: StoryReview, directory: Directory): PlannedReview {
  const { on = draft.commits.length, state, at, body, dismissedAt, dismissedBy } = review;
  const dismissed =
    dismissedAt === undefined ? null : { at: dismissedAt, by: directory.of(dismissedBy ?? change.author) };
  return {
    by: directory.of(review.by),
    state,
    at,
    on: on === "lost" ? "lost" : (draft.commits[on - 1]?.key ?? ""),
    body,
    dismissed,
  };
}

function usualBody(change: StoryChange): string {
  const bodies = ["", "", "Looks good.", "Read it twice, fine.", "Thanks, the tests helped."];
  return bodies[spread(`${change.id}/body`, 0, bodies.length - 1)] ?? "";
}
