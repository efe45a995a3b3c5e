import { z } from "zod";
import { Coverage, EvidenceKind } from "./coverage.ts";
import { Sha256 } from "./digest.ts";
import { Instant } from "./instant.ts";
import { Period } from "./period.ts";

/** One question to a source and what came back: an HTTP request, a git command, or a file opened. */
export const RequestRecord = z.object({
  /** `GET https://…`, `git log …`, `read deployments.jsonl`. Never holds a secret. */
  asked: z.string(),
  /** HTTP status or exit status. 304: the server said that the answer of the pull before still holds. */
  status: z.number().int(),
  at: Instant,
  /** The server's own clock: its `Date` header. */
  serverDate: z.string().optional(),
  bytes: z.number().int().nonnegative(),
  /** Rows of the answer, where it has rows. */
  rows: z.number().int().nonnegative().optional(),
  /** Evidence that the answer became; one question may give many records (a git stream): then it is absent. */
  sha256: Sha256.optional(),
  attempts: z.number().int().positive().default(1),
  /** Headers of the answer that a later pull needs to ask whether it still holds, names in lower case. */
  headers: z.record(z.string(), z.string()).optional(),
});
export type RequestRecord = z.infer<typeof RequestRecord>;

/** A question on its way into the store, with the bytes of the answer in place of their hash: whoever stores them takes it. */
export type AskedQuestion = RequestRecord & { readonly answer?: Uint8Array };

/** Received count held against the source's own total. */
export const TieOut = z.object({
  what: z.string(),
  /** Where the expected number comes from, in words. */
  how: z.string(),
  expected: z.number().int().nonnegative(),
  received: z.number().int().nonnegative(),
});
export type TieOut = z.infer<typeof TieOut>;

/** A line or a record that could not be read. */
export const UnreadRecord = z.object({
  /** The record's name, such as `auth.log#L1-812`. */
  locator: z.string(),
  evidence: Sha256,
  /** `line 12` of the whole file, a JSON pointer, or empty for the whole record. */
  place: z.string(),
  reason: z.string(),
});
export type UnreadRecord = z.infer<typeof UnreadRecord>;

const count = z.number().int().nonnegative();

/** Numbers that a system counts through, and those between the first and the last that were not received. */
export const NumberSequence = z.object({
  /** "requests", "tickets", "builds". */
  what: z.string(),
  /** What is counted through: a repository, a project, a job. */
  scope: z.string(),
  first: count,
  last: count,
  received: count,
  /** How many are missing, and the first hundred runs of them: `17`, `20-24`. */
  missing: z.object({ count, first: z.array(z.string()) }),
  /** What may explain a missing number. */
  note: z.string(),
});
export type NumberSequence = z.infer<typeof NumberSequence>;

/** When facts of a kind about a scope are there, and on which days of the period there is none. */
export const RecordedTime = z.object({
  kind: EvidenceKind,
  scope: z.string(),
  facts: count,
  /** Times of the first and the last. */
  from: Instant,
  to: Instant,
  /** Days of the period without any, and the first hundred runs of them: `2025-01-04`, `2025-02-01 to 2025-02-03`. */
  emptyDays: z.object({ count, first: z.array(z.string()) }),
});
export type RecordedTime = z.infer<typeof RecordedTime>;

/** What the readers made of a pull's records. */
export const PullReading = z.object({
  /** Facts by their kind. */
  facts: z.record(z.string(), count),
  /** The earliest and the latest time that a fact tells of; null when none tells of a time. */
  first: Instant.nullable(),
  last: Instant.nullable(),
  /** How many lines and records could not be read, and the first hundred of them. All are kept beside the pull. */
  unread: z.object({ count, first: z.array(UnreadRecord) }),
  sequences: z.array(NumberSequence),
  times: z.array(RecordedTime),
  /** Of lines, CSV records and array elements: what became of each. */
  lines: z.object({ read: count, passedOver: count, blank: count, unread: count }),
});
export type PullReading = z.infer<typeof PullReading>;

/** The IPE record ("information produced by the entity") of one pull: what an auditor relies on for completeness and accuracy. */
export const IpeRecord = z.object({
  pullId: z.string(),
  sourceId: z.string(),
  sourceKind: z.string(),
  /** Endpoint, repository or file asked, in words. */
  endpoint: z.string(),
  /** Query and filters as sent. */
  query: z.string(),
  /** Who asked, as the source knows the account; empty for files. */
  identity: z.string(),
  /** Access rights that the source reported, such as token scopes. */
  access: z.string(),
  period: Period,
  startedAt: Instant,
  finishedAt: Instant,
  toolVersion: z.string(),
  requests: z.number().int().nonnegative(),
  records: z.number().int().nonnegative(),
  /** Records by what they are, for the reader: `pull requests: 120`. */
  counts: z.record(z.string(), z.number().int().nonnegative()),
  tieOuts: z.array(TieOut),
  coverage: z.array(Coverage),
  /** What a reader must know: interruptions, drift, lines not read, limits. */
  notes: z.array(z.string()),
  /** SHA-256 over the records' hashes in order of receipt, each followed by LF. */
  recordsDigest: Sha256,
  /** Absent in records of pulls made before readers were asked at once. */
  reading: PullReading.optional(),
});
export type IpeRecord = z.infer<typeof IpeRecord>;

/** A pull as the store keeps it. `interrupted` pulls resume from their cursor. */
export const Pull = z.object({
  id: z.string(),
  sourceId: z.string(),
  state: z.enum(["running", "interrupted", "complete"]),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  records: z.number().int().nonnegative(),
});
export type Pull = z.infer<typeof Pull>;

/** How far a pull is. `total` is null while the source has not said. */
export const PullProgress = z.object({
  sourceId: z.string(),
  what: z.string(),
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative().nullable(),
});
export type PullProgress = z.infer<typeof PullProgress>;

/** Answer of a connection test. */
export const ConnectionTest = z.object({
  identity: z.string(),
  access: z.string(),
  /** True when the account can write: an auditor should ask for less. Null when the source does not say. */
  canWrite: z.boolean().nullable(),
  notes: z.array(z.string()),
});
export type ConnectionTest = z.infer<typeof ConnectionTest>;
