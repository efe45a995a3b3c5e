import type { EvidenceKind } from "../model/coverage.ts";
import type { Instant } from "../model/instant.ts";
import { dayOf, type Period } from "../model/period.ts";
import type { RecordedTime } from "../model/pull.ts";

const mostShown = 100;
const dayMs = 86_400_000;

/** Follows, by kind and scope, when there are facts. */
export interface TimesSeen {
  add(kind: EvidenceKind, scope: string, at: Instant): void;
  times(): RecordedTime[];
}

interface Seen {
  readonly kind: EvidenceKind;
  readonly scope: string;
  facts: number;
  from: Instant;
  to: Instant;
  readonly days: Set<string>;
}

export function createTimesSeen(period: Period): TimesSeen {
  const all = new Map<string, Seen>();
  const dayAt = rememberDays(period.timeZone);
  // Facts of one kind and scope come in rows.
  let last: Seen | null = null;
  return {
    add(kind, scope, at) {
      if (last === null || last.kind !== kind || last.scope !== scope) {
        const key = `${kind} ${scope}`;
        last = all.get(key) ?? { kind, scope, facts: 0, from: at, to: at, days: new Set() };
        all.set(key, last);
      }
      const seen = last;
      seen.facts += 1;
      if (at < seen.from) seen.from = at;
      if (at > seen.to) seen.to = at;
      if (at >= period.start && at < period.end) seen.days.add(dayAt(at));
    },
    times: () => [...all.values()].map(({ days, ...seen }) => ({ ...seen, emptyDays: emptyDays(period, days) })),
  };
}

/** Days of the period that have none of the days, as runs. */
function emptyDays(period: Period, days: ReadonlySet<string>): RecordedTime["emptyDays"] {
  const runs: { from: string; to: string }[] = [];
  let count = 0;
  let isOpen = false;
  for (let at = Date.parse(period.from); at <= Date.parse(period.to); at += dayMs) {
    const day = new Date(at).toISOString().slice(0, 10);
    const run = runs.at(-1);
    if (days.has(day)) isOpen = false;
    else {
      count += 1;
      if (isOpen && run) run.to = day;
      else runs.push({ from: day, to: day });
      isOpen = true;
    }
  }
  return { count, first: runs.slice(0, mostShown).map(({ from, to }) => (from === to ? from : `${from} to ${to}`)) };
}

/** The day of a moment in a zone. Moments of one minute are of one day, and logs have many in one minute. */
function rememberDays(timeZone: string): (at: Instant) => string {
  const known = new Map<string, string>();
  return (at) => {
    const minute = at.slice(0, 16);
    let day = known.get(minute);
    if (day === undefined) {
      if (known.size > 10_000) known.clear();
      day = dayOf(at, timeZone);
      known.set(minute, day);
    }
    return day;
  };
}
