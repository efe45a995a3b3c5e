import { resolve } from "node:path";
import type { DocumentBounds } from "../../../shared/bundle/document-bounds.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import type { EvidenceScope } from "../../../shared/model/evidence-scope.ts";
import type { Instant } from "../../../shared/model/instant.ts";
import type { RedactionRules } from "../../../shared/model/redaction-rules.ts";
import type { ReportContent } from "../../../shared/model/report.ts";
import type { SignerRole } from "../../../shared/model/signer-role.ts";
import type { TimestampAuthority } from "../../../shared/model/signing-key.ts";
import type { SplitBy } from "../../../shared/model/split.ts";
import type { ExportView } from "../../../shared/model/view.ts";
import { planCurve } from "../../../shared/sample/plan.ts";
import { writeFileAtomically } from "../../export/atomic-file.ts";
import { checkValidAt, type SigningIdentity } from "../../export/identity/signing-identity.ts";
import { writeReport } from "../../export/report/report.ts";
import { signPdf } from "../../export/sign-pdf.ts";
import { stampingBy } from "../../export/timestamp/timestamp-authority.ts";
import { verifyInstructions } from "../../export/viewer/verify-instructions.ts";
import { viewerPage } from "../../export/viewer/viewer-page.ts";
import { writeContainer } from "../../export/zip.ts";
import { digest } from "../digest.ts";
import { viewIdentity, viewTimestamp } from "../identity-view.ts";
import { readReperformScript } from "../resources.ts";
import type { Session } from "../session.ts";
import { toolName, toolVersion } from "../tool-version.ts";
import { listDraws } from "../views/draw-view.ts";
import { listFrameworks } from "../views/framework-view.ts";
import { listExceptions, listJudgements, listNotes, listSignOffs } from "../views/judgement-view.ts";
import { viewPopulation } from "../views/population-view.ts";
import { viewMatrixOf } from "../views/testing-view.ts";
import { layOutBundle } from "./bundle-layout.ts";
import { layOutAttestations, layOutDocuments, recordAudit } from "./document-parts.ts";
import { type ExportContent, gatherContent } from "./export-content.ts";
import { redactExport, summariseRedactions } from "./export-redaction.ts";
import { type ExportPart, layOutParts, restrictReport } from "./export-split.ts";

export interface ExportSettings {
  readonly role: SignerRole;
  readonly timestamp?: TimestampAuthority;
  /** For an edition for outsiders; without it only secrets are left out. */
  readonly redaction?: RedactionRules;
  /** Into one bundle for each; without it there is one. */
  readonly split?: SplitBy;
  /** Of what is opened whole; without them the usual ones. */
  readonly bounds?: DocumentBounds;
}

/**
 * Writes the signed report and the signed bundle, `NAME.pdf` beside `NAME.zip`. Each appears when it is whole; an older
 * one stays until then. Where no timestamp is to be had the export goes on without, and the view says why.
 *
 * @throws stage-order, usage, identity-invalid, disk-full, file-unwritable, cancelled
 */
export async function exportBundle(
  session: Session,
  zipPath: string,
  scope: EvidenceScope,
  identity: SigningIdentity,
  settings: ExportSettings,
): Promise<ExportView> {
  if (!/\.(zip|asice)$/i.test(zipPath)) {
    throw new TickmarkError("usage", `The bundle cannot be called ${zipPath}.`, "Give a name that ends in .zip.");
  }
  return session.work(async (signal) => {
    const signedAt = session.now();
    checkValidAt(identity, signedAt);
    // What it was gathered from, every fact of the engagement, is let go before anything is written.
    const parts = layOutParts(await gatherContent(session, scope, signal), settings.split ?? null, resolve(zipPath));
    const written: ExportView[] = [];
    for (const part of parts) written.push(await writePart(session, part, { ...settings, identity, signedAt, signal }));
    const [first, ...others] = written;
    if (first === undefined)
      throw new TickmarkError("stage-order", "There is no part to export.", "Evaluate first, then export.");
    return { ...first, others: others.map(({ zipPath, zipSha256 }) => ({ zipPath, zipSha256 })) };
  });
}

interface PartSettings extends ExportSettings {
  readonly identity: SigningIdentity;
  readonly signedAt: Instant;
  readonly signal: AbortSignal;
}

async function writePart(
  session: Session,
  { target, content: gathered }: ExportPart,
  { identity, signedAt, signal, role, timestamp, redaction, bounds }: PartSettings,
): Promise<ExportView> {
  const stamping = stampingBy(timestamp, signal);
  const readEvidence = (sha256: string) => session.store.readEvidence(sha256);
  const redacted = await redactExport(gathered, {
    rules: redaction ?? null,
    readEvidence,
    onRecord: (done, total) => {
      signal.throwIfAborted();
      if (done % 1000 === 0)
        session.emit("work-progress", { what: "Looking for secrets in the evidence", done, total });
    },
  });
  const { content } = redacted;
  const described = restrictReport(describe(session, gathered, identity), gathered.part.split);
  const report = {
    ...redacted.redact(described),
    items: content.items,
    results: content.results,
    evidence: content.evidence,
    ...(redacted.log === null ? {} : { redactions: summariseRedactions(redacted.log) }),
  };
  session.emit("work-progress", { what: "Writing the report", done: 0, total: 1 });
  const { engagement } = content.part;
  const details = { reason: `Audit evidence of ${engagement.entity}`, name: identity.subject, signedAt, role };
  const pdf = await signPdf(await writeReport(report), identity, details, stamping.stamp);
  const script = readReperformScript();
  const viewer = () => viewerPage(report, bounds);
  const pages = { report: pdf, script, viewer, instructions: verifyInstructions(report) };
  const pdfPath = target.replace(/\.[^.]+$/, ".pdf");
  const record = recordAudit(content, report, redacted.records);
  const stated = [
    ...layOutBundle(content, pages, readEvidence, redacted, bounds),
    ...(await layOutDocuments(record, bounds)),
  ];
  const parts = [...stated, ...(await layOutAttestations(record, stated, identity))];
  const written = await writeContainer({
    parts,
    info: {
      tool: { name: toolName, version: toolVersion },
      engagement: {
        id: engagement.id,
        name: engagement.name,
        entity: engagement.entity,
        from: engagement.period.start,
        to: engagement.period.end,
        timeZone: engagement.period.timeZone,
      },
      createdAt: report.createdAt,
      activityHead: report.activityHead,
    },
    identity,
    signedAt,
    role,
    stamp: stamping.stamp,
    target,
    signal,
    onProgress: ({ files }) =>
      session.emit("work-progress", { what: "Writing the bundle", done: files, total: parts.length }),
  });
  const writtenPdf = await writeFileAtomically(pdfPath, pdf);
  const { engagement: own, evidenceScope } = gathered.part;
  session.store.appendActivity({
    by: own.auditor,
    kind: "exported",
    subject: written.sha256,
    before: null,
    after: { zip: written.sha256, pdf: writtenPdf.sha256, signer: identity.fingerprint, evidence: evidenceScope },
  });
  return {
    zipPath: target,
    pdfPath,
    zipSha256: written.sha256,
    pdfSha256: writtenPdf.sha256,
    files: written.manifest.files.length,
    bytes: written.size,
    signer: viewIdentity(identity),
    timestamp: viewTimestamp(timestamp, stamping),
  };
}

type ReportFrame = Omit<ReportContent, "items" | "results" | "evidence">;

/** What report, viewer and instructions show besides the lists that the bundle has too. Its time is that of the last act, so that an unchanged engagement exports the same. */
function describe(session: Session, content: ExportContent, identity: SigningIdentity): ReportFrame {
  const head = content.activities.at(-1);
  if (!head)
    throw new TickmarkError("engagement-corrupt", "The activity log is empty.", "Restore the file from a copy.");
  return {
    engagement: content.part.engagement,
    createdAt: head.at,
    toolVersion: `${toolName} ${toolVersion}`,
    catalog: content.catalog,
    catalogSha256: digest(content.catalogText),
    parameters: content.part.parameters,
    sources: content.part.sources,
    ipe: content.ipe,
    completeness: content.completeness,
    freezes: content.freezes,
    draws: listDraws(session),
    matrices: content.samples.map((sample) => viewMatrixOf(session, sample)),
    frameworks: listFrameworks(session),
    curves: curvesOf(content),
    weeks: viewPopulation(session)?.weeks ?? {},
    reconciliation: content.population.reconciliation,
    exclusions: content.population.exclusions,
    remarks: content.population.remarks,
    judgements: listJudgements(session),
    exceptions: listExceptions(session),
    signOffs: listSignOffs(session),
    notes: listNotes(session),
    activityHead: head.hash,
    activityCount: head.number,
    signer: { subject: identity.subject, fingerprint: identity.fingerprint },
  };
}

/** Sizes that each plan of a tested sample would have had at other tolerable rates. */
function curvesOf({ samples }: ExportContent): ReportContent["curves"] {
  return Object.fromEntries(
    samples.flatMap(({ id, initial: { basis } }) =>
      basis.kind === "plan" ? [[id, planCurve(basis.plan.request)]] : [],
    ),
  );
}
