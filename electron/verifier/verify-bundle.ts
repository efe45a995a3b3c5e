import { createHash } from "node:crypto";
import type { BundleContents } from "../../shared/bundle/bundle-contents.ts";
import type { ReadManifest } from "../../shared/bundle/manifest-reading.ts";
import { TickmarkError } from "../../shared/errors.ts";
import {
  type Check,
  checkIds,
  integrityCheckIds,
  notPossible,
  type Signer,
  type VerificationReport,
  verdictOf,
} from "../../shared/model/verification-report.ts";
import { type Pace, unwatched } from "../../shared/verification/pace.ts";
import { type Archive, openArchive } from "./archive.ts";
import type { ArchiveLimits } from "./archive-directory.ts";
import { tooLarge } from "./archive-faults.ts";
import { checkContainer, checkHashes, checkManifest, notLookedAt } from "./container.ts";
import { checkContainerSignatures } from "./container-signature.ts";
import { checkReportPdf } from "./report-pdf.ts";
import type { RevocationList } from "./revocation-list.ts";
import type { TrustedAuthority, TrustedSigner } from "./trust.ts";

/** A part that is asked for whole may have up to this size; larger ones are read as a stream. */
const maxPartSize = 1 << 30;

export interface VerificationRequest {
  readonly zipPath: string;
  /** The report beside the bundle, when it came too. */
  readonly pdfPath?: string;
  /** Kept by whoever verifies; never taken from the bundle. */
  readonly trustedSigners: readonly TrustedSigner[];
  /** Kept by whoever verifies, too. */
  readonly timestampAuthorities?: readonly TrustedAuthority[];
  readonly revocationLists?: readonly RevocationList[];
  /** Does the audit again from the parts. Only called when every part is the one that the manifest names. */
  readonly reperform?: (contents: BundleContents, signer: Signer | null) => Promise<readonly Check[]>;
  readonly pace?: Pace;
  /** When it is verified; now, unless told. */
  readonly now?: Date;
  readonly limits?: ArchiveLimits;
}

/**
 * Verifies a bundle from its files alone: no store, no network, nothing written.
 *
 * What is wrong with the bundle is a failed check in the report. Faults are for what cannot be verified at all.
 *
 * @throws TickmarkError `bundle-missing`, `file-unreadable`, `bundle-not-an-archive`, `bundle-truncated`, `bundle-hostile`,
 * `bundle-too-large`, `bundle-format-newer` or `cancelled`
 */
export async function verifyBundle(request: VerificationRequest): Promise<VerificationReport> {
  const archive = await openArchive(request.zipPath, request.limits);
  try {
    const pace = request.pace ?? unwatched;
    const sha256 = await archive.sha256((passed) => pace.at("Reading the file, bytes", passed, archive.size));
    const container = await checkContainer(archive);
    const { check: listed, manifest, manifestSha256 } = await checkManifest(archive);
    const hashes =
      manifest === null
        ? notLookedAt("hashes", "the manifest cannot be read")
        : await checkHashes(archive, manifest, pace);
    const { checks: signed, signatures } = await checkContainerSignatures(archive, manifest, manifestSha256, {
      signers: request.trustedSigners,
      timestampAuthorities: request.timestampAuthorities ?? [],
      revocationLists: request.revocationLists ?? [],
      now: request.now ?? new Date(),
    });
    const signers = signatures.flatMap(({ signer }) => signer ?? []);
    const report =
      manifest === null
        ? notLookedAt("report-pdf", "the manifest cannot be read")
        : await checkReportPdf(archive, manifest, signers, request.pdfPath);
    await pace.rest();
    const integrity = [container, listed, hashes, ...signed, report];
    const whole = manifest !== null && listed.outcome === "passed" && hashes.outcome === "passed";
    const reperformance = whole
      ? await reperform(archive, manifest, signatures[0]?.signer ?? null, request)
      : notReperformed("the files are not those of the manifest");
    const checks = inOrder([...integrity, ...reperformance]);
    return {
      verdict: verdictOf(checks),
      signer: signatures[0]?.signer ?? null,
      signedAt: signatures[0]?.signedAt ?? null,
      signatures: [...signatures],
      checks,
      bundle: { path: request.zipPath, sha256, size: archive.size, formatVersion: manifest?.formatVersion ?? null },
    };
  } finally {
    await archive.close();
  }
}

async function reperform(
  archive: Archive,
  manifest: ReadManifest,
  signer: Signer | null,
  request: VerificationRequest,
): Promise<readonly Check[]> {
  if (request.reperform === undefined) return notReperformed("nobody asked to re-perform the audit");
  const pace = request.pace ?? unwatched;
  const checks = await request.reperform(contentsOf(archive, manifest, pace), signer);
  // Whatever became of the word to stop on its way through: what was stopped has found nothing.
  await pace.rest();
  return checks;
}

/** Parts as the manifest names them. Each is hashed again as it is read, since the file may change while it is open. */
function contentsOf(archive: Archive, manifest: ReadManifest, pace: Pace): BundleContents {
  const { files } = manifest;
  async function* stream(path: string): AsyncGenerator<Uint8Array> {
    const file = files.named(path);
    if (file === undefined) throw notThePart(path, "is not listed in the manifest");
    const hash = createHash("sha256");
    for await (const piece of archive.stream(path)) {
      hash.update(piece);
      await pace.rest();
      yield piece;
    }
    if (hash.digest("hex") !== file.sha256) throw notThePart(path, "is not the one that the manifest names");
  }
  const read = async (path: string) => {
    const size = files.named(path)?.size ?? 0;
    if (size > maxPartSize) throw tooLarge(`has a part "${path}" of ${size} bytes, too large to be read whole`);
    // Filled as it comes, for one that is large is too much to have twice.
    const whole = Buffer.alloc(size);
    let filled = 0;
    for await (const piece of stream(path)) {
      if (filled + piece.length > size) throw notThePart(path, "is larger than the manifest says");
      whole.set(piece, filled);
      filled += piece.length;
    }
    if (filled !== size) throw notThePart(path, "is smaller than the manifest says");
    return whole;
  };
  return { manifest, read, stream };
}

function notReperformed(because: string): readonly Check[] {
  const integrity: readonly string[] = integrityCheckIds;
  return checkIds
    .filter((id) => !integrity.includes(id))
    .map((id) => notPossible(id, `It was not looked at: ${because}.`));
}

function inOrder(checks: readonly Check[]): Check[] {
  return checks.toSorted((left, right) => checkIds.indexOf(left.id) - checkIds.indexOf(right.id));
}

function notThePart(path: string, reason: string): TickmarkError {
  return new TickmarkError("bundle-part-invalid", `The part "${path}" ${reason}.`, "Ask the sender for a new bundle.");
}
