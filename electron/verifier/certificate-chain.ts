import type { X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { type Instant, instantOf, millisecondsOf } from "../../shared/model/instant.ts";
import { curves, nameOfAlgorithm, shortestRsa, signatureAlgorithms } from "../cms/object-ids.ts";

const maxLength = 8;

/** Understood here. Any other that is marked critical makes the certificate unusable (RFC 5280, 4.2). */
const understood = new Set<string>([
  pkijs.id_BasicConstraints,
  pkijs.id_KeyUsage,
  pkijs.id_ExtKeyUsage,
  pkijs.id_CertificatePolicies,
  pkijs.id_SubjectAltName,
]);

// Bits of KeyUsage, from the most significant one.
const usage = { digitalSignature: 0x80, nonRepudiation: 0x40, keyCertSign: 0x04 } as const;

export interface CertificateChain {
  /** The signer first. Each is issued by the next one, which is checked by signature. */
  readonly certificates: readonly X509Certificate[];
  /** Whether the last one is signed by itself. */
  readonly complete: boolean;
  /** Those that came along and have no place in it. */
  readonly strangers: readonly X509Certificate[];
}

/** The chain above a certificate, from those that came along. Only issuers that really signed are taken. */
export function buildChain(signer: X509Certificate, available: readonly X509Certificate[]): CertificateChain {
  const certificates = [signer];
  let current = signer;
  while (!isSelfSigned(current) && certificates.length < maxLength) {
    const issuer = available.find((each) => !certificates.includes(each) && issued(each, current));
    if (issuer === undefined) break;
    certificates.push(issuer);
    current = issuer;
  }
  const strangers = available.filter((each) => !certificates.includes(each));
  return { certificates, complete: isSelfSigned(current), strangers };
}

/**
 * What makes the certificates of a chain unusable at a time; null when nothing does. One sentence.
 *
 * @param when what happened at that time, as the sentence continues
 */
export function problemOfCertificates(
  certificates: readonly X509Certificate[],
  at: Instant,
  when = "when it says it signed",
): string | null {
  for (const [index, certificate] of certificates.entries()) {
    const problem =
      problemOfTime(certificate, at, when) ?? problemOfKey(certificate) ?? problemOfUse(certificate, index);
    if (problem !== null) return `${problem}: ${nameOf(certificate)}.`;
    const algorithm = parse(certificate).signatureAlgorithm.algorithmId;
    const signedByNext = certificates[index + 1] !== undefined;
    // With rsaEncryption no digest is named, which a certificate's signature must do.
    if (signedByNext && (signatureAlgorithms[algorithm]?.digest ?? null) === null) {
      const name = nameOfAlgorithm(algorithm);
      return `The certificate is signed with an algorithm that is not accepted, ${name}: ${nameOf(certificate)}.`;
    }
  }
  return null;
}

/** What makes the chain unusable for a signature made at `at`; null when nothing does. One sentence. */
export function problemOfChain(chain: CertificateChain, at: Instant, when?: string): string | null {
  const problem = problemOfCertificates(chain.certificates, at, when);
  if (problem !== null) return problem;
  // Whatever no other certificate vouches for could have been changed by anyone: only a root vouches for itself.
  const last = chain.certificates.at(-1);
  if (!chain.complete && last !== undefined) {
    const missing = last.issuer.replaceAll("\n", ", ");
    return `The chain ends at ${nameOf(last)}, and the certificate of its issuer, ${missing}, did not come along.`;
  }
  const [stranger] = chain.strangers;
  return stranger === undefined
    ? null
    : `A certificate came along that has no place in the chain: ${nameOf(stranger)}.`;
}

function problemOfTime(certificate: X509Certificate, at: Instant, when: string): string | null {
  const from = certificate.validFromDate.getTime();
  const to = certificate.validToDate.getTime();
  if (Number.isNaN(from) || Number.isNaN(to)) return "The certificate has dates that cannot be read";
  const moment = millisecondsOf(at);
  if (moment >= from && moment <= to) return null;
  return `At ${at}, ${when}, the certificate was not valid, but from ${instantOf(from)} to ${instantOf(to)}`;
}

function problemOfKey(certificate: X509Certificate): string | null {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {};
  if (asymmetricKeyType === "rsa" && (modulusLength ?? 0) >= shortestRsa) return null;
  if (asymmetricKeyType === "ec" && curves.includes(namedCurve ?? "")) return null;
  const size = modulusLength === undefined ? (namedCurve ?? "") : `with ${modulusLength} bits`;
  return `The certificate has a key that is not accepted, ${`${asymmetricKeyType?.toUpperCase()} ${size}`.trim()}`;
}

/** @param index 0 for the signer; above it only authorities may stand, each for as many below as it allows */
function problemOfUse(certificate: X509Certificate, index: number): string | null {
  const extensions = parse(certificate).extensions ?? [];
  const unknown = extensions.find(({ extnID, critical }) => critical && !understood.has(extnID));
  if (unknown !== undefined)
    return `The certificate has the critical extension ${unknown.extnID}, which is not understood`;
  const keyUsage = keyUsageOf(extensions);
  if (index === 0) {
    const signs = usage.digitalSignature | usage.nonRepudiation;
    if (keyUsage !== null && (keyUsage & signs) === 0) return "The certificate is not for signing";
    return null;
  }
  if (!certificate.ca) return "The issuing certificate is not an authority's";
  if (keyUsage !== null && (keyUsage & usage.keyCertSign) === 0) return "The issuing certificate is not for issuing";
  const constraint = extensions.find(({ extnID }) => extnID === pkijs.id_BasicConstraints)?.parsedValue;
  const length = constraint instanceof pkijs.BasicConstraints ? constraint.pathLenConstraint : undefined;
  const allowed = length instanceof asn1js.Integer ? length.valueBlock.valueDec : length;
  return allowed !== undefined && index - 1 > allowed ? "The issuing certificate does not allow so long a chain" : null;
}

function keyUsageOf(extensions: readonly pkijs.Extension[]): number | null {
  const extension = extensions.find(({ extnID }) => extnID === pkijs.id_KeyUsage);
  if (extension === undefined) return null;
  const { parsedValue } = extension;
  return parsedValue instanceof asn1js.BitString ? (parsedValue.valueBlock.valueHexView[0] ?? 0) : 0;
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && isSignedBy(certificate, issuer);
}

function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer && isSignedBy(certificate, certificate);
}

export function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.verify(issuer.publicKey);
  } catch {
    // A key or an algorithm that Node does not know verifies nothing.
    return false;
  }
}

export function nameOf(certificate: X509Certificate): string {
  return certificate.subject.replaceAll("\n", ", ");
}

function parse(certificate: X509Certificate): pkijs.Certificate {
  return pkijs.Certificate.fromBER(new Uint8Array(certificate.raw).buffer);
}
