import { instantOf, millisecondsOf } from "../../../shared/model/instant.ts";
import { type AuditWindow, secondBefore, secondsOf } from "../audit-window.ts";
import type { RunRange } from "../code-host/github-cursor.ts";

/** GitHub lists no more than this many runs of one query, however many pages are asked. */
export const mostListed = 1000;

export function wholeRanges(window: AuditWindow): RunRange[] {
  const range = { from: epochSeconds(window.from), to: epochSeconds(secondBefore(window.to)) };
  return [
    { of: "release-branch", ...range },
    { of: "merge-queue", ...range },
  ];
}

/** Two halves that share no second, the later first; null when the range is a single second. */
export function halve({ of, from, to }: RunRange): [RunRange, RunRange] | null {
  if (from >= to) return null;
  const middle = Math.floor((from + to) / 2);
  return [
    { of, from: middle + 1, to },
    { of, from, to: middle },
  ];
}

/** As GitHub's `created` parameter wants it; both ends included. */
export function spellRange({ from, to }: Pick<RunRange, "from" | "to">): string {
  return `${secondsOf(instantOf(from * 1000))}..${secondsOf(instantOf(to * 1000))}`;
}

function epochSeconds(instant: string): number {
  return Math.floor(millisecondsOf(instant) / 1000);
}
