import { type KeyObject, sign, type X509Certificate } from "node:crypto";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Sha256 } from "../../../shared/model/digest.ts";
import { type Instant, instantOf, millisecondsOf } from "../../../shared/model/instant.ts";

/** Who signs: a certificate, the chain above it, and a way to sign that does not show the private key. */
export interface SigningIdentity {
  /** The signer's certificate first, then each one's issuer, up to the root. */
  readonly chain: readonly [X509Certificate, ...X509Certificate[]];
  readonly keyType: "rsa" | "ecdsa";
  /** Distinguished name, for people. */
  readonly subject: string;
  /** SHA-256 of the signer's certificate in DER. */
  readonly fingerprint: Sha256;
  readonly validFrom: Instant;
  readonly validTo: Instant;
  /** Signature over SHA-256 of `bytes`: PKCS#1 v1.5 for RSA, DER for ECDSA. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** @throws TickmarkError `identity-invalid` when the key or its certificate is of a kind that verification would refuse */
export function identityOf(key: KeyObject, chain: readonly [X509Certificate, ...X509Certificate[]]): SigningIdentity {
  return identityBy(chain, async (bytes) => sign("sha256", bytes, key));
}

/**
 * An identity whose key lies elsewhere.
 *
 * @param signBytes as `SigningIdentity.sign`
 * @throws TickmarkError `identity-invalid` when the certificate or its key is of a kind that verification would refuse
 */
export function identityBy(
  chain: readonly [X509Certificate, ...X509Certificate[]],
  signBytes: SigningIdentity["sign"],
): SigningIdentity {
  const [certificate] = chain;
  return {
    chain,
    keyType: keyTypeOf(certificate.publicKey),
    subject: certificate.subject.replaceAll("\n", ", "),
    fingerprint: fingerprintOf(certificate),
    validFrom: instantOrFault(certificate.validFromDate),
    validTo: instantOrFault(certificate.validToDate),
    sign: signBytes,
  };
}

/**
 * Checks every certificate of the chain, since verification does.
 *
 * @throws TickmarkError `identity-invalid` with both dates when one is not valid at `at`
 */
export function checkValidAt(identity: SigningIdentity, at: Instant): void {
  const moment = millisecondsOf(at);
  for (const certificate of identity.chain) {
    const from = certificate.validFromDate.getTime();
    const to = certificate.validToDate.getTime();
    if (moment >= from && moment <= to) continue;
    const which =
      certificate === identity.chain[0] ? "The certificate" : `The issuing certificate ${certificate.subject}`;
    throw new TickmarkError(
      "identity-invalid",
      `${which.replaceAll("\n", ", ")} is valid from ${instantOf(from)} to ${instantOf(to)}, not at ${at}.`,
      moment < from
        ? "Check this computer's clock, or sign later."
        : "Create or load an identity that has not expired.",
    );
  }
}

export function fingerprintOf(certificate: X509Certificate): Sha256 {
  return certificate.fingerprint256.replaceAll(":", "").toLowerCase();
}

function instantOrFault(date: Date): Instant {
  if (!Number.isNaN(date.getTime())) return instantOf(date.getTime());
  const message = "The certificate has dates that cannot be read.";
  throw new TickmarkError("identity-invalid", message, "Ask its issuer for another certificate.");
}

function keyTypeOf(key: KeyObject): "rsa" | "ecdsa" {
  const details = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "rsa" && (details.modulusLength ?? 0) >= 2048) return "rsa";
  const curves = ["prime256v1", "secp384r1", "secp521r1"];
  if (key.asymmetricKeyType === "ec" && curves.includes(details.namedCurve ?? "")) return "ecdsa";
  const kind = `${key.asymmetricKeyType ?? "unknown"} ${details.modulusLength ?? details.namedCurve ?? ""}`.trim();
  throw new TickmarkError(
    "identity-invalid",
    `The identity's key is of kind ${kind}, which signatures on PDF and ZIP cannot use.`,
    "Use RSA with at least 2048 bits, or ECDSA on P-256, P-384 or P-521.",
  );
}
