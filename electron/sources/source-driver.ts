import type { Coverage, EvidenceKind } from "../../shared/model/coverage.ts";
import type { RawRecord } from "../../shared/model/evidence.ts";
import type { Instant } from "../../shared/model/instant.ts";
import type { Period } from "../../shared/model/period.ts";
import type { AskedQuestion, ConnectionTest, PullProgress, TieOut } from "../../shared/model/pull.ts";
import type { SourceKind, SourceOf } from "../../shared/model/source.ts";
import type { SecretPlace } from "../../shared/model/source-parts.ts";

/** What the engine lends to a driver. A driver knows no store: it hands records over and goes on when they are safe. */
export interface SourceContext {
  readonly period: Period;
  readonly signal: AbortSignal;
  /** Own clock, for the IPE record. */
  now(): Instant;
  /** @throws secret-missing */
  readSecret(place: SecretPlace): string;
  /** Relative paths of a source are relative to this folder (the plan's, or the engagement's). */
  readonly baseFolder: string;
  /** A folder beside the engagement for clones; the driver may keep files there from pull to pull. */
  readonly workFolder: string;
}

/** An answer of the source's last complete pull. */
export interface EarlierAnswer {
  /** Those that were kept with the question, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Reads the bytes from the store. */
  read(): Uint8Array;
}

export interface PullContext extends SourceContext {
  /**
   * What the source's last complete pull received for the same question, where the server said how to ask whether it
   * still holds (`etag`, `last-modified`); null otherwise.
   * @param asked as in the request's record, `GET https://…`
   */
  earlier(asked: string): EarlierAnswer | null;
  /** Cursor last saved by this same pull when it was interrupted; null at the beginning. JSON, parsed by the driver. */
  readonly cursor: unknown;
  /**
   * Stores records, the questions they answer and the cursor to go on from, in one transaction: after a crash
   * either all of it is there or none, and nothing of a later step without it. Records that are there already (same pull,
   * locator and bytes) are not doubled. What is large may still be on its way when this returns: the bytes must stay as
   * they are, and the next step, or the end of the pull, tells of a failure.
   */
  save(step: { records: readonly RawRecord[]; requests?: readonly AskedQuestion[]; cursor: unknown }): Promise<void>;
  report(progress: Omit<PullProgress, "sourceId">): void;
}

/** What only whoever cut the files knows, to be held against what readers make of them. */
export interface HandedOver {
  /** Lines and CSV records in the files, as they were counted when the files were cut. */
  readonly lines: number;
  /** For which time the files are said to be whole, and the kinds of evidence that their formats give; null when nobody said it. */
  readonly declared: {
    readonly from: Instant;
    readonly to: Instant;
    readonly kinds: readonly EvidenceKind[];
  } | null;
}

/** Of a connection test, or of a pull, which knows what the pull before it received. */
export type AskingContext = SourceContext & Partial<Pick<PullContext, "earlier">>;

/** What a driver says of a finished pull; the engine makes the IPE record of it. */
export interface PullOutcome {
  readonly endpoint: string;
  readonly query: string;
  readonly identity: string;
  readonly access: string;
  readonly counts: Record<string, number>;
  readonly tieOuts: readonly TieOut[];
  readonly coverage: readonly Omit<Coverage, "sourceId">[];
  readonly notes: readonly string[];
  /** Of handed-over files, whose coverage only their readers know. */
  readonly handedOver?: HandedOver;
}

/** Fetches raw records of one kind of source. Collecting does not judge. */
export interface SourceDriver<K extends SourceKind> {
  readonly kind: K;
  test(source: SourceOf<K>, context: SourceContext): Promise<ConnectionTest>;
  pull(source: SourceOf<K>, context: PullContext): Promise<PullOutcome>;
}
