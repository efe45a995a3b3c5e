import { auditStatements, type Statement } from "../bundle/attestation/statements.ts";
import type { AuditRecord, BundledFile } from "../bundle/audit-record.ts";
import { partPaths, type StandingPart, type WeeksPart } from "../bundle/bundle-parts.ts";
import { isControlInPart } from "../bundle/bundle-split.ts";
import type { DocumentBounds } from "../bundle/document-bounds.ts";
import { oscalPaths, workbookPath, workpaperPath } from "../bundle/document-paths.ts";
import type { Manifest } from "../bundle/manifest.ts";
import { assessmentPlan } from "../bundle/oscal/assessment-plan.ts";
import { assessmentResults } from "../bundle/oscal/assessment-results.ts";
import { summariseRedactions } from "../bundle/redaction/redaction-summary.ts";
import { viewMatrix } from "../bundle/report-views/matrix-view.ts";
import { frameReport } from "../bundle/report-views/report-frame.ts";
import { csvLines } from "../bundle/workpapers/csv-text.ts";
import { workpaperTables } from "../bundle/workpapers/tables.ts";
import { type WorkbookFile, workbookFiles } from "../bundle/workpapers/workbook.ts";
import { TickmarkError } from "../errors.ts";
import { parseCatalog } from "../evaluation/catalog-text.ts";
import { dispositionsOf } from "../judgement/judging.ts";
import { canonicalPieces } from "../model/canonical-json.ts";
import type { Digest } from "../model/digest.ts";
import type { Item, ItemsByKind } from "../model/item.ts";
import { PopulationKind } from "../model/population-kind.ts";
import type { ReportContent } from "../model/report.ts";
import type { ResultOutcome, Results } from "../model/results.ts";
import type { TestedSample } from "../sample/tested-samples.ts";
import type { BundleStatements } from "./bundle-reading.ts";
import { inOrderOf } from "./completeness-check.ts";
import { standingIn } from "./judgement-check.ts";

/** A document of the bundle as its data gives it. */
export type DerivedDocument =
  | { readonly kind: "text"; readonly path: string; readonly pieces: () => Iterable<string> }
  | { readonly kind: "workbook"; readonly path: string; readonly files: readonly WorkbookFile[] }
  | { readonly kind: "report"; readonly path: string; readonly content: ReportContent };

/** How the page and the texts for people are written: by who verifies, from what is given to them. */
export interface PageWriting {
  readonly page: (content: ReportContent, bounds: DocumentBounds) => Iterable<string>;
  readonly instructions: (content: ReportContent) => string;
  /** The script that draws the samples again. */
  readonly script: string;
}

export interface DocumentData {
  readonly statements: BundleStatements;
  readonly manifest: Pick<Manifest, "tool" | "createdAt" | "activityHead">;
  readonly weeks: WeeksPart;
  readonly standing: StandingPart;
  /** Of the bundle's first signature: who exported it. */
  readonly signer: ReportContent["signer"];
}

export interface DerivedDocuments {
  readonly documents: readonly DerivedDocument[];
  /** @param files of the bundle that the attestation of the whole audit is over, in any order */
  readonly attested: (files: readonly BundledFile[]) => Statement[];
}

/**
 * Writes the documents again that people and other programs read, by the functions that wrote them, from the data in the bundle and from
 * nothing else.
 *
 * @throws TickmarkError of data that gives no document, such as a catalog that cannot be read
 */
export function deriveDocuments(
  data: DocumentData,
  writing: PageWriting,
  digest: Digest,
  bounds: DocumentBounds,
): DerivedDocuments {
  const { statements, manifest } = data;
  const content = composeReport(data, digest);
  const record = recordOf(statements, manifest, content);
  const tables = workpaperTables(record);
  const whole = (path: string, text: () => string) => ({ kind: "text", path, pieces: () => [text()] }) as const;
  const json = (path: string, value: () => unknown) =>
    ({ kind: "text", path, pieces: () => canonicalPieces(value()) }) as const;
  return {
    documents: [
      json(oscalPaths.plan, () => assessmentPlan(record, digest)),
      json(oscalPaths.results, () => assessmentResults(record, digest, bounds.observations)),
      ...tables.map((table) => {
        return { kind: "text", path: workpaperPath(table.name), pieces: () => csvLines(table) } as const;
      }),
      whole(partPaths.instructions, () => writing.instructions(content)),
      whole(partPaths.reperform, () => writing.script),
      { kind: "text", path: partPaths.viewer, pieces: () => writing.page(content, bounds) },
      { kind: "workbook", path: workbookPath, files: workbookFiles(tables, bounds.sheetRows) },
      { kind: "report", path: partPaths.report, content },
    ],
    attested: (files) => auditStatements(record, files),
  };
}

/** The log's last entry tells when the bundle is of. */
function composeReport({ statements, manifest, weeks, standing, signer }: DocumentData, digest: Digest): ReportContent {
  const { engagement: part, catalogText, completeness, reconciliation, redactions, results } = statements;
  const { catalog } = parseCatalog(catalogText);
  const head = statements.activities.at(-1);
  if (head === undefined || completeness === null || reconciliation === null) throw withoutData();
  const judged = standingIn(statements, digest).judgements;
  const matrices = statements.samples.map((sample) => {
    const items = new Map<string, Item>((statements.items.get(sample.population) ?? []).map((item) => [item.id, item]));
    return viewMatrix({
      catalog,
      sample,
      outcomes: outcomesOf(sample, results),
      dispositions: dispositionsOf(judged, sample.population),
      isTested: true,
      readItem: (id) => {
        const item = items.get(id);
        if (item === undefined) throw withoutData();
        return item;
      },
    });
  });
  const frame = frameReport({
    ...statements,
    ...{ part, catalog, completeness, reconciliation, weeks, standing, signer, matrices },
    catalogSha256: digest(catalogText),
    createdAt: head.at,
    activityHead: manifest.activityHead,
    activityCount: head.number,
    toolVersion: `${manifest.tool.name} ${manifest.tool.version}`,
    ipe: inOrderOf(completeness.sources, statements.ipe),
    exclusions: statements.exclusions.exclusions,
    remarks: statements.exclusions.remarks,
  });
  return {
    ...frame,
    items: itemsOf(statements),
    results,
    evidence: statements.evidence,
    ...(redactions === null ? {} : { redactions: summariseRedactions(redactions) }),
  };
}

/** Gone through anew each time: there may be millions. */
function outcomesOf({ population, drawn }: TestedSample, results: Results): Iterable<ResultOutcome> {
  const own = new Set(drawn);
  return {
    *[Symbol.iterator]() {
      for (const result of results.outcomes())
        if (result.population === population && own.has(result.item)) yield result;
    },
  };
}

function itemsOf({ items }: BundleStatements): ItemsByKind {
  const byKind = PopulationKind.options.map((kind) => [kind, items.get(kind) ?? []]);
  return Object.fromEntries(byKind) as unknown as ItemsByKind;
}

function recordOf(
  statements: BundleStatements,
  { tool }: DocumentData["manifest"],
  { createdAt, activityHead, catalog, catalogSha256, items, results }: ReportContent,
): AuditRecord {
  return {
    ...{ createdAt, activityHead, tool, catalog, catalogSha256, items, results },
    engagement: statements.engagement.engagement,
    freezes: statements.freezes,
    ids: Object.fromEntries(statements.ids),
    draws: statements.draws,
    samples: statements.samples,
    conclusions: statements.summaries.filter(({ control }) => isControlInPart(statements.engagement.split, control)),
    judgements: statements.judgements,
    exceptions: statements.exceptions,
    evidence: statements.evidence,
    derived: new Map(
      (statements.redactions?.evidence ?? []).map(({ original, derived }) => [original.sha256, derived]),
    ),
  };
}

function withoutData(): TickmarkError {
  return new TickmarkError(
    "bundle-part-invalid",
    "The bundle lacks statements that its documents are written from.",
    "Ask the sender for a new bundle.",
  );
}
