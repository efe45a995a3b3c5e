import { resolve } from "node:path";
import type { DocumentBounds } from "../../../shared/bundle/document-bounds.ts";
import { countRedactions, summariseRedactions } from "../../../shared/bundle/redaction/redaction-summary.ts";
import { frameReport, type ReportFrame } from "../../../shared/bundle/report-views/report-frame.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import type { EvidenceScope } from "../../../shared/model/evidence-scope.ts";
import type { Instant } from "../../../shared/model/instant.ts";
import type { RedactionRules } from "../../../shared/model/redaction-rules.ts";
import type { SignerRole } from "../../../shared/model/signer-role.ts";
import type { TimestampAuthority } from "../../../shared/model/signing-key.ts";
import type { SplitBy } from "../../../shared/model/split.ts";
import type { ExportView } from "../../../shared/model/view.ts";
import { writeFileAtomically } from "../../export/atomic-file.ts";
import { checkValidAt, type SigningIdentity } from "../../export/identity/signing-identity.ts";
import { writeReport } from "../../export/report/report.ts";
import { signPdf } from "../../export/sign-pdf.ts";
import { stampingBy } from "../../export/timestamp/timestamp-authority.ts";
import { readReperformScript } from "../../export/viewer/page-files.ts";
import { verifyInstructions } from "../../export/viewer/verify-instructions.ts";
import { viewerPage } from "../../export/viewer/viewer-page.ts";
import { writeContainer } from "../../export/zip.ts";
import { createRest } from "../../verifier/pace.ts";
import { digest } from "../digest.ts";
import { viewIdentity, viewTimestamp } from "../identity-view.ts";
import type { Session } from "../session.ts";
import { toolName, toolVersion } from "../tool-version.ts";
import { viewMatrixOf } from "../views/testing-view.ts";
import { evidenceParts, layOutBundle, mergeParts } from "./bundle-layout.ts";
import { layOutAttestations, layOutDocuments, recordAudit } from "./document-parts.ts";
import { mostMadeAgain } from "./evidence-choice.ts";
import { type ExportContent, gatherContent } from "./export-content.ts";
import { redactExport } from "./export-redaction.ts";
import { type ExportPart, layOutParts } from "./export-split.ts";

export interface ExportSettings {
  readonly role: SignerRole;
  readonly timestamp?: TimestampAuthority;
  /** For an edition for outsiders; without it only secrets are left out. */
  readonly redaction?: RedactionRules;
  /** Into one bundle for each; without it there is one. */
  readonly split?: SplitBy;
  /** Of what is opened whole; without them the usual ones. */
  readonly bounds?: DocumentBounds;
  /** See `readEvidenceChoice`. */
  readonly mostMadeAgain?: number;
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
  const write = async (signal: AbortSignal) => {
    const signedAt = session.now();
    checkValidAt(identity, signedAt);
    // What it was gathered from, every fact of the engagement, is let go before anything is written.
    const { parts, itemsMadeAgain } = await gatherParts(session, scope, settings, resolve(zipPath), signal);
    const written: Omit<ExportView, "itemsMadeAgain">[] = [];
    for (const part of parts) written.push(await writePart(session, part, { ...settings, identity, signedAt, signal }));
    const [first, ...others] = written;
    if (first === undefined)
      throw new TickmarkError("stage-order", "There is no part to export.", "Evaluate first, then export.");
    return { ...first, itemsMadeAgain, others: others.map(({ zipPath, zipSha256 }) => ({ zipPath, zipSha256 })) };
  };
  return session.work(async (signal) => {
    const { store } = session;
    store.keepSmallCache(true);
    try {
      return await write(signal);
    } finally {
      store.keepSmallCache(false);
    }
  });
}

async function gatherParts(
  session: Session,
  scope: EvidenceScope,
  settings: ExportSettings,
  target: string,
  signal: AbortSignal,
): Promise<{ parts: readonly ExportPart[]; itemsMadeAgain: boolean }> {
  const gathered = await gatherContent(session, scope, settings.mostMadeAgain ?? mostMadeAgain, signal);
  return {
    parts: layOutParts(gathered, settings.split ?? null, target),
    itemsMadeAgain: gathered.evidence.isMadeAgain,
  };
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
): Promise<Omit<ExportView, "itemsMadeAgain">> {
  const stamping = stampingBy(timestamp, signal);
  const rest = createRest(() => signal.throwIfAborted());
  const redacted = await redactExport(gathered, {
    rules: redaction ?? null,
    store: session.store,
    onRecord: async (done, total) => {
      await rest();
      if (done % 1000 === 0)
        session.emit("work-progress", { what: "Looking for secrets in the evidence", done, total });
    },
  });
  const { content } = redacted;
  const described = describe(session, gathered, identity);
  const told = redacted.redact(described);
  const report = {
    ...told,
    // The auditor's own rules are in the bundle as they are, and who signs it is in its certificate.
    catalog: described.catalog,
    frameworks: described.frameworks,
    signer: described.signer,
    items: content.items,
    results: content.results,
    evidence: content.evidence,
    ...(redacted.log === null ? {} : { redactions: summariseRedactions(redacted.log) }),
  };
  session.emit("work-progress", { what: "Writing the report", done: 0, total: 1 });
  const { engagement } = content.part;
  const details = { reason: `Audit evidence of ${engagement.entity}`, name: identity.subject, signedAt, role };
  const pdf = await signPdf(await writeReport(report, rest), identity, details, stamping.stamp);
  const script = readReperformScript();
  const viewer = () => viewerPage(report, bounds);
  const pages = { report: pdf, script, viewer, instructions: verifyInstructions(report) };
  const pdfPath = target.replace(/\.[^.]+$/, ".pdf");
  const record = recordAudit(content, report, redacted.records);
  const parts = [...layOutBundle(content, pages, redacted, bounds), ...(await layOutDocuments(record, bounds))];
  parts.push(...(await layOutAttestations(record, parts, identity)));
  const records = content.evidence.distinct;
  const withheld = [...redacted.records.values()].filter(({ bytes }) => bytes === null).length;
  const total = parts.length + records.length - withheld;
  const written = await writeContainer({
    parts: mergeParts(parts, evidenceParts(records, session.store, redacted.records)),
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
    onProgress: ({ files }) => session.emit("work-progress", { what: "Writing the bundle", done: files, total }),
  });
  const writtenPdf = await writeFileAtomically(pdfPath, pdf);
  const { engagement: own, evidenceScope } = gathered.part;
  session.writable.appendActivity({
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
    files: written.files,
    bytes: written.size,
    signer: viewIdentity(identity),
    timestamp: viewTimestamp(timestamp, stamping),
    redactions: redacted.log === null ? null : countRedactions(redacted.log),
  };
}

/** What report, page and instructions show. Its time is that of the last act, so that an unchanged engagement exports the same. */
function describe(session: Session, content: ExportContent, identity: SigningIdentity): ReportFrame {
  const head = content.activities.at(-1);
  if (!head)
    throw new TickmarkError("engagement-corrupt", "The activity log is empty.", "Restore the file from a copy.");
  return frameReport({
    ...content,
    ...content.population,
    createdAt: head.at,
    toolVersion: `${toolName} ${toolVersion}`,
    catalogSha256: digest(content.catalogText),
    matrices: content.samples.map((sample) => viewMatrixOf(session, sample)),
    activityHead: head.hash,
    activityCount: head.number,
    signer: { subject: identity.subject, fingerprint: identity.fingerprint },
  });
}
