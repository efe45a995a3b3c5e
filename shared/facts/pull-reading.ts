import type { Coverage, EvidenceKind } from "../model/coverage.ts";
import type { ReadFacts } from "../model/facts.ts";
import { type Instant, instantOf, millisecondsOf } from "../model/instant.ts";
import type { PullReading, UnreadRecord } from "../model/pull.ts";
import type { Source } from "../model/source.ts";
import type { EvidenceInput } from "./evidence-input.ts";
import { evidenceOfFact, scopeOfFact } from "./fact-evidence.ts";

/** For when there are facts of a kind about a scope: both ends are times of facts. */
export interface FactSpan {
  readonly kind: EvidenceKind;
  readonly scope: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** Counts what the readers make of a pull's records, without holding a fact. */
export interface PullTally {
  add(input: EvidenceInput, read: ReadFacts): void;
  reading(): PullReading;
  spans(): readonly FactSpan[];
  /** Whether every part of a file of lines said what became of each of its lines. */
  accountsForLines(): boolean;
}

const mostShown = 100;

export function createPullTally(source: Source): PullTally {
  const sourceScope = scopeOfSource(source);
  const facts = new Map<string, number>();
  const spans = new Map<string, FactSpan>();
  const shown: UnreadRecord[] = [];
  const lines = { read: 0, passedOver: 0, blank: 0, unread: 0 };
  let unread = 0;
  let isComplete = true;
  const addSpan = (kind: EvidenceKind, scope: string, at: Instant): void => {
    const key = `${kind} ${scope}`;
    const span = spans.get(key);
    if (!span) spans.set(key, { kind, scope, from: at, to: at });
    else if (at < span.from) spans.set(key, { ...span, from: at });
    else if (at > span.to) spans.set(key, { ...span, to: at });
  };
  return {
    add(input, read) {
      for (const fact of read.facts) {
        facts.set(fact.kind, (facts.get(fact.kind) ?? 0) + 1);
        const { kind, at } = evidenceOfFact(fact);
        if (kind && at) addSpan(kind, scopeOfFact(fact, sourceScope), at);
      }
      unread += read.unread.length;
      shown.push(...unreadRecords(input, read).slice(0, mostShown - shown.length));
      if (read.tally) {
        lines.read += read.tally.read;
        lines.passedOver += read.tally.passedOver;
        lines.blank += read.tally.blank;
        lines.unread += read.tally.unread;
      } else if (input.reading?.firstLine !== undefined) isComplete = false;
    },
    reading: () => ({
      facts: Object.fromEntries(facts),
      first: [...spans.values()].map(({ from }) => from).sort()[0] ?? null,
      last:
        [...spans.values()]
          .map(({ to }) => to)
          .sort()
          .at(-1) ?? null,
      unread: { count: unread, first: shown },
      lines: { ...lines },
    }),
    spans: () => [...spans.values()],
    accountsForLines: () => isComplete,
  };
}

/** What could not be read of one record, as it is listed. */
export function unreadRecords({ locator }: Pick<EvidenceInput, "locator">, { unread }: ReadFacts): UnreadRecord[] {
  return unread.map(({ origin, reason }) => ({ locator, evidence: origin.evidence, place: origin.place, reason }));
}

/**
 * What handed-over files may be relied on for: the time for which they are said to be whole, else the time from their
 * first record to their last. What they are said to be whole for covers also the kinds of which they hold nothing.
 *
 * @param declared span and kinds that whoever handed the files over vouches for; null when nobody did
 */
export function coverageOfFiles(
  source: Source,
  spans: readonly FactSpan[],
  declared: { readonly from: Instant; readonly to: Instant; readonly kinds: readonly EvidenceKind[] } | null,
): Coverage[] {
  const found = spans.map(({ kind, scope, from, to }) => ({
    kind,
    scope,
    sourceId: source.id,
    from: declared?.from ?? from,
    // The end is excluded: the last record is still covered.
    to: declared?.to ?? instantOf(millisecondsOf(to) + 1),
  }));
  const scope = scopeOfSource(source);
  const silent = (declared?.kinds ?? []).filter((kind) => !found.some((one) => one.kind === kind));
  return [
    ...found,
    ...silent.map((kind) => ({ kind, scope, sourceId: source.id, from: declared?.from ?? "", to: declared?.to ?? "" })),
  ];
}

function scopeOfSource(source: Source): string {
  if ("scope" in source && source.scope !== "") return source.scope;
  return "repository" in source ? source.repository : "";
}
