import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ManifestFile } from "../../shared/bundle/manifest.ts";
import type { ReadManifest } from "../../shared/bundle/manifest-reading.ts";
import { TickmarkError } from "../../shared/errors.ts";
import { type Check, failed, notPossible, passed, type Signer } from "../../shared/model/verification-report.ts";
import { SignatureInvalid } from "../cms/signature-invalid.ts";
import type { Archive } from "./archive.ts";
import { buildChain, nameOf, problemOfChain } from "./certificate-chain.ts";
import { type PdfSignature, signedRevisions, verifyPdfSignatures } from "./pdf-signature.ts";
import { RandomAccessFile } from "./random-access-file.ts";
import { problemOfRevisions } from "./report-revisions.ts";
import { fingerprintOf } from "./trust.ts";

const maxReportSize = 1 << 30;

/**
 * The report in the bundle, signed by the signer of the bundle with nothing added since; and the one beside it when there is
 * one: the same, with nothing added but timestamps and further signatures.
 *
 * @param signers of the container, the first one first; empty when its signatures do not hold
 * @throws TickmarkError `bundle-missing` or `file-unreadable` for the report beside the bundle
 */
export async function checkReportPdf(
  archive: Archive,
  manifest: ReadManifest,
  signers: readonly Signer[],
  pdfPath: string | undefined,
): Promise<Check> {
  const listed = findReport(manifest);
  if (listed === undefined) {
    if (pdfPath === undefined) return notPossible("report-pdf", "The bundle holds no report.");
    return failed("report-pdf", "The bundle holds no report, so that the one beside it is not its own.", {
      subject: pdfPath,
    });
  }
  try {
    const report = await archive.read(listed.path, maxReportSize);
    const beside = pdfPath === undefined ? null : await compareBeside(report, listed, pdfPath);
    if (beside !== null && "outcome" in beside) return beside;
    const inside = judge(verifyPdfSignatures(report), signers.slice(0, 1), listed.path);
    if (inside.outcome !== "passed" || beside === null || pdfPath === undefined) return inside;
    if (beside.same) return { ...inside, detail: `${inside.detail} The report beside the bundle is the same.` };
    return judgeExtended(beside.bytes, report.length, inside, signers, pdfPath);
  } catch (error) {
    if (error instanceof TickmarkError && error.code !== "bundle-missing" && error.code !== "file-unreadable")
      return failed("report-pdf", error.message, { subject: listed.path });
    if (!(error instanceof SignatureInvalid)) throw error;
    const { expected, found } = error;
    return failed("report-pdf", `The signature ${error.message}.`, {
      subject: listed.path,
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
    });
  }
}

type Beside = { readonly same: true } | { readonly same: false; readonly bytes: Buffer };

/** The same bytes; or more, whose signatures then tell whether they are those of this report. */
async function compareBeside(report: Buffer, listed: ManifestFile, pdfPath: string): Promise<Beside | Check> {
  const found = await hashFile(pdfPath);
  if (found === listed.sha256) return { same: true };
  const bytes = await readFile(pdfPath);
  if (bytes.length <= maxReportSize && isExtension(bytes, report)) return { same: false, bytes };
  const detail = "The report beside the bundle is not the one in it.";
  return failed("report-pdf", detail, { subject: pdfPath, expected: listed.sha256, found });
}

/** A timestamp may fill the room in the last signature's value; every byte that this signature covers must be the same. */
function isExtension(bytes: Buffer, report: Buffer): boolean {
  try {
    const last = verifyPdfSignatures(report).at(-1);
    const head = bytes.subarray(0, report.length);
    if (last === undefined || head.length !== report.length) return false;
    const { start, end } = last.value;
    const same = verifyPdfSignatures(bytes).some(({ signature }) => signature.equals(last.signature));
    if (!same) return false;
    return head.subarray(0, start).equals(report.subarray(0, start)) && head.subarray(end).equals(report.subarray(end));
  } catch (error) {
    if (error instanceof SignatureInvalid) return false;
    throw error;
  }
}

/** @param length of the report in the bundle, which the bytes begin with */
function judgeExtended(
  bytes: Buffer,
  length: number,
  inside: Check,
  signers: readonly Signer[],
  pdfPath: string,
): Check {
  const signatures = verifyPdfSignatures(bytes);
  const problem = problemOfRevisions(bytes, signedRevisions(bytes, length));
  if (problem !== null) return failed("report-pdf", `The report beside the bundle ${problem}.`, { subject: pdfPath });
  const all = judge(signatures, signers, pdfPath);
  if (all.outcome === "failed") return all;
  const stranger = signatures.find(({ signer }) =>
    signers.every(({ fingerprint }) => fingerprint !== fingerprintOf(signer)),
  );
  if (stranger !== undefined) {
    const who = `${nameOf(stranger.signer)}, fingerprint ${fingerprintOf(stranger.signer)}`;
    return notPossible(
      "report-pdf",
      `The report beside the bundle is also signed by somebody who did not sign the bundle: ${who}.`,
    );
  }
  const detail = `${inside.detail} The one beside the bundle is the same, with later signatures or timestamps and nothing else.`;
  return { ...inside, detail };
}

function judge(signatures: readonly PdfSignature[], signers: readonly Signer[], subject: string): Check {
  for (const { signer: certificate, certificates, signedAt, timestamp } of signatures) {
    const problem = problemOfChain(buildChain(certificate, certificates), signedAt);
    if (problem !== null) return failed("report-pdf", problem, { subject });
    if (timestamp instanceof SignatureInvalid)
      return failed("report-pdf", `The timestamp in the report ${timestamp.message}.`, { subject });
  }
  const fingerprints = signatures.map((signature) => fingerprintOf(signature.signer));
  const [first] = signers;
  if (first === undefined)
    return notPossible("report-pdf", "The report is signed, but nobody knows by whom the bundle is.");
  if (!fingerprints.includes(first.fingerprint)) {
    const detail = "The report is signed by somebody else than the bundle.";
    return failed("report-pdf", detail, { subject, expected: first.fingerprint, found: fingerprints.join(", ") });
  }
  const count =
    signatures.length === 1 ? "signature holds and covers" : `${signatures.length} signatures hold and cover`;
  return passed("report-pdf", `The report's ${count} all of it, by the signer of the bundle.`);
}

async function hashFile(path: string): Promise<string> {
  const file = await RandomAccessFile.open(path);
  try {
    const hash = createHash("sha256");
    for await (const piece of file.pieces(0, file.size)) hash.update(piece);
    return hash.digest("hex");
  } finally {
    await file.close();
  }
}

function findReport({ files }: ReadManifest): ManifestFile | undefined {
  for (const file of files) if (file.role === "report" && file.mediaType === "application/pdf") return file;
  return undefined;
}
