import { hash } from "node:crypto";
import type { VerificationReport } from "../../shared/model/verification-report.ts";
import { reperform } from "../../shared/verification/reperformance.ts";
import { readTrustedSigners } from "./trust.ts";
import { verifyBundle } from "./verify-bundle.ts";

export interface FilesToVerify {
  readonly zipPath: string;
  /** The report beside the bundle, when it came too. */
  readonly pdfPath?: string;
  /** List of trusted signers, kept by whoever verifies; without one every signer is unknown. */
  readonly trustPath?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { what: string; done: number; total: number }) => void;
}

/** Verifies a bundle and does the audit again from it: the whole of `tickmark verify` and of the Verify screen. */
export async function verifyFiles(files: FilesToVerify): Promise<VerificationReport> {
  const { zipPath, pdfPath, trustPath, signal, onProgress } = files;
  const tell = (what: string) => (done: number, total: number) => onProgress?.({ what, done, total });
  return verifyBundle({
    zipPath,
    ...(pdfPath === undefined ? {} : { pdfPath }),
    ...(signal === undefined ? {} : { signal }),
    onProgress: tell("Checking the files"),
    trustedSigners: trustPath === undefined ? [] : await readTrustedSigners(trustPath),
    reperform: (contents) =>
      reperform(contents, { digest, commitIdOf, onProgress: tell("Reading the evidence again") }),
  });
}

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");

/** Git hashes a commit with its kind and size in front; the length of the id tells by which algorithm. */
function commitIdOf(content: Uint8Array, idLength: number): string {
  const object = Buffer.concat([Buffer.from(`commit ${content.length}\0`), content]);
  return hash(idLength === 64 ? "sha256" : "sha1", object, "hex");
}
