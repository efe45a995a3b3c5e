import { z } from "zod";
import { Catalog } from "./catalog.ts";
import { Change } from "./change.ts";
import { ControlSummary } from "./conclusion.ts";
import { DeploymentItem } from "./deployment-item.ts";
import { Sha256 } from "./digest.ts";
import { Engagement } from "./engagement.ts";
import { Evidence, EvidenceUse } from "./evidence.ts";
import { Instant } from "./instant.ts";
import { Exclusion, Reconciliation, Remark } from "./population.ts";
import { IpeRecord, Pull } from "./pull.ts";
import { Outcome, Result } from "./result.ts";
import { Draw, Freeze, PopulationKind } from "./sample.ts";
import { Source } from "./source.ts";

/* What screens and the command line are shown. Numbers are ready to print: whoever shows them computes nothing. */

export const EngagementView = z.object({
  path: z.string(),
  engagement: Engagement,
  activityHead: Sha256,
  activityCount: z.int(),
  counts: z.object({
    sources: z.int(),
    pulled: z.int(),
    evidence: z.int(),
    changes: z.int().nullable(),
    deployments: z.int().nullable(),
    sampled: z.int(),
    results: z.int(),
    deviations: z.int(),
  }),
  lastPullAt: Instant.nullable(),
  /** What to do next, a sentence, and the stage where it is done. */
  next: z.object({
    stage: z.enum(["sources", "population", "sample", "testing", "export"]),
    sentence: z.string(),
  }),
});
export type EngagementView = z.infer<typeof EngagementView>;

export const SourceView = z.object({
  source: Source,
  /** Newest pull, whatever its state. */
  pull: Pull.nullable(),
  /** IPE record of the newest complete pull. */
  ipe: IpeRecord.nullable(),
});
export type SourceView = z.infer<typeof SourceView>;

export const PopulationView = z.object({
  freezes: z.array(Freeze),
  reconciliation: Reconciliation,
  exclusions: z.array(Exclusion),
  remarks: z.array(Remark),
  /** Parts of evidence that no reader could read. */
  unread: z.array(z.object({ sourceId: z.string(), evidence: Sha256, place: z.string(), reason: z.string() })),
  /** Changes by week of the period, for the bars: Monday of the week, in the engagement's time zone. */
  weeks: z.array(z.object({ monday: z.string(), changes: z.int(), deployments: z.int() })),
});
export type PopulationView = z.infer<typeof PopulationView>;

export const ItemRow = z.object({
  id: z.string(),
  title: z.string(),
  repository: z.string(),
  at: Instant,
  /** `merge`, `single`; for a deployment where its revision was found. */
  kind: z.string(),
  /** Names of who wrote it; for a deployment of who deployed. */
  people: z.string(),
  /** Ticket keys; for a deployment its revision. */
  reference: z.string(),
});
export type ItemRow = z.infer<typeof ItemRow>;

export const DrawView = z.object({
  draw: Draw,
  /** Shell command that re-performs the draw on the population's ids. */
  command: z.string(),
});
export type DrawView = z.infer<typeof DrawView>;

export const MatrixView = z.object({
  draw: Draw,
  summaries: z.array(ControlSummary),
  rows: z.array(
    ItemRow.extend({
      /** Workpaper reference: `C.1` is the first sampled change, `D.1` the first sampled deployment. */
      ref: z.string(),
      outcomes: z.record(z.string(), Outcome),
    }),
  ),
});
export type MatrixView = z.infer<typeof MatrixView>;

export const ItemView = z.object({
  ref: z.string(),
  population: PopulationKind,
  item: z.union([Change, DeploymentItem]),
  results: z.array(Result),
  evidence: z.array(EvidenceUse.extend({ record: Evidence })),
});
export type ItemView = z.infer<typeof ItemView>;

export const EvidenceText = z.object({
  record: Evidence,
  /** UTF-8 text, at most 256 KiB of it; bytes that are not UTF-8 show as U+FFFD. */
  text: z.string(),
  truncated: z.boolean(),
});
export type EvidenceText = z.infer<typeof EvidenceText>;

export const IdentityView = z.object({
  subject: z.string(),
  /** SHA-256 of the certificate, to compare and to pin. */
  fingerprint: Sha256,
  validFrom: Instant,
  validTo: Instant,
  keyType: z.string(),
});
export type IdentityView = z.infer<typeof IdentityView>;

export const ExportView = z.object({
  zipPath: z.string(),
  pdfPath: z.string(),
  zipSha256: Sha256,
  pdfSha256: Sha256,
  files: z.int(),
  bytes: z.int(),
  signer: IdentityView,
});
export type ExportView = z.infer<typeof ExportView>;

export const CatalogView = z.object({ catalog: Catalog, sha256: Sha256 });
export type CatalogView = z.infer<typeof CatalogView>;
