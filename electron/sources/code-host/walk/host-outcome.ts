import { type Instant, instantOf, millisecondsOf } from "../../../../shared/model/instant.ts";
import type { TieOut } from "../../../../shared/model/pull.ts";
import { earlier } from "../../audit-window.ts";
import type { PullContext, PullOutcome } from "../../source-driver.ts";
import type { WantedBranches } from "../../wanted-branches.ts";
import type { HostCursor, StagesCursor } from "./host-cursor.ts";
import type { HostPlan } from "./host-plan.ts";

export function outcomeOfHost(plan: HostPlan, scope: string, context: PullContext, cursor: HostCursor): PullOutcome {
  return {
    endpoint: plan.endpoint,
    query: plan.query,
    identity: cursor.identity,
    access: cursor.access,
    counts: cursor.counts,
    tieOuts: [...cursor.tieOuts, ...declaredTieOuts(cursor)],
    coverage: coverageOfStages(plan.covers, scope, context, cursor),
    notes: [
      ...plan.notes,
      ...cursor.notes,
      ...notesOfBranches(plan, cursor),
      ...notesOfStages(cursor),
      ...openPeriod(context, cursor.startedAt),
    ],
  };
}

/** What was read may be relied on for the period, settings only for the moment in which they were read. */
export function coverageOfStages(
  covers: HostPlan["covers"],
  scope: string,
  { period }: PullContext,
  cursor: StagesCursor & { readonly startedAt: Instant },
): PullOutcome["coverage"] {
  const { groups, startedAt } = cursor;
  const whole = covers.filter(({ by }) => by.every((name) => isWhole(groups[name])));
  const coverage = whole.map(({ kind, snapshot }) =>
    snapshot === true
      ? { kind, scope, from: startedAt, to: instantOf(millisecondsOf(startedAt) + 1000) }
      : { kind, scope, from: period.start, to: earlier(period.end, startedAt) },
  );
  return coverage.filter(({ from, to }) => from < to);
}

/** No host can be asked whether a pattern means anything; a mistyped one fits nothing. */
function notesOfBranches({ branches, stages: [requests] }: HostPlan, { counts }: StagesCursor): string[] {
  const found = requests === undefined ? 0 : (counts[requests.name] ?? 0);
  return branches.only === null && found === 0 ? [noRequests(branches)] : [];
}

export function noRequests({ words }: WantedBranches): string {
  return `No request of the time was merged into ${words}: look whether the patterns are right.`;
}

/** A group that was never asked for has nothing to refuse: no row had it. */
function isWhole(group: StagesCursor["groups"][string] | undefined): boolean {
  return group === undefined || (group.refusal === null && group.gone === 0 && group.short === 0);
}

export function declaredTieOuts({ declared }: Pick<StagesCursor, "declared">): TieOut[] {
  const how = "the host's own count in each of these lists";
  return Object.entries(declared).map(([what, sums]) => ({ what, how, ...sums }));
}

export function notesOfStages({ groups, drift }: StagesCursor): string[] {
  const notes: string[] = [];
  for (const [name, { refusal, gone, short }] of Object.entries(groups)) {
    if (refusal !== null) notes.push(`Not readable, so nothing is known about it: ${name}. ${refusal}`);
    if (short > 0)
      notes.push(`Not covered: ${name}, since ${short} of its lists did not come whole; see the tie-outs.`);
    if (gone > 0) notes.push(`The host no longer had ${name} for ${gone} of those that it lists.`);
  }
  if (drift.repeated > 0) {
    notes.push(`${drift.repeated} rows were listed again because a list moved while it was read; each was taken once.`);
  }
  if (drift.late > 0) notes.push(`${drift.late} rows were found only by reading a list once more.`);
  return notes;
}

function openPeriod({ period }: PullContext, startedAt: Instant): string[] {
  if (startedAt >= period.end) return [];
  return [`The period was not over when the pull began; it vouches for nothing after ${startedAt}.`];
}
