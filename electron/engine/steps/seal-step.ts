import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { TickmarkError } from "../../../shared/errors.ts";
import type { SignerRole } from "../../../shared/model/signer-role.ts";
import type { TimestampAuthority } from "../../../shared/model/signing-key.ts";
import { firstFailure, firstUndone, type VerificationReport } from "../../../shared/model/verification-report.ts";
import type { SealView } from "../../../shared/model/view.ts";
import { writeFileAtomically } from "../../export/atomic-file.ts";
import { addSignature, addTimestamps } from "../../export/container-addition.ts";
import type { SigningIdentity } from "../../export/identity/signing-identity.ts";
import { signPdf } from "../../export/sign-pdf.ts";
import { stampingBy } from "../../export/timestamp/timestamp-authority.ts";
import { timestampPdf } from "../../export/timestamp/timestamp-pdf.ts";
import { verifyFiles } from "../../verifier/verify-files.ts";
import { viewIdentity, viewTimestamp } from "../identity-view.ts";
import type { Session } from "../session.ts";

export interface FinishedBundle {
  readonly zipPath: string;
  /** The report beside it; `NAME.pdf` beside `NAME.zip`, where there is one, without it. */
  readonly pdfPath?: string;
}

const reasons: Readonly<Record<SignerRole, string>> = {
  preparer: "Prepared",
  reviewer: "Reviewed",
  partner: "Approved",
};

/**
 * Signs a finished bundle, and the report beside it, as one more person. Who signs vouches for what is in it: so it is verified
 * first, and the audit in it done again. Nothing that was signed before changes.
 *
 * @throws TickmarkError `bundle-part-invalid` for one that does not hold, and those of verifying and signing
 */
export async function signBundle(
  session: Session,
  bundle: FinishedBundle,
  identity: SigningIdentity,
  { role, timestamp }: { readonly role: SignerRole; readonly timestamp?: TimestampAuthority },
): Promise<SealView> {
  const { zipPath, pdfPath } = locate(bundle);
  return session.work(async (signal) => {
    const stamping = stampingBy(timestamp, signal);
    requireReperformed(await requireWhole(session, zipPath, pdfPath, signal));
    const signedAt = session.now();
    const details = { reason: reasons[role], name: identity.subject, signedAt, role };
    const report = pdfPath === null ? null : await signPdf(await readFile(pdfPath), identity, details, stamping.stamp);
    const added = await addSignature(zipPath, identity, { signedAt, role }, stamping.stamp);
    if (pdfPath !== null && report !== null) await writeFileAtomically(pdfPath, report);
    return {
      zipPath,
      zipSha256: added.sha256,
      pdfPath,
      changed: [...added.changed],
      reportChanged: report !== null,
      signer: viewIdentity(identity),
      timestamp: viewTimestamp(timestamp, stamping),
    };
  });
}

/**
 * Adds timestamps to a bundle that was signed without: to each signature that has none, and to the report beside it. Nothing that
 * was signed changes.
 *
 * @throws TickmarkError the fault of the authority, when it gives none; `bundle-part-invalid` for a bundle that does not hold
 */
export async function timestampBundle(
  session: Session,
  bundle: FinishedBundle,
  authority: TimestampAuthority,
): Promise<SealView> {
  const { zipPath, pdfPath } = locate(bundle);
  return session.work(async (signal) => {
    const stamping = stampingBy(authority, signal);
    const { bundle: before } = await requireWhole(session, zipPath, pdfPath, signal);
    const report = pdfPath === null ? null : await timestampPdf(await readFile(pdfPath), stamping.stamp);
    const added = await addTimestamps(zipPath, stamping.stamp);
    const failure = stamping.failure();
    if (failure !== null)
      throw new TickmarkError(failure.code, failure.message, "Try again later, or ask another one.");
    if (pdfPath !== null && report !== null) await writeFileAtomically(pdfPath, report);
    return {
      zipPath,
      zipSha256: added?.sha256 ?? before.sha256,
      pdfPath,
      changed: [...(added?.changed ?? [])],
      reportChanged: report !== null,
      signer: null,
      timestamp: viewTimestamp(authority, stamping),
    };
  });
}

function locate({ zipPath, pdfPath }: FinishedBundle): { zipPath: string; pdfPath: string | null } {
  const zip = resolve(zipPath);
  if (pdfPath !== undefined) return { zipPath: zip, pdfPath: resolve(pdfPath) };
  const beside = zip.replace(/\.[^.]+$/, ".pdf");
  return { zipPath: zip, pdfPath: beside !== zip && existsSync(beside) ? beside : null };
}

async function requireWhole(
  session: Session,
  zipPath: string,
  pdfPath: string | null,
  signal: AbortSignal,
): Promise<VerificationReport> {
  const report = await verifyFiles({
    zipPath,
    ...(pdfPath === null ? {} : { pdfPath }),
    signal,
    onProgress: (progress) => session.emit("work-progress", progress),
  });
  if (report.verdict !== "failed") return report;
  const failure = firstFailure(report);
  throw new TickmarkError(
    "bundle-part-invalid",
    `The bundle does not hold, and nothing was added to it: ${failure?.detail ?? "a check could not be done."}`,
    "See all checks with `tickmark verify`, and ask for a bundle that holds.",
  );
}

/** A timestamp says only when a signature was there; a signature vouches for results, which somebody must have done again. */
function requireReperformed(report: VerificationReport): void {
  if (report.verdict !== "not-reperformed") return;
  const undone = firstUndone(report);
  throw new TickmarkError(
    "bundle-part-invalid",
    `The audit in the bundle was not done again, and it was not signed: ${undone?.detail ?? "a check could not be done."}`,
    "Sign it with the version of Tickmark that made it, or export the engagement again.",
  );
}
