import type { Change } from "./change.ts";

/** What it takes to tell whether an approval counts. */
export interface Approvable {
  readonly authors: readonly { readonly id: string }[];
  readonly request: Pick<Change["request"], "approvedHeads" | "mergedAt" | "retargetedAt">;
  readonly reviews: Change["reviews"];
}

/**
 * Whether a person's approval of a change counts: a known person, no bot, with the right to approve and no hand in the
 * change, approved its request's last commit, or one that stands for it, before the merge and
 * after the request was last aimed at another branch, and took it back by nothing until then.
 */
export function approvedBy({ authors, request, reviews }: Approvable, person: string): boolean {
  const { approvedHeads, mergedAt, retargetedAt } = request;
  if (authors.some(({ id }) => id === person)) return false;
  const own = reviews.filter(({ by, at }) => by.id === person && at < mergedAt);
  return own.some(
    (review) =>
      review.state === "approved" &&
      review.by.known &&
      !review.by.bot &&
      review.mayApprove &&
      approvedHeads.includes(review.commit) &&
      review.at > retargetedAt &&
      !own.some(({ state, at }) => (state === "changes-requested" || state === "dismissed") && at >= review.at),
  );
}
