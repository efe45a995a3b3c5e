import { z } from "zod";
import { Coverage, EvidenceKind } from "./coverage.ts";
import { Instant } from "./instant.ts";
import { Period } from "./period.ts";
import { IpeRecord, NumberSequence, RecordedTime, TieOut } from "./pull.ts";

/** A time of the period for which a kind of evidence about a scope was not pulled whole. */
export const UncoveredTime = z.object({
  kind: EvidenceKind,
  scope: z.string(),
  from: Instant,
  /** Excluded. */
  to: Instant,
});
export type UncoveredTime = z.infer<typeof UncoveredTime>;

/** What is known of the completeness of one source: stated, not judged. */
export const SourceCompleteness = z.object({
  sourceId: z.string(),
  sourceKind: z.string(),
  pullId: z.string(),
  /** What was asked, of whom. */
  endpoint: z.string(),
  query: z.string(),
  records: z.number().int().nonnegative(),
  /** Facts by their kind; null where the pull is older than the reading of pulls. */
  facts: z.record(z.string(), z.number().int().nonnegative()).nullable(),
  /** What the source says exists, against what was received. */
  tieOuts: z.array(TieOut),
  sequences: z.array(NumberSequence),
  times: z.array(RecordedTime),
  coverage: z.array(Coverage),
  /** What its own coverage leaves out of the period. */
  uncovered: z.array(UncoveredTime),
  unread: IpeRecord.shape.reading.unwrap().shape.unread.nullable(),
  notes: z.array(z.string()),
});
export type SourceCompleteness = z.infer<typeof SourceCompleteness>;

/** The completeness statement of an engagement: what was asked, what exists, what was received, and what is not known. */
export const Completeness = z.object({
  period: Period,
  sources: z.array(SourceCompleteness),
  /** Ids of sources without a complete pull. */
  notPulled: z.array(z.string()),
  /** By kind and scope, what all sources together leave out of the period. */
  uncovered: z.array(UncoveredTime),
  /** Kinds of evidence that no source covers at any time. */
  missingKinds: z.array(EvidenceKind),
  /** How many tie-outs do not agree, numbers are missing and lines could not be read, over all sources. */
  totals: z.object({
    tieOuts: z.number().int().nonnegative(),
    disagreeing: z.number().int().nonnegative(),
    missingNumbers: z.number().int().nonnegative(),
    unread: z.number().int().nonnegative(),
  }),
});
export type Completeness = z.infer<typeof Completeness>;
