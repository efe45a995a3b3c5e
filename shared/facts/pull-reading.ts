import type { Coverage, EvidenceKind } from "../model/coverage.ts";
import type { Fact, ReadFacts } from "../model/facts.ts";
import { type Instant, instantOf, millisecondsOf } from "../model/instant.ts";
import type { Period } from "../model/period.ts";
import type { NumberSequence, PullReading, RecordedTime, UnreadRecord } from "../model/pull.ts";
import type { Source } from "../model/source.ts";
import type { EvidenceInput } from "./evidence-input.ts";
import { evidenceOfFact, scopeOfFact } from "./fact-evidence.ts";
import { sequenceNumberOf } from "./fact-sequence.ts";
import { createNumbersSeen, type NumbersSeen } from "./number-gaps.ts";
import { createTimesSeen } from "./recorded-time.ts";

/** Counts what the readers make of a pull's records, without holding a fact. */
export interface PullTally {
  add(input: EvidenceInput, read: ReadFacts): void;
  reading(): PullReading;
  /** Whether every part of a file of lines said what became of each of its lines. */
  accountsForLines(): boolean;
}

const mostShown = 100;

/** @param period in which days without records are looked for */
export function createPullTally(source: Source, period: Period): PullTally {
  const sourceScope = scopeOfSource(source);
  const facts = new Map<string, number>();
  const times = createTimesSeen(period);
  const numbers = createSequences();
  const shown: UnreadRecord[] = [];
  const lines = { read: 0, passedOver: 0, blank: 0, unread: 0 };
  let unread = 0;
  let isAccountedFor = true;
  const addFact = (fact: Fact): void => {
    facts.set(fact.kind, (facts.get(fact.kind) ?? 0) + 1);
    const { kind, at } = evidenceOfFact(fact);
    if (kind && at) times.add(kind, scopeOfFact(fact, sourceScope), at);
    numbers.add(fact);
  };
  return {
    add(input, read) {
      for (const fact of read.facts) addFact(fact);
      unread += read.unread.length;
      shown.push(...unreadRecords(input, read).slice(0, mostShown - shown.length));
      if (!read.tally) isAccountedFor &&= input.reading?.firstLine === undefined;
      else for (const name of tallied) lines[name] += read.tally[name];
    },
    reading() {
      const recorded = times.times();
      return {
        facts: Object.fromEntries(facts),
        first: recorded.map(({ from }) => from).sort()[0] ?? null,
        last:
          recorded
            .map(({ to }) => to)
            .sort()
            .at(-1) ?? null,
        unread: { count: unread, first: [...shown] },
        sequences: numbers.sequences(),
        times: recorded,
        lines: { ...lines },
      };
    },
    accountsForLines: () => isAccountedFor,
  };
}

const tallied = ["read", "passedOver", "blank", "unread"] as const;

function createSequences(): { add(fact: Fact): void; sequences(): NumberSequence[] } {
  const all = new Map<string, { what: string; scope: string; note: string; seen: NumbersSeen }>();
  return {
    add(fact) {
      const number = sequenceNumberOf(fact);
      if (!number) return;
      const key = `${number.what} ${number.scope}`;
      let sequence = all.get(key);
      if (!sequence) {
        sequence = { what: number.what, scope: number.scope, note: number.note, seen: createNumbersSeen() };
        all.set(key, sequence);
      }
      sequence.seen.add(number.number);
    },
    sequences: () =>
      [...all.values()].flatMap(({ seen, ...named }) => {
        const sequence = seen.sequence();
        return sequence ? [{ ...named, ...sequence }] : [];
      }),
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
  times: readonly RecordedTime[],
  declared: { readonly from: Instant; readonly to: Instant; readonly kinds: readonly EvidenceKind[] } | null,
): Coverage[] {
  const sourceId = source.id;
  const found = times.map(({ kind, scope, from, to }) => {
    // The end is excluded: the last record is still covered.
    const span = declared ?? { from, to: instantOf(millisecondsOf(to) + 1) };
    return { kind, scope, sourceId, from: span.from, to: span.to };
  });
  if (!declared) return found;
  const silent = declared.kinds.filter((kind) => !found.some((one) => one.kind === kind));
  const scope = scopeOfSource(source);
  return [...found, ...silent.map((kind) => ({ kind, scope, sourceId, from: declared.from, to: declared.to }))];
}

function scopeOfSource(source: Source): string {
  if ("scope" in source && source.scope !== "") return source.scope;
  return "repository" in source ? source.repository : "";
}
