import type { Change } from "../model/change.ts";
import { millisecondsOf } from "../model/instant.ts";
import type { PaceView, ReviewPatternItem } from "../model/review-pattern-item.ts";

/** Changes that are named, those approved soonest for their size first. */
const mostQuick = 20;

type PaceFigures = Pick<ReviewPatternItem, "sized" | "medianPace" | "paceBySize" | "quickest">;

/**
 * Time to approval against size of change. Somebody who reads takes longer for more lines.
 *
 * @param changes those that another person approved
 */
export function measurePace(changes: readonly Change[]): PaceFigures {
  const paced = changes.flatMap(paceOf).sort((a, b) => paceFor(a) - paceFor(b) || (a.change < b.change ? -1 : 1));
  const middle = paced[Math.floor((paced.length - 1) / 2)];
  return {
    sized: paced.length,
    medianPace: middle ? Math.round(paceFor(middle)) : 0,
    paceBySize: Math.round(1000 * correlate(ranksOf(paced, "lines"), ranksOf(paced, "seconds"))),
    quickest: paced.slice(0, mostQuick),
  };
}

function paceOf({ id, authors, request, reviews, size }: Change): PaceView[] {
  const approvals = reviews
    .filter(
      ({ state, by }) => state === "approved" && by.known && !by.bot && !authors.some((each) => each.id === by.id),
    )
    .map(({ at }) => at)
    .sort();
  const [first] = approvals;
  const lines = size.added + size.removed;
  if (first === undefined || request.createdAt === "" || !size.known || lines === 0) return [];
  const seconds = Math.trunc((millisecondsOf(first) - millisecondsOf(request.createdAt)) / 1000);
  return [{ change: id, seconds, lines }];
}

/** Seconds for each hundred lines. */
function paceFor({ seconds, lines }: PaceView): number {
  return (seconds * 100) / lines;
}

/** Places in order of a figure; equal figures share the mean of their places. */
function ranksOf(paced: readonly PaceView[], figure: "seconds" | "lines"): number[] {
  const sorted = paced.map((pace) => pace[figure]).sort((a, b) => a - b);
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (const [place, value] of sorted.entries()) {
    if (!first.has(value)) first.set(value, place);
    last.set(value, place);
  }
  return paced.map((pace) => ((first.get(pace[figure]) ?? 0) + (last.get(pace[figure]) ?? 0)) / 2);
}

/** Pearson's correlation of two lists of the same length; nought where one of them does not vary. */
function correlate(one: readonly number[], other: readonly number[]): number {
  const mean = (one.length - 1) / 2; // of ranks, ties or not
  let together = 0;
  let [own, others] = [0, 0];
  for (const [place, value] of one.entries()) {
    const [a, b] = [value - mean, (other[place] ?? mean) - mean];
    together += a * b;
    own += a * a;
    others += b * b;
  }
  return own === 0 || others === 0 ? 0 : together / Math.sqrt(own * others);
}
