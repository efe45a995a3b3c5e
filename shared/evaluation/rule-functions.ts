import type { Change } from "../model/change.ts";
import { Instant, millisecondsOf } from "../model/instant.ts";
import { matchPath } from "../model/path-pattern.ts";

/*
 * What rules may call besides CEL's own functions. Few, pure, and each told in docs/catalog.md in such words that anybody
 * can write it anew for another CEL implementation.
 */

/** Whole seconds from one moment to another; negative when the second is the earlier one. */
export function secondsBetween(from: string, to: string): bigint {
  return BigInt(Math.trunc((readMoment(to) - readMoment(from)) / 1000));
}

/** Whole days of 24 hours from one moment to another, without the day that has begun. */
export function daysBetween(from: string, to: string): bigint {
  return BigInt(Math.trunc((readMoment(to) - readMoment(from)) / 86_400_000));
}

/** Whether a path fits one of the patterns, as CODEOWNERS reads them. */
export function matchesAny(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchPath(pattern)(path));
}

/**
 * Whether a person's approval of a change counts: a known person, no bot, with the right to approve and no hand in the
 * change, approved its request's last commit before the merge, and took it back by nothing until then.
 */
export function approvedBy(change: Change, person: string): boolean {
  const { headCommit, mergedAt } = change.request;
  if (change.authors.some(({ id }) => id === person)) return false;
  const own = change.reviews.filter(({ by, at }) => by.id === person && at < mergedAt);
  return own.some(
    (review) =>
      review.state === "approved" &&
      review.by.known &&
      !review.by.bot &&
      review.mayApprove &&
      review.commit === headCommit &&
      !own.some(({ state, at }) => (state === "changes-requested" || state === "dismissed") && at >= review.at),
  );
}

/** A rule that asks for the time of something that did not happen breaks, and so has no evidence. */
function readMoment(text: string): number {
  if (Instant.safeParse(text).success) return millisecondsOf(text);
  throw new RangeError(`"${text}" is no moment`);
}
