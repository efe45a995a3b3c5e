import type { Instant } from "../../shared/model/instant.ts";
import { type Check, failed, notPossible, passed, type Signer } from "../../shared/model/verification-report.ts";
import { buildChain, type CertificateChain, problemOfChain } from "./certificate-chain.ts";
import type { CmsSignature } from "./cms-signature.ts";
import { findTrusted, fingerprintOf, type TrustedSigner } from "./trust.ts";

// Clocks differ; a signature from further in the future than this was made with a wrong time.
const toleratedAhead = 24 * 60 * 60 * 1000;

export interface SignerVerdict {
  readonly signer: Signer;
  readonly certificate: Check;
  readonly trust: Check;
}

/**
 * Who signed, whether the certificates were valid then, and whether the one who verifies trusts them.
 *
 * @param signedAt when the signer says that it signed
 * @param now when it is verified
 */
export function judgeSigner(
  signature: CmsSignature,
  signedAt: Instant,
  trustedSigners: readonly TrustedSigner[],
  now: Date,
): SignerVerdict {
  const chain = buildChain(signature.signer, signature.certificates);
  const certificate = checkCertificate(chain, signedAt, now);
  const [first] = chain.certificates;
  const last = chain.certificates.at(-1) ?? signature.signer;
  const found = certificate.outcome === "passed" ? findTrusted(chain.certificates, trustedSigners) : null;
  const signer: Signer = {
    subject: (first ?? last).subject.replaceAll("\n", ", "),
    fingerprint: fingerprintOf(signature.signer),
    rootFingerprint: fingerprintOf(last),
    trusted: found !== null,
    ...(found === null ? {} : { trustedName: found.name }),
  };
  return { signer, certificate, trust: checkTrust(signer, certificate) };
}

function checkCertificate(chain: CertificateChain, signedAt: Instant, now: Date): Check {
  const subject = chain.certificates[0]?.subject.replaceAll("\n", ", ") ?? "";
  if (Date.parse(signedAt) > now.getTime() + toleratedAhead) {
    const detail = "The signature says that it was made in the future.";
    return failed("certificate", detail, { subject, expected: `until ${now.toISOString()}`, found: signedAt });
  }
  const problem = problemOfChain(chain, signedAt);
  if (problem !== null) return failed("certificate", problem, { subject });
  const expired = chain.certificates.find(({ validToDate }) => validToDate < now);
  const since =
    expired === undefined
      ? ""
      : ` It has expired since, on ${expired.validToDate.toISOString()}; that it signed before rests on its own word.`;
  return passed("certificate", `The certificate was valid at ${signedAt}, when it says it signed.${since}`);
}

function checkTrust(signer: Signer, certificate: Check): Check {
  if (certificate.outcome !== "passed")
    return notPossible("trust", "Nobody is trusted by a certificate that does not hold.");
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
