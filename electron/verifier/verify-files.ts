import { hash } from "node:crypto";
import type { BundleContents } from "../../shared/bundle/bundle-contents.ts";
import { type DocumentBounds, documentBounds } from "../../shared/bundle/document-bounds.ts";
import type { VerificationReport } from "../../shared/model/verification-report.ts";
import type { BundleStatements } from "../../shared/verification/bundle-reading.ts";
import { reperform } from "../../shared/verification/reperformance.ts";
import { checkWrittenAgain } from "./checks/written-again.ts";
import { createPace, type VerificationProgress } from "./pace.ts";
import { readRevocationList } from "./revocation-list.ts";
import { readTrust, trustNobody } from "./trust.ts";
import { verifyBundle } from "./verify-bundle.ts";

export interface FilesToVerify {
  readonly zipPath: string;
  /** The report beside the bundle, when it came too. */
  readonly pdfPath?: string;
  /** List of trusted signers and authorities, kept by whoever verifies; without one every signer is unknown. */
  readonly trustPath?: string;
  /** Revocation lists (CRL) besides those that the list of trusted signers names. */
  readonly crlPaths?: readonly string[];
  /** Of what the export put into documents that are opened whole; the usual ones without it. */
  readonly bounds?: DocumentBounds;
  /**
   * Takes what the bundle states, when it comes out the same throughout. The signatures may still not hold: what was taken counts
   * only with a report that does.
   */
  readonly take?: (contents: BundleContents, statements: BundleStatements) => Promise<void>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: VerificationProgress) => void;
}

/** Verifies a bundle and does the audit again from it: the whole of `tickmark verify` and of the Verify screen. */
export async function verifyFiles(files: FilesToVerify): Promise<VerificationReport> {
  const { zipPath, pdfPath, trustPath, crlPaths = [], bounds = documentBounds, take, signal, onProgress } = files;
  const trust = trustPath === undefined ? trustNobody : await readTrust(trustPath);
  const pace = createPace(signal, onProgress ?? (() => undefined));
  return verifyBundle({
    zipPath,
    ...(pdfPath === undefined ? {} : { pdfPath }),
    pace,
    trustedSigners: trust.signers,
    timestampAuthorities: trust.timestampAuthorities,
    revocationLists: await Promise.all([...crlPaths, ...trust.revocationLists].map(readRevocationList)),
    reperform: (contents, signer) =>
      reperform(contents, {
        digest,
        commitIdOf,
        pace,
        async checkDocuments(bundle, statements) {
          const checks = await checkWrittenAgain(bundle, statements, { digest, signer, bounds, pace });
          if (checks.every(({ outcome }) => outcome !== "failed")) await take?.(bundle, statements);
          return checks;
        },
      }),
  });
}

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");

/** Git hashes a commit with its kind and size in front; the length of the id tells by which algorithm. */
function commitIdOf(content: Uint8Array, idLength: number): string {
  const object = Buffer.concat([Buffer.from(`commit ${content.length}\0`), content]);
  return hash(idLength === 64 ? "sha256" : "sha1", object, "hex");
}
