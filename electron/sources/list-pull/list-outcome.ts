import type { Coverage } from "../../../shared/model/coverage.ts";
import type { TieOut } from "../../../shared/model/pull.ts";
import type { SourceKind, SourceOf } from "../../../shared/model/source.ts";
import { earlier } from "../audit-window.ts";
import type { PullContext, PullOutcome } from "../source-driver.ts";
import { readKeySet } from "./key-set.ts";
import type { ListCursor } from "./list-cursor.ts";
import type { ListTool } from "./list-tool.ts";

export function outcomeOf<K extends SourceKind>(
  tool: ListTool<K>,
  source: SourceOf<K>,
  context: PullContext,
  cursor: ListCursor,
): PullOutcome {
  const { identity, access, tallies } = cursor;
  const checking = new Set(Object.keys(tool.checks ?? {}));
  const counted = Object.entries(tallies).filter(([list]) => !checking.has(list));
  return {
    ...tool.describe(source, context),
    identity,
    access,
    counts: Object.fromEntries(counted.map(([list, { keys }]) => [list, readKeySet(keys).size])),
    tieOuts: tieOutsOf(tool, cursor),
    coverage: coverageOf(tool, source, context, cursor),
    notes: [
      ...tool.remarks,
      ...notesOf(context, cursor),
      ...shortListsOf(tool, cursor).map(noteShort),
      ...cursor.notes,
    ],
  };
}

function tieOutsOf<K extends SourceKind>(tool: ListTool<K>, { tallies }: ListCursor): TieOut[] {
  const totals = Object.entries(tallies).flatMap(([list, { keys, total }]): TieOut[] =>
    total === null
      ? []
      : [{ what: list, how: `${tool.name}'s own total`, expected: total, received: readKeySet(keys).size }],
  );
  const checks = Object.entries(tool.checks ?? {}).map(([check, list]): TieOut => {
    const [expected, received] = [readKeySet(tallies[check]?.keys ?? ""), readKeySet(tallies[list]?.keys ?? "")];
    const how = `the list of ${check}, asked afterwards`;
    return { what: list, how, expected: expected.size, received: received.countOf(expected) };
  });
  return [...totals, ...checks];
}

function coverageOf<K extends SourceKind>(
  tool: ListTool<K>,
  source: SourceOf<K>,
  { period }: PullContext,
  cursor: ListCursor,
): Omit<Coverage, "sourceId">[] {
  if (cursor.hasGaps) return [];
  const { reachesBackTo } = cursor;
  const from = reachesBackTo !== null && reachesBackTo > period.start ? reachesBackTo : period.start;
  const to = earlier(period.end, cursor.startedAt);
  const short = shortListsOf(tool, cursor).map(({ what }) => what);
  const isWhole = (lists: readonly string[] = short) => !lists.some((list) => short.includes(list));
  const whole = tool.covers(source, cursor).filter(({ restsOn }) => isWhole(restsOn));
  return from < to ? whole.map(({ kind, scope }) => ({ kind, scope, from, to })) : [];
}

/** Lists of which the server has more than it gave: some records are hidden from the account, or came and went. */
function shortListsOf<K extends SourceKind>(tool: ListTool<K>, cursor: ListCursor): TieOut[] {
  return tieOutsOf(tool, cursor).filter(({ expected, received }) => received < expected);
}

function noteShort({ what, how, expected, received }: TieOut): string {
  return `Only ${received} of ${expected} ${what} were received, by ${how}: what rests on them is not covered.`;
}

function notesOf({ period }: PullContext, cursor: ListCursor): string[] {
  const notes: string[] = [];
  for (const [list, { repeated, late }] of Object.entries(cursor.tallies)) {
    if (late > 0)
      notes.push(`${late} ${list} were in no page of the list; another list named them, and they were fetched.`);
    if (repeated > 0) notes.push(`${repeated} rows of ${list} came more than once, and count once.`);
  }
  if (cursor.reachesBackTo !== null && cursor.reachesBackTo > period.start) {
    notes.push(`What is kept reaches back to ${cursor.reachesBackTo} and covers nothing before.`);
  }
  if (cursor.startedAt < period.end) {
    notes.push(`The period was not over when the pull began; it vouches for nothing after ${cursor.startedAt}.`);
  }
  return notes;
}
