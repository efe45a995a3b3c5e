import type { Catalog, ParameterValues } from "./catalog.ts";
import type { Completeness } from "./completeness.ts";
import type { Sha256 } from "./digest.ts";
import type { Engagement } from "./engagement.ts";
import type { Evidence } from "./evidence.ts";
import type { FrameworkReport } from "./framework-report.ts";
import type { Instant } from "./instant.ts";
import type { ItemsByKind } from "./item.ts";
import type { ExceptionView, JudgementView, NoteView } from "./judgement-view.ts";
import type { LongList } from "./long-list.ts";
import type { Exclusion, Reconciliation, Remark } from "./population.ts";
import type { IpeRecord } from "./pull.ts";
import type { Results } from "./results.ts";
import type { Freeze } from "./sample.ts";
import type { PlanPoint } from "./sample-plan.ts";
import type { ScopeSignOffs } from "./sign-off.ts";
import type { Source } from "./source.ts";
import type { DrawView, MatrixView, PopulationView } from "./view.ts";

/** What is not in the bundle as it was. */
export interface RedactionSummary {
  /** `redacted` is an edition for outsiders; in the `complete` one only secrets are replaced. */
  readonly edition: "complete" | "redacted";
  /** SHA-256 of a record as it was received → path of its derived copy; empty where it was withheld. */
  readonly records: Readonly<Record<Sha256, string>>;
  /** Kinds of statements in which something was replaced. */
  readonly statements: number;
  readonly sentence: string;
}

/** Everything that the report and the viewer show. All of it is computed before: they lay out and judge nothing. */
export interface ReportContent {
  readonly engagement: Engagement;
  readonly createdAt: Instant;
  readonly toolVersion: string;
  readonly catalog: Catalog;
  readonly catalogSha256: Sha256;
  /** What the engagement sets in place of the catalog's defaults. */
  readonly parameters: ParameterValues;
  readonly sources: readonly Source[];
  /** Records of the pulls that the population rests on, in the order of the workpaper: `B.1` is the first. */
  readonly ipe: readonly IpeRecord[];
  readonly completeness: Completeness;
  readonly freezes: readonly Freeze[];
  readonly reconciliation: Reconciliation;
  /** The period by week, with what was drawn. */
  readonly weeks: PopulationView["weeks"];
  readonly exclusions: readonly Exclusion[];
  readonly remarks: readonly Remark[];
  /** The draw log: every draw, tested or not. */
  readonly draws: readonly DrawView[];
  /** Draw → sizes of its plan at other tolerable rates; draws without a plan have none. */
  readonly curves: Readonly<Record<string, readonly PlanPoint[]>>;
  /** One for each draw that was tested: its items with their outcomes, and its counts by control. */
  readonly matrices: readonly MatrixView[];
  /** What was concluded, by requirement. */
  readonly frameworks: readonly FrameworkReport[];
  /** The sampled items. */
  readonly items: ItemsByKind;
  /** Results of the sampled items. */
  readonly results: Results;
  /** Every judgement on the results, with what became of it. */
  readonly judgements: readonly JudgementView[];
  readonly exceptions: readonly ExceptionView[];
  /** The engagement's, then those of each control that was tested. */
  readonly signOffs: readonly ScopeSignOffs[];
  readonly notes: readonly NoteView[];
  /** Records of the evidence that the bundle carries. */
  readonly evidence: LongList<Evidence>;
  /** Hash of the activity log's last entry, and how many entries it has. */
  readonly activityHead: Sha256;
  readonly activityCount: number;
  /** What was left out; absent where nothing was. */
  readonly redactions?: RedactionSummary;
  /** Who signs, and the SHA-256 of the certificate. */
  readonly signer: { readonly subject: string; readonly fingerprint: Sha256 };
}
