import { type Instant, millisecondsOf } from "../../shared/model/instant.ts";
import {
  type Check,
  failed,
  notPossible,
  passed,
  type SignatureView,
  type Signer,
} from "../../shared/model/verification-report.ts";
import { buildChain, type CertificateChain, problemOfChain } from "./certificate-chain.ts";
import type { CmsSignature } from "./cms-signature.ts";
import { parseRevocationList, type RevocationList } from "./revocation-list.ts";
import { checkRevocation } from "./revocation-verdict.ts";
import { judgeTimestamp, toleratedAhead } from "./timestamp-verdict.ts";
import { findTrusted, fingerprintOf, type TrustedAuthority, type TrustedSigner } from "./trust.ts";

/** What the one who verifies holds against a signature. None of it comes from the bundle. */
export interface Yardstick {
  readonly signers: readonly TrustedSigner[];
  readonly timestampAuthorities: readonly TrustedAuthority[];
  readonly revocationLists: readonly RevocationList[];
  /** When it is verified. */
  readonly now: Date;
}

export interface SignerVerdict {
  readonly signer: Signer;
  readonly timestamp: SignatureView["timestamp"];
  /** Certificate, timestamp, revocation and trust. */
  readonly checks: readonly Check[];
}

/**
 * Who signed, when, whether the certificates were valid then, and whether the one who verifies trusts them.
 *
 * @param claimedAt when the signer says that it signed
 */
export function judgeSigner(signature: CmsSignature, claimedAt: Instant, yardstick: Yardstick): SignerVerdict {
  const { signers, timestampAuthorities, now } = yardstick;
  // A list that came along is its issuer's word, since the issuer signed it, whoever put it there.
  const lists = [
    ...yardstick.revocationLists,
    ...signature.revocationLists.flatMap((der) => parseRevocationList(der) ?? []),
  ];
  const sources = { lists, signers };
  const timestamp = judgeTimestamp(signature.timestamp, claimedAt, timestampAuthorities, sources, now);
  const chain = buildChain(signature.signer, signature.certificates);
  const certificate = checkCertificate(chain, claimedAt, timestamp.provenAt, now);
  const revocation =
    certificate.outcome === "failed"
      ? notPossible("revocation", "The certificate does not hold anyway.")
      : checkRevocation(chain.certificates, claimedAt, timestamp.provenAt, sources, now);
  const holds = certificate.outcome !== "failed" && revocation.outcome !== "failed";
  const found = holds ? findTrusted(chain.certificates, signers) : null;
  const last = chain.certificates.at(-1) ?? signature.signer;
  const signer: Signer = {
    subject: signature.signer.subject.replaceAll("\n", ", "),
    fingerprint: fingerprintOf(signature.signer),
    rootFingerprint: fingerprintOf(last),
    trusted: found !== null,
    ...(found === null ? {} : { trustedName: found.name }),
  };
  const checks = [certificate, timestamp.check, revocation, checkTrust(signer, holds)];
  return { signer, timestamp: timestamp.view, checks };
}

function checkCertificate(chain: CertificateChain, claimedAt: Instant, provenAt: Instant | null, now: Date): Check {
  const subject = chain.certificates[0]?.subject.replaceAll("\n", ", ") ?? "";
  if (millisecondsOf(claimedAt) > now.getTime() + toleratedAhead) {
    const detail = "The signature says that it was made in the future.";
    return failed("certificate", detail, { subject, expected: `until ${now.toISOString()}`, found: claimedAt });
  }
  const problem =
    problemOfChain(chain, claimedAt) ??
    (provenAt === null ? null : problemOfChain(chain, provenAt, "when the signature was stamped"));
  if (problem !== null) return failed("certificate", problem, { subject });
  const expired = chain.certificates.find(({ validToDate }) => validToDate < now)?.validToDate.toISOString();
  if (provenAt !== null) {
    const since = expired === undefined ? "" : ` It has expired since, on ${expired}.`;
    return passed("certificate", `The certificate was valid at ${provenAt}, by when the signature was there.${since}`);
  }
  if (expired === undefined) {
    const detail = `The certificate was valid at ${claimedAt}, when it says it signed, and it still is.`;
    return passed("certificate", detail);
  }
  const detail = `It is not possible to confirm that the certificate was valid when it signed. It has expired since, on ${expired}, and that it signed before, at ${claimedAt}, is claimed by the signer alone.`;
  return notPossible("certificate", detail);
}

function checkTrust(signer: Signer, holds: boolean): Check {
  if (!holds) return notPossible("trust", "Nobody is trusted by a certificate that does not hold.");
  if (signer.trustedName !== undefined) {
    return passed(
      "trust",
      `The list of trusted signers has this certificate as ${JSON.stringify(signer.trustedName)}.`,
    );
  }
  const name = `The name ${JSON.stringify(signer.subject)} proves nothing: anyone can choose it.`;
  const compare = "Compare the fingerprint with the signer over another channel, then add it to the list.";
  return notPossible("trust", `No entry of the list of trusted signers has this certificate. ${name} ${compare}`);
}
