import { z } from "zod";
import { Catalog } from "./catalog.ts";
import { Conclusion } from "./conclusion.ts";
import { Sha256 } from "./digest.ts";
import { Engagement } from "./engagement.ts";
import { Evidence, EvidenceUse } from "./evidence.ts";
import { EvidenceScope } from "./evidence-scope.ts";
import { Instant } from "./instant.ts";
import { Item } from "./item.ts";
import { ExceptionView, JudgementView, NoteView } from "./judgement-view.ts";
import { Exclusion, Reconciliation, Remark } from "./population.ts";
import { PopulationKind } from "./population-kind.ts";
import { IpeRecord, Pull } from "./pull.ts";
import { Outcome, Result } from "./result.ts";
import { Draw, Freeze } from "./sample.ts";
import { PlanPoint, SamplePlan, TwoStagePlan } from "./sample-plan.ts";
import { Source } from "./source.ts";
import { SplitBy } from "./split.ts";
import { Stratum, StratumKey } from "./stratum.ts";
import { Verdict } from "./verification-report.ts";

/* What screens and the command line are shown. Numbers are ready to print: whoever shows them computes nothing. */

/** What is shown in the place of an engagement: the content of a bundle, in which nothing can be changed. */
export const BrowsedBundle = z.object({
  /** As verified before it was opened: one that failed is never opened. */
  verdict: Verdict.exclude(["failed"]),
  /** Name under which the first signer is trusted here; null for one that is not. */
  trustedName: z.string().nullable(),
  /** Evidence that the export took along: of the sampled items, or all. */
  evidence: EvidenceScope,
  /** Where it is one of several that were exported together: what it is of, and the files of the others. */
  part: z.object({ by: SplitBy, part: z.string(), siblings: z.array(z.string()) }).exactOptional(),
  /** `redacted`: an edition for outsiders; `complete`: secrets were left out of what was stated. Not there where nothing stated was. */
  redacted: z.enum(["complete", "redacted"]).exactOptional(),
  /** Titles of the checks that could not be done: what they are about is the signer's word. */
  stated: z.array(z.string()),
});
export type BrowsedBundle = z.infer<typeof BrowsedBundle>;

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
    /** Not closed. */
    exceptions: z.int(),
    /** Not cleared. */
    notes: z.int(),
  }),
  lastPullAt: Instant.nullable(),
  /** What to do next, a sentence, and the stage where it is done. */
  next: z.object({
    stage: z.enum(["sources", "population", "sample", "testing", "conclusions", "export"]),
    sentence: z.string(),
  }),
  /** There when a bundle is browsed, which `path` then names. */
  browsed: BrowsedBundle.exactOptional(),
});
export type EngagementView = z.infer<typeof EngagementView>;

/** A signer whom this installation trusts: outside of every bundle. */
export const TrustedSignerView = z.object({
  name: z.string(),
  /** SHA-256 of the certificate, lower-case hex. */
  fingerprint: z.string(),
  /** How the fingerprint was compared. */
  note: z.string(),
});
export type TrustedSignerView = z.infer<typeof TrustedSignerView>;

/** An engagement that was open on this installation before. */
export const RecentEngagement = z.object({
  path: z.string(),
  name: z.string(),
  entity: z.string(),
  /** Days of its period, `YYYY-MM-DD`. */
  from: z.string(),
  to: z.string(),
  openedAt: Instant,
  /** False where its file is not to be found any more. */
  isThere: z.boolean(),
});
export type RecentEngagement = z.infer<typeof RecentEngagement>;

export const SourceView = z.object({
  source: Source,
  /** Newest pull, whatever its state. */
  pull: Pull.nullable(),
  /** IPE record of the newest complete pull. */
  ipe: IpeRecord.nullable(),
});
export type SourceView = z.infer<typeof SourceView>;

export const WeekCount = z.object({
  /** Monday of the week, in the engagement's time zone. */
  monday: z.string(),
  count: z.int(),
  /** Those of them that are tested: in the sample or named by the auditor. */
  sampled: z.int(),
});

export const PopulationView = z.object({
  freezes: z.array(Freeze),
  reconciliation: Reconciliation,
  exclusions: z.array(Exclusion),
  remarks: z.array(Remark),
  /** Parts of evidence that no reader could read. */
  unread: z.array(z.object({ sourceId: z.string(), evidence: Sha256, place: z.string(), reason: z.string() })),
  /** Population → its items by week of the period; only those that have weeks. */
  weeks: z.partialRecord(PopulationKind, z.array(WeekCount)),
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

/** An item of a population. Of one that was not sampled, a bundle has the id alone: the other texts are empty then. */
export const PopulationRow = ItemRow.extend({ at: Instant.nullable() });
export type PopulationRow = z.infer<typeof PopulationRow>;

/** An item of a draw. */
export const DrawnRow = PopulationRow.extend({
  /** From 1, in the order of the draw. */
  place: z.int().positive(),
  /** Why the auditor named it; empty where chance did. */
  reason: z.string(),
});
export type DrawnRow = z.infer<typeof DrawnRow>;

export const DrawView = z.object({
  draw: Draw,
  /** Shell command that re-performs the draw on the population's ids, in the unpacked bundle. */
  command: z.string(),
  /**
   * `sample`: part of the sample that conclusions rest on, with what followed it; `apart`: named by the auditor, tested and
   * kept apart; `superseded`: on record, and not tested since a later draw or freeze.
   */
  standing: z.enum(["sample", "apart", "superseded"]),
  /** What the size rests on and what the draw is for, in sentences for the workpaper. */
  sentences: z.array(z.string()),
});
export type DrawView = z.infer<typeof DrawView>;

/** What a planner shows before a draw. The population size is that of the freeze. */
export const PlanView = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("plan"), plan: SamplePlan, curve: z.array(PlanPoint) }),
  z.object({ kind: z.literal("two-stage-plan"), plan: TwoStagePlan }),
  z.object({
    kind: z.literal("house-table"),
    table: z.string(),
    row: z.string(),
    size: z.int(),
    /** For the workpaper; says that the size is non-statistical. */
    sentence: z.string(),
  }),
]);
export type PlanView = z.infer<typeof PlanView>;

/** The frozen population split by a key, strata by name in byte order. */
export const StrataView = z.object({
  key: StratumKey,
  strata: z.array(Stratum),
});
export type StrataView = z.infer<typeof StrataView>;

export const MatrixView = z.object({
  draw: Draw,
  summaries: z.array(Conclusion),
  rows: z.array(
    ItemRow.extend({
      /** Workpaper reference: `C.1` is the first sampled change, `D.1` the first sampled deployment. */
      ref: z.string(),
      outcomes: z.record(z.string(), Outcome),
      /** The same as the auditor judged them; only of controls of which a result of the item was judged. */
      judged: z.record(z.string(), Outcome),
    }),
  ),
});
export type MatrixView = z.infer<typeof MatrixView>;

export const ItemView = z.object({
  ref: z.string(),
  population: PopulationKind,
  item: Item,
  results: z.array(Result),
  evidence: z.array(EvidenceUse.extend({ record: Evidence })),
  /** On its results, with those that later ones took the place of. */
  judgements: z.array(JudgementView),
  exceptions: z.array(ExceptionView),
  notes: z.array(NoteView),
});
export type ItemView = z.infer<typeof ItemView>;

/** What a record's bytes are by how they begin; `text` is everything that is not one of the others. */
export const EvidenceMedia = z.enum(["text", "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"]);
export type EvidenceMedia = z.infer<typeof EvidenceMedia>;

/** What was left out of a record: by kind and count, and why all of it was; empty where a copy is there. */
export const RecordRedaction = z.object({
  replaced: z.array(z.object({ kind: z.string(), count: z.int() })),
  withheld: z.string(),
});
export type RecordRedaction = z.infer<typeof RecordRedaction>;

export const EvidenceText = z.object({
  record: Evidence,
  media: EvidenceMedia,
  /** A part of the record's text, at most 256 Ki characters; bytes that are not UTF-8 show as U+FFFD. Empty for others than text. */
  text: z.string(),
  /** Where in the record's text it begins, and how many characters the record has. */
  from: z.int(),
  characters: z.int(),
  /** The part that was read, within `text`; null where there is none or it lies outside. */
  part: z.object({ start: z.int(), end: z.int() }).nullable(),
  /** There where a browsed bundle has the record otherwise than it was received: the text is of the copy in the bundle. */
  redaction: RecordRedaction.exactOptional(),
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

/** What came of asking for timestamps: `failure` says why there is none, which stops no signature. */
export const TimestampView = z.object({ url: z.string(), failure: z.string().nullable() });
export type TimestampView = z.infer<typeof TimestampView>;

export const ExportView = z.object({
  zipPath: z.string(),
  pdfPath: z.string(),
  zipSha256: Sha256,
  pdfSha256: Sha256,
  files: z.int(),
  bytes: z.int(),
  signer: IdentityView,
  /** Null when nobody was asked for one. */
  timestamp: TimestampView.nullable(),
  /** What is not in the bundle as it was; null where everything is. `log` names the part that lists it. */
  redactions: z
    .object({ log: z.string(), isForOutsiders: z.boolean(), records: z.int(), replacements: z.int() })
    .nullable(),
  /**
   * Whether the sampled items were made again from the evidence. Of very many records they are not: that they come out of it is for the
   * verification of the bundle to show.
   */
  itemsMadeAgain: z.boolean(),
  /** The other parts, where the export was split. */
  others: z.array(z.object({ zipPath: z.string(), zipSha256: Sha256 })).exactOptional(),
});
export type ExportView = z.infer<typeof ExportView>;

/** What the rules of an edition for outsiders ask for. */
export const RedactionView = z.object({
  /** Persons of the engagement become `Person 1`; as they are otherwise. */
  areNamesReplaced: z.boolean(),
  /** Records that are no text are left out; they stay otherwise. */
  areAttachmentsWithheld: z.boolean(),
  /** Kinds of texts and patterns that are replaced, with how many texts or patterns there are of each. */
  kinds: z.array(z.object({ kind: z.string(), count: z.int() })),
});
export type RedactionView = z.infer<typeof RedactionView>;

/** What was added to a finished bundle and to the report beside it. */
export const SealView = z.object({
  zipPath: z.string(),
  zipSha256: Sha256,
  /** Null where there is no report beside the bundle. */
  pdfPath: z.string().nullable(),
  /** Names of the signatures in the bundle that were added or stamped; empty when all had a timestamp. */
  changed: z.array(z.string()),
  /** Whether the report beside the bundle was signed or stamped. */
  reportChanged: z.boolean(),
  /** Who signed; null when only timestamps were added. */
  signer: IdentityView.nullable(),
  timestamp: TimestampView.nullable(),
});
export type SealView = z.infer<typeof SealView>;

export const CatalogView = z.object({ catalog: Catalog, sha256: Sha256 });
export type CatalogView = z.infer<typeof CatalogView>;
