import { z } from "zod";
import { ItemCoverage } from "./change.ts";
import { EvidenceUse } from "./evidence.ts";
import { Instant } from "./instant.ts";
import { PersonRef } from "./person.ts";

/** A document that was attached to an attestation. */
export const AttachedView = z.object({
  name: z.string(),
  /** A document with just this content was handed over: otherwise only its name and hash are known. */
  received: z.boolean(),
});
export type AttachedView = z.infer<typeof AttachedView>;

/** What somebody attested, as rules read it. */
export const AttestationView = z.object({
  control: z.string(),
  by: PersonRef,
  /** By the clock of whoever attested it; nobody else's is known. */
  at: Instant,
  /** Ids of the checklist's items that were ticked, and of those that were not. */
  done: z.array(z.string()),
  open: z.array(z.string()),
  documents: z.array(AttachedView),
});
export type AttestationView = z.infer<typeof AttestationView>;

/** What a detector did on one host during an occurrence. */
export const DetectionView = z.object({
  host: z.string(),
  detector: z.string(),
  /** Runs that came to their end. */
  runs: z.int(),
  failedRuns: z.int(),
  /** Changes that it reported. */
  changes: z.int(),
});
export type DetectionView = z.infer<typeof DetectionView>;

/** A week or a quarter of the period: what has to happen in each of them is tested on each of them. */
export const OccurrenceItem = z.object({
  /** `2026-W06`, `2026-Q1`. */
  id: z.string(),
  /** First moment, in the engagement's time zone. */
  from: Instant,
  /** First moment after it. */
  to: Instant,
  /** False at the ends of a period that begins or stops inside it. */
  whole: z.boolean(),
  attestations: z.array(AttestationView),
  /** For each host that a detector ever reported on, also where it did not run in this occurrence. */
  detections: z.array(DetectionView),
  /** Detections were pulled over the whole period: also a detector that reported in another occurrence only is known. */
  detectorsKnown: z.boolean(),
  /** Changes that were detected in it, also by detectors that tell of no runs. */
  detected: z.int(),
  coverage: ItemCoverage,
  evidence: z.array(EvidenceUse),
});
export type OccurrenceItem = z.infer<typeof OccurrenceItem>;

/** A document that a checklist of the catalog asks for: what was not attested is an item too. */
export const DocumentItem = z.object({
  /** `POL-01/change-policy`. */
  id: z.string(),
  control: z.string(),
  /** What has to be there, in the catalog's words. */
  title: z.string(),
  /** The end of the period: by then it has to be there. */
  at: Instant,
  attestations: z.array(AttestationView),
  coverage: ItemCoverage,
  evidence: z.array(EvidenceUse),
});
export type DocumentItem = z.infer<typeof DocumentItem>;
