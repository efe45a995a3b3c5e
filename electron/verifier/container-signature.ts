import { createHash } from "node:crypto";
import { asicManifestPath, signaturePath } from "../../shared/bundle/container-names.ts";
import type { Manifest } from "../../shared/bundle/manifest.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import type { Instant } from "../../shared/model/instant.ts";
import { type Check, failed, passed, type Signer } from "../../shared/model/verification-report.ts";
import type { Archive } from "./archive.ts";
import { type CmsSignature, SignatureInvalid, verifyCms } from "./cms-signature.ts";
import { compareSignedList, notLookedAt, readOrReason } from "./container.ts";
import { judgeSigner } from "./signature-verdict.ts";
import type { TrustedSigner } from "./trust.ts";

export interface ContainerSignature {
  readonly checks: readonly Check[];
  /** Null unless the signature holds. */
  readonly signer: Signer | null;
  readonly signedAt: Instant | null;
}

/** The CAdES signature of the container, its signer's certificate, and trust in it. */
export async function checkContainerSignature(
  archive: Archive,
  manifest: Manifest | null,
  manifestSha256: Sha256 | null,
  trustedSigners: readonly TrustedSigner[],
  now: Date,
): Promise<ContainerSignature> {
  const signature = await readSignature(archive);
  if ("outcome" in signature) return withoutSigner(signature);
  const { signingTime } = signature;
  if (signingTime === null) return withoutSigner(failed("signature", "The signature does not say when it was made."));
  const { signer, certificate, trust } = judgeSigner(signature, signingTime, trustedSigners, now);
  // The signature is over the signed list; the list must be the one of these files.
  const otherList =
    manifest === null || manifestSha256 === null
      ? failed("signature", "The manifest cannot be read, so that nobody knows what was signed.")
      : await compareSignedList(archive, manifest, manifestSha256);
  const holds = passed(
    "signature",
    `The CAdES signature over ${asicManifestPath}, and with it over every file, holds.`,
  );
  return { checks: [otherList ?? holds, certificate, trust], signer, signedAt: signingTime };
}

async function readSignature(archive: Archive): Promise<CmsSignature | Check> {
  const list = await readOrReason(archive, asicManifestPath);
  if (list.bytes === null) return failed("signature", list.reason, { subject: asicManifestPath });
  const signature = await readOrReason(archive, signaturePath);
  if (signature.bytes === null) {
    const detail = `There is no signature to check. ${signature.reason}`;
    return failed("signature", detail, { subject: signaturePath, expected: "a signature", found: "nothing" });
  }
  try {
    return verifyCms(signature.bytes, createHash("sha256").update(list.bytes).digest());
  } catch (error) {
    if (!(error instanceof SignatureInvalid)) throw error;
    const { expected, found } = error;
    return failed("signature", `The signature ${error.message}.`, {
      subject: signaturePath,
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
    });
  }
}

function withoutSigner(signature: Check): ContainerSignature {
  const because = "there is no signature that holds";
  return {
    checks: [signature, notLookedAt("certificate", because), notLookedAt("trust", because)],
    signer: null,
    signedAt: null,
  };
}
