import { createHash } from "node:crypto";
import type { Manifest } from "../../shared/bundle/manifest.ts";
import { TickmarkError } from "../../shared/errors.ts";
import { type Check, failed, notPossible, passed, type Signer } from "../../shared/model/verification-report.ts";
import type { Archive } from "./archive.ts";
import { buildChain, problemOfChain } from "./certificate-chain.ts";
import { SignatureInvalid } from "./cms-signature.ts";
import { type PdfSignature, verifyPdfSignatures } from "./pdf-signature.ts";
import { RandomAccessFile } from "./random-access-file.ts";
import { fingerprintOf } from "./trust.ts";

const maxReportSize = 1 << 30;

/**
 * The report in the bundle, and the one beside it when there is one: the same bytes, signed, by the same signer as the bundle,
 * with nothing added since.
 *
 * @param signer of the container; null when its signature does not hold
 * @throws TickmarkError `bundle-missing` or `file-unreadable` for the report beside the bundle
 */
export async function checkReportPdf(
  archive: Archive,
  manifest: Manifest,
  signer: Signer | null,
  pdfPath: string | undefined,
): Promise<Check> {
  const listed = manifest.files.find(({ role, mediaType }) => role === "report" && mediaType === "application/pdf");
  if (listed === undefined) {
    if (pdfPath === undefined) return notPossible("report-pdf", "The bundle holds no report.");
    return failed("report-pdf", "The bundle holds no report, so that the one beside it is not its own.", {
      subject: pdfPath,
    });
  }
  if (pdfPath !== undefined) {
    const found = await hashFile(pdfPath);
    if (found !== listed.sha256) {
      const detail = "The report beside the bundle is not the one in it.";
      return failed("report-pdf", detail, { subject: pdfPath, expected: listed.sha256, found });
    }
  }
  try {
    const signatures = verifyPdfSignatures(await archive.read(listed.path, maxReportSize));
    const beside = pdfPath === undefined ? "" : " The report beside the bundle is the same.";
    return judge(signatures, signer, listed.path, beside);
  } catch (error) {
    if (error instanceof TickmarkError) return failed("report-pdf", error.message, { subject: listed.path });
    if (!(error instanceof SignatureInvalid)) throw error;
    const { expected, found } = error;
    return failed("report-pdf", `The signature ${error.message}.`, {
      subject: listed.path,
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
    });
  }
}

function judge(signatures: readonly PdfSignature[], signer: Signer | null, subject: string, beside: string): Check {
  for (const { signer: certificate, certificates, signedAt } of signatures) {
    const problem = problemOfChain(buildChain(certificate, certificates), signedAt);
    if (problem !== null) return failed("report-pdf", problem, { subject });
  }
  const fingerprints = signatures.map((signature) => fingerprintOf(signature.signer));
  if (signer === null)
    return notPossible("report-pdf", "The report is signed, but nobody knows by whom the bundle is.");
  if (!fingerprints.includes(signer.fingerprint)) {
    const detail = "The report is signed by somebody else than the bundle.";
    return failed("report-pdf", detail, { subject, expected: signer.fingerprint, found: fingerprints.join(", ") });
  }
  const count =
    signatures.length === 1 ? "signature holds and covers" : `${signatures.length} signatures hold and cover`;
  return passed("report-pdf", `The report's ${count} all of it, by the signer of the bundle.${beside}`);
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
