import { type Approvable, approvedBy } from "../model/approval.ts";
import type { ReviewView } from "../model/change.ts";

/**
 * Reviews of a merge that took several requests along. Gerrit reviews commit by commit: who approved the last has said
 * nothing of those below it. So an approval counts for the whole only where its person approved each of them in a way
 * that counts, and an objection to one of them is one to the whole.
 *
 * @param own of the request that the merge is of
 */
export function reviewsOfAll(own: readonly ReviewView[], along: readonly Approvable[]): ReviewView[] {
  const approvedAll = (person: string) => along.every((request) => approvedBy(request, person));
  const objections = along.flatMap(({ reviews }) => reviews.filter(({ state }) => state === "changes-requested"));
  return [...own.filter(({ state, by }) => state !== "approved" || approvedAll(by.id)), ...objections];
}
