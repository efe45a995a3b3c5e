import type { Change } from "../model/change.ts";
import type { Sha256 } from "../model/digest.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import type { FootingFinder } from "../population/item-assembly.ts";
import type { LineEntry } from "../population/release-line.ts";
import type { RepositoryContext } from "../population/repository-context.ts";

/** Number of a record in the engagement file. */
export type RecordNumber = number;

/** Undefined for what the file does not have. */
export type NumberOf = (sha256: Sha256) => RecordNumber | undefined;

/**
 * What items rest on besides the records that they name, so that they come out the same from a part of the evidence: the release lines,
 * whose entries are numbered through all lines, and which changes an item speaks of.
 */
export interface EvidenceFooting {
  /**
   * Records that are needed whatever was sampled: the commits of the release lines, and those between each line and what was deployed
   * beside it. One may come twice.
   */
  readonly always: Iterable<RecordNumber>;
  /** How many entries all lines have. */
  readonly entries: number;
  /** The entry that a change is; undefined where no line has it. */
  entryOf(change: string): number | undefined;
  /** Entries that had brought commits where this one's side branches start. */
  restsOn(entry: number): Iterable<number>;
  /** Commits that came to the line with the entry, itself among them; none where it came alone, since `always` has it. */
  broughtWith(entry: number): Iterable<RecordNumber>;
  /** Changes that an item of another kind speaks of. */
  changesBehind(population: PopulationKind, id: string): Iterable<Change>;
}

/** As the evidence at hand gives it. */
export function footingOf(
  contexts: readonly RepositoryContext[],
  finder: FootingFinder,
  numberOf: NumberOf,
): EvidenceFooting {
  const firsts = new Map<RepositoryContext, number>();
  const entries: LineEntry[] = [];
  for (const context of contexts) {
    firsts.set(context, entries.length);
    for (const entry of context.line.entries) entries.push(entry);
  }
  function* numbersOf(records: Iterable<Sha256>): Generator<RecordNumber> {
    for (const sha256 of records) {
      const number = numberOf(sha256);
      if (number !== undefined) yield number;
    }
  }
  return {
    always: { [Symbol.iterator]: () => numbersOf(recordsOfLines(contexts)) },
    entries: entries.length,
    entryOf(change) {
      const found = finder.findChange(change);
      return found && (firsts.get(found.context) ?? 0) + found.entry.position;
    },
    *restsOn(entry) {
      const { position = 0, restsOn = [] } = entries[entry] ?? {};
      // Places are counted from where the entry's own line begins.
      for (const place of restsOn) yield entry - position + place;
    },
    *broughtWith(entry) {
      const { brought = [] } = entries[entry] ?? {};
      if (brought.length !== 1) yield* numbersOf(brought.map(({ origin }) => origin.evidence));
    },
    changesBehind: finder.changesBehind,
  };
}

function* recordsOfLines(contexts: readonly RepositoryContext[]): Generator<Sha256> {
  for (const context of contexts) {
    for (const { commit } of context.line.entries) yield commit.origin.evidence;
    for (const { bases, kept } of context.rewrites) {
      // Where a rewrite begins and ends on the line is told by what lies between it and the commits that git named.
      for (const named of [...bases, ...kept]) {
        for (const beside of context.line.pathToLine(named)) yield beside.origin.evidence;
      }
    }
    const seen = new Set<string>();
    for (const { place, commit, artifacts } of context.deploymentsSeen) {
      // What one deployment brought hangs on where all before it stood.
      for (const { origin } of artifacts) yield origin.evidence;
      if (place !== "other-branch") continue;
      for (const beside of context.line.pathToLine(commit, seen)) yield beside.origin.evidence;
    }
  }
}
