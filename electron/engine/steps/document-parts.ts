import { createHash } from "node:crypto";
import { auditStatements } from "../../../shared/bundle/attestation/statements.ts";
import type { AuditRecord, BundledFile } from "../../../shared/bundle/audit-record.ts";
import { type DocumentBounds, documentBounds } from "../../../shared/bundle/document-bounds.ts";
import {
  attestationSignerPath,
  attestationsPath,
  oscalPaths,
  workbookPath,
  workpaperPath,
} from "../../../shared/bundle/document-paths.ts";
import type { PartRole } from "../../../shared/bundle/manifest.ts";
import { assessmentPlan } from "../../../shared/bundle/oscal/assessment-plan.ts";
import { assessmentResults } from "../../../shared/bundle/oscal/assessment-results.ts";
import { csvLines } from "../../../shared/bundle/workpapers/csv-text.ts";
import { workpaperTables } from "../../../shared/bundle/workpapers/tables.ts";
import { workbookFiles } from "../../../shared/bundle/workpapers/workbook.ts";
import { canonicalPieces, encodeCanonical } from "../../../shared/model/canonical-json.ts";
import type { ReportContent } from "../../../shared/model/report.ts";
import { signStatements } from "../../export/attestation.ts";
import type { SigningIdentity } from "../../export/identity/signing-identity.ts";
import { bytesOfText, contentOfText } from "../../export/text-content.ts";
import { packWorkbook } from "../../export/workbook-file.ts";
import type { BundlePart } from "../../export/zip.ts";
import { digest } from "../digest.ts";
import { toolName, toolVersion } from "../tool-version.ts";
import type { ExportContent } from "./export-content.ts";
import type { ExportRedaction } from "./export-redaction.ts";

/** @param report whose time and place in the log are those of the whole bundle */
export function recordAudit(
  content: ExportContent,
  report: ReportContent,
  redacted: ExportRedaction["records"],
): AuditRecord {
  return {
    engagement: content.part.engagement,
    createdAt: report.createdAt,
    activityHead: report.activityHead,
    tool: { name: toolName, version: toolVersion },
    // Of a part of several it has the part's own controls.
    catalog: report.catalog,
    catalogSha256: report.catalogSha256,
    freezes: content.freezes,
    ids: content.ids,
    draws: content.draws,
    samples: content.samples,
    items: content.items,
    results: content.results,
    conclusions: content.summaries,
    judgements: content.judgements,
    exceptions: content.exceptions,
    evidence: content.evidence,
    derived: new Map([...redacted].map(([sha256, { entry }]) => [sha256, entry.derived])),
  };
}

/** What the audit came to, in the formats of other programs: whole as far as the bounds go, and else with what it leaves out. */
export async function layOutDocuments(
  record: AuditRecord,
  bounds: DocumentBounds = documentBounds,
): Promise<BundlePart[]> {
  const tables = workpaperTables(record);
  return [
    text(oscalPaths.plan, "oscal", "application/json", encodeCanonical(assessmentPlan(record, digest))),
    {
      path: oscalPaths.results,
      role: "oscal",
      mediaType: "application/json",
      bytes: bytesOfText(canonicalPieces(assessmentResults(record, digest, bounds.observations))),
    },
    ...tables.map((table): BundlePart => {
      const bytes = contentOfText(() => csvLines(table), bounds.heldText);
      return { path: workpaperPath(table.name), role: "workpaper", mediaType: "text/csv", bytes };
    }),
    {
      path: workbookPath,
      role: "workpaper",
      mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      bytes: await packWorkbook(workbookFiles(tables, bounds.sheetRows)),
    },
  ];
}

/**
 * Attests what the other parts state.
 *
 * @param parts of the bundle but for raw evidence, since the index of it is among them
 */
export async function layOutAttestations(
  record: AuditRecord,
  parts: readonly BundlePart[],
  identity: SigningIdentity,
): Promise<BundlePart[]> {
  const files: BundledFile[] = [];
  for (const part of parts) files.push(await hashPart(part));
  const statements = auditStatements(record, files);
  return [
    text(attestationsPath, "attestation", "application/jsonl", await signStatements(statements, identity)),
    text(attestationSignerPath, "attestation", "application/x-pem-file", identity.chain[0].toString()),
  ];
}

/** A statement comes before the files that it is about, so a long one is made twice: once to be hashed, once to be written. */
async function hashPart({ path, bytes: content }: BundlePart): Promise<BundledFile> {
  const bytes = content instanceof Uint8Array ? content : content();
  if (bytes instanceof Uint8Array) return { path, sha256: digest(bytes) };
  const hash = createHash("sha256");
  for await (const piece of "pieces" in bytes ? bytes.pieces : bytes) hash.update(piece as Buffer);
  return { path, sha256: hash.digest("hex") };
}

function text(path: string, role: PartRole, mediaType: string, content: string): BundlePart {
  return { path, role, mediaType, bytes: Buffer.from(content) };
}
