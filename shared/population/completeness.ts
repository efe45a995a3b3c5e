import type { Completeness, SourceCompleteness, UncoveredTime } from "../model/completeness.ts";
import { type Coverage, EvidenceKind } from "../model/coverage.ts";
import type { Instant } from "../model/instant.ts";
import type { Period } from "../model/period.ts";
import type { IpeRecord } from "../model/pull.ts";
import type { Source } from "../model/source.ts";

/**
 * States the completeness of an engagement from the IPE records of its sources. It counts and compares; what a missing
 * number or a quiet day means is for the auditor to say.
 *
 * @param records of the newest complete pull of each source
 */
export function stateCompleteness(
  period: Period,
  sources: readonly Pick<Source, "id">[],
  records: readonly IpeRecord[],
): Completeness {
  const stated = records.map((record) => stateSource(period, record));
  const coverage = records.flatMap((record) => record.coverage);
  const pulled = new Set(records.map(({ sourceId }) => sourceId));
  const kinds = new Set(coverage.map(({ kind }) => kind));
  const tieOuts = stated.flatMap((source) => source.tieOuts);
  return {
    period,
    sources: stated,
    notPulled: sources.filter(({ id }) => !pulled.has(id)).map(({ id }) => id),
    uncovered: findUncovered(period, coverage),
    missingKinds: EvidenceKind.options.filter((kind) => !kinds.has(kind)),
    totals: {
      tieOuts: tieOuts.length,
      disagreeing: tieOuts.filter(({ expected, received }) => expected !== received).length,
      missingNumbers: sum(stated.flatMap(({ sequences }) => sequences.map(({ missing }) => missing.count))),
      unread: sum(stated.map(({ unread }) => unread?.count ?? 0)),
    },
  };
}

function stateSource(period: Period, record: IpeRecord): SourceCompleteness {
  const { reading } = record;
  return {
    sourceId: record.sourceId,
    sourceKind: record.sourceKind,
    pullId: record.pullId,
    endpoint: record.endpoint,
    query: record.query,
    records: record.records,
    facts: reading?.facts ?? null,
    tieOuts: record.tieOuts,
    sequences: reading?.sequences ?? [],
    times: reading?.times ?? [],
    coverage: record.coverage,
    uncovered: findUncovered(period, record.coverage),
    unread: reading?.unread ?? null,
    notes: record.notes,
  };
}

/** For each kind and scope that is covered at some time, the times of the period at which it is not. */
export function findUncovered(period: Period, coverage: readonly Coverage[]): UncoveredTime[] {
  const byScope = Map.groupBy(coverage, ({ kind, scope }) => JSON.stringify([kind, scope]));
  return [...byScope.values()].flatMap((entries) => {
    const [one] = entries;
    return one ? gapsIn(period, entries).map((gap) => ({ kind: one.kind, scope: one.scope, ...gap })) : [];
  });
}

function gapsIn(period: Period, spans: readonly { from: Instant; to: Instant }[]): { from: Instant; to: Instant }[] {
  const gaps: { from: Instant; to: Instant }[] = [];
  let reached = period.start;
  for (const { from, to } of spans.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    if (from > reached && reached < period.end) gaps.push({ from: reached, to: earlier(from, period.end) });
    if (to > reached) reached = to;
  }
  if (reached < period.end) gaps.push({ from: reached, to: period.end });
  return gaps;
}

function earlier(one: Instant, other: Instant): Instant {
  if (one < other) return one;
  return other;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
