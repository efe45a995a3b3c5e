import { reportFrameworks } from "../../evaluation/framework-report.ts";
import type { AuditException } from "../../model/audit-exception.ts";
import type { Catalog } from "../../model/catalog.ts";
import type { Conclusion } from "../../model/conclusion.ts";
import type { Judgement } from "../../model/judgement.ts";
import type { ReportContent } from "../../model/report.ts";
import type { ReviewNote } from "../../model/review-note.ts";
import type { Draw } from "../../model/sample.ts";
import type { MatrixView } from "../../model/view.ts";
import { planCurve } from "../../sample/plan.ts";
import { type TestedSample, testedSamples } from "../../sample/tested-samples.ts";
import type { EngagementPart, StandingPart } from "../bundle-parts.ts";
import { type BundleSplit, isControlInPart } from "../bundle-split.ts";
import { viewDraws } from "./draw-views.ts";
import { viewException, viewJudgement, viewNote } from "./judgement-views.ts";

/** What the report, the page and the instructions show besides the lists that the bundle has as they are. */
export type ReportFrame = Omit<ReportContent, "items" | "results" | "evidence">;

/** What they are made of: as an export has it from the engagement, and a verifier from the bundle's parts. */
export interface AuditStated
  extends Pick<
    ReportContent,
    | "createdAt"
    | "toolVersion"
    | "catalogSha256"
    | "ipe"
    | "completeness"
    | "freezes"
    | "reconciliation"
    | "exclusions"
    | "remarks"
    | "weeks"
    | "activityHead"
    | "activityCount"
    | "signer"
  > {
  readonly part: EngagementPart;
  /** The whole catalog, also where the bundle is a part of several. */
  readonly catalog: Catalog;
  readonly draws: readonly Draw[];
  /** Those of the bundle; of a part of several, the part's own. */
  readonly samples: readonly TestedSample[];
  /** One for each of the samples, in their order. */
  readonly matrices: readonly MatrixView[];
  readonly summaries: readonly Conclusion[];
  readonly judgements: readonly Judgement[];
  readonly standing: StandingPart;
  readonly exceptions: readonly AuditException[];
  readonly reviewNotes: readonly ReviewNote[];
}

/** By one rule for who exports and for who verifies, so that both write the same pages from the same statements. */
export function frameReport(stated: AuditStated): ReportFrame {
  const { part, catalog, samples } = stated;
  const all = testedSamples(stated.draws, stated.freezes);
  const standings = new Map(stated.standing.judgements.map(({ number, standing }) => [number, standing]));
  return {
    engagement: part.engagement,
    createdAt: stated.createdAt,
    toolVersion: stated.toolVersion,
    catalogSha256: stated.catalogSha256,
    parameters: part.parameters,
    sources: part.sources,
    ipe: stated.ipe,
    completeness: stated.completeness,
    freezes: stated.freezes,
    draws: viewDraws(stated.draws, stated.freezes),
    ...restrictToPart({ catalog, matrices: stated.matrices }, part.split),
    // A requirement is answered by several controls and samples, of which a part has some: it would tell of the others that nobody tested them.
    frameworks: part.split === undefined ? reportFrameworks(catalog, samples, stated.summaries) : [],
    curves: curvesOf(samples),
    weeks: stated.weeks,
    reconciliation: stated.reconciliation,
    exclusions: stated.exclusions,
    remarks: stated.remarks,
    judgements: stated.judgements.map((judgement) => {
      return viewJudgement(judgement, standings.get(judgement.number) ?? "outdated");
    }),
    exceptions: stated.exceptions.map((exception) => viewException(exception, all)),
    signOffs: stated.standing.signOffs,
    notes: stated.reviewNotes.map((note) => viewNote(note, all)),
    activityHead: stated.activityHead,
    activityCount: stated.activityCount,
    signer: stated.signer,
  };
}

/** Sizes that each plan of a tested sample would have had at other tolerable rates. */
function curvesOf(samples: readonly TestedSample[]): ReportContent["curves"] {
  return Object.fromEntries(
    samples.flatMap(({ id, initial: { basis } }) =>
      basis.kind === "plan" ? [[id, planCurve(basis.plan.request)]] : [],
    ),
  );
}

type Restricted = Pick<ReportFrame, "catalog" | "matrices">;

/** Of a part by control only the part's own: the matrices of an engagement have all controls. */
export function restrictToPart(all: Restricted, split: BundleSplit | undefined): Restricted {
  if (split === undefined || split.by === "sample") return all;
  const isOwn = (control: string) => isControlInPart(split, control);
  const own = <Value>(byControl: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(byControl).filter(([control]) => isOwn(control)));
  return {
    catalog: { ...all.catalog, controls: all.catalog.controls.filter(({ id }) => isOwn(id)) },
    matrices: all.matrices.map((matrix) => ({
      ...matrix,
      summaries: matrix.summaries.filter(({ control }) => isOwn(control)),
      rows: matrix.rows.map((row) => ({ ...row, outcomes: own(row.outcomes), judged: own(row.judged) })),
    })),
  };
}
