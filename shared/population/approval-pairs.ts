import type { Change } from "../model/change.ts";
import type { PersonRef } from "../model/person.ts";

/** An approval that one person gave on another's change. */
export interface Approval {
  readonly change: string;
  readonly author: PersonRef;
  readonly reviewer: PersonRef;
}

/** Approvals by persons who had no hand in the change, each person once a change. Bots and unknown accounts are left out: they are nobody's colleague. */
export function listApprovals(changes: readonly Change[]): Approval[] {
  return changes.flatMap((change) => {
    const { author } = change.request;
    if (!change.request.found || !author.known || author.bot) return [];
    const reviewers = new Map(
      change.reviews
        .filter(({ state, by }) => state === "approved" && by.known && !by.bot)
        .filter(({ by }) => !change.authors.some(({ id }) => id === by.id))
        .map(({ by }) => [by.id, by]),
    );
    return [...reviewers.values()].map((reviewer) => ({ change: change.id, author, reviewer }));
  });
}
