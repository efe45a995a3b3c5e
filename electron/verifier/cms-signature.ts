import { createHash, timingSafeEqual, verify, X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { type Instant, instantOf } from "../../shared/model/instant.ts";

const oids = {
  data: "1.2.840.113549.1.7.1",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  sha256: "2.16.840.1.101.3.4.2.1",
} as const;

/** What a signature may be made with. Nothing weaker is accepted, whoever signed. */
const signatureAlgorithms: Record<string, "rsa" | "ec"> = {
  "1.2.840.113549.1.1.1": "rsa", // rsaEncryption, with the digest named beside it
  "1.2.840.113549.1.1.11": "rsa", // sha256WithRSAEncryption
  "1.2.840.10045.4.3.2": "ec", // ecdsa-with-SHA256
};

/** Why a signature does not hold: a finding, not a fault. The message continues "The signature …". */
export class SignatureInvalid extends Error {
  readonly expected: string | undefined;
  readonly found: string | undefined;

  constructor(message: string, values: { expected?: string; found?: string } = {}) {
    super(message);
    this.expected = values.expected;
    this.found = values.found;
  }
}

export interface CmsSignature {
  /** The certificate that is bound into the signature. */
  readonly signer: X509Certificate;
  /** All certificates that came along, in no order that means anything. */
  readonly certificates: readonly X509Certificate[];
  /** What the signer says; PAdES has it elsewhere. */
  readonly signingTime: Instant | null;
}

/**
 * Checks a detached CMS signature (RFC 5652) of the CAdES baseline: over exactly this content, by exactly the certificate that
 * is bound into it, with nothing behind it. Whether that certificate is valid and trusted is another question.
 *
 * @throws SignatureInvalid
 */
export function verifyCms(der: Buffer, contentSha256: Buffer): CmsSignature {
  const signedData = readSignedData(der);
  const [signerInfo] = signedData.signerInfos;
  if (signerInfo === undefined || signedData.signerInfos.length !== 1) {
    throw new SignatureInvalid("is not by exactly one signer", {
      expected: "1",
      found: String(signedData.signerInfos.length),
    });
  }
  const algorithms = [...signedData.digestAlgorithms, signerInfo.digestAlgorithm].map(({ algorithmId }) => algorithmId);
  const other = algorithms.find((algorithm) => algorithm !== oids.sha256);
  if (other !== undefined)
    throw new SignatureInvalid("uses another digest than SHA-256", { expected: oids.sha256, found: other });
  const attributes = readAttributes(signerInfo);
  checkDigest(attributes, contentSha256);
  const certificates = readCertificates(signedData);
  const signer = boundCertificate(attributes, certificates);
  checkSignerId(signerInfo, signer);
  checkSignatureValue(signerInfo, signer);
  return { signer, certificates, signingTime: readSigningTime(attributes) };
}

function readSignedData(der: Buffer): pkijs.SignedData {
  try {
    const { offset, result } = asn1js.fromBER(new Uint8Array(der).buffer);
    if (offset !== der.length) throw new SignatureInvalid("has something behind it, or an end missing");
    // asn1js reads more than DER, lengths that contradict each other among it; there is one way to write a value in DER.
    if (!Buffer.from(result.toBER()).equals(der)) throw new SignatureInvalid("is not written in DER");
    const content = new pkijs.ContentInfo({ schema: result });
    if (content.contentType !== pkijs.ContentInfo.SIGNED_DATA) throw new SignatureInvalid("is not a CMS signature");
    const signedData = new pkijs.SignedData({ schema: content.content });
    // RFC 5652, 5.1: version 1 for data, with a signer that is named by issuer and serial number.
    if (signedData.version !== 1) throw new SignatureInvalid("has an unexpected version");
    const { eContentType, eContent } = signedData.encapContentInfo;
    if (eContentType !== oids.data || eContent !== undefined) throw new SignatureInvalid("brings content of its own");
    return signedData;
  } catch (error) {
    if (error instanceof SignatureInvalid) throw error;
    throw new SignatureInvalid("cannot be read");
  }
}

function readCertificates(signedData: pkijs.SignedData): X509Certificate[] {
  return (signedData.certificates ?? []).map((each) => {
    try {
      if (each instanceof pkijs.Certificate) return new X509Certificate(Buffer.from(each.toSchema().toBER()));
    } catch {
      // Said below, for whatever reason.
    }
    throw new SignatureInvalid("brings a certificate that cannot be read");
  });
}

type Attributes = ReadonlyMap<string, asn1js.AsnType>;

/** Each attribute once and with one value, so that no two programs choose differently. */
function readAttributes(signerInfo: pkijs.SignerInfo): Attributes {
  const attributes = new Map<string, asn1js.AsnType>();
  const listed = signerInfo.signedAttrs?.attributes ?? [];
  // What is signed is the set in DER, whose order is that of the encodings; a program that sorts would see other bytes.
  const encoded = listed.map((attribute) => Buffer.from(attribute.toSchema().toBER()));
  const sorted = encoded.every((each, index) => index === 0 || Buffer.compare(encoded[index - 1] ?? each, each) < 0);
  if (!sorted) throw new SignatureInvalid("has its attributes out of order, or one of them twice");
  for (const { type, values } of listed) {
    const [value] = values;
    if (attributes.has(type) || values.length !== 1)
      throw new SignatureInvalid(`has the attribute ${type} more than once`);
    attributes.set(type, value);
  }
  return attributes;
}

function checkDigest(attributes: Attributes, contentSha256: Buffer): void {
  const contentType = attributes.get(oids.contentType);
  if (!(contentType instanceof asn1js.ObjectIdentifier) || contentType.valueBlock.toString() !== oids.data) {
    throw new SignatureInvalid("does not say that it is over data");
  }
  const digest = octetsOf(attributes.get(oids.messageDigest), "does not name the digest of its content");
  if (digest.length === contentSha256.length && timingSafeEqual(digest, contentSha256)) return;
  throw new SignatureInvalid("is over other content", {
    expected: digest.toString("hex"),
    found: contentSha256.toString("hex"),
  });
}

/**
 * SigningCertificateV2 (RFC 5035): the hash of the signer's certificate stands under the signature. Without it another
 * certificate with the same key could be put in its place.
 */
function boundCertificate(attributes: Attributes, certificates: readonly X509Certificate[]): X509Certificate {
  const reason = "does not bind the signer's certificate by SHA-256";
  const [list] = sequenceOf(attributes.get(oids.signingCertificateV2), reason);
  const [first] = sequenceOf(list, reason);
  // With the default digest, SHA-256, the hash comes first; a named digest would be a sequence.
  const [hashOrDigest] = sequenceOf(first, reason);
  const hash = octetsOf(hashOrDigest, reason);
  const signer = certificates.find((each) => createHash("sha256").update(each.raw).digest().equals(hash));
  if (signer !== undefined) return signer;
  const found = certificates.map((each) => each.fingerprint256.replaceAll(":", "").toLowerCase()).join(", ");
  throw new SignatureInvalid("does not bring the certificate that is bound into it", {
    expected: hash.toString("hex"),
    found,
  });
}

function checkSignerId(signerInfo: pkijs.SignerInfo, signer: X509Certificate): void {
  const { sid } = signerInfo;
  const certificate = pkijs.Certificate.fromBER(new Uint8Array(signer.raw).buffer);
  const same =
    signerInfo.version === 1 &&
    sid instanceof pkijs.IssuerAndSerialNumber &&
    sid.serialNumber.isEqual(certificate.serialNumber) &&
    Buffer.from(sid.issuer.toSchema().toBER()).equals(Buffer.from(certificate.issuer.toSchema().toBER()));
  if (!same) throw new SignatureInvalid("names another signer than the certificate that is bound into it");
}

function checkSignatureValue(signerInfo: pkijs.SignerInfo, signer: X509Certificate): void {
  const algorithm = signerInfo.signatureAlgorithm.algorithmId;
  const keyType = signatureAlgorithms[algorithm];
  if (keyType === undefined || keyType !== signer.publicKey.asymmetricKeyType) {
    throw new SignatureInvalid("uses an algorithm that is not accepted", { found: algorithm });
  }
  // RFC 5652, 5.4: what is signed is the attributes as a SET, not under the tag that they have in the message.
  const signed = Buffer.from(signerInfo.signedAttrs?.encodedValue ?? new ArrayBuffer(0));
  const value = octetsOf(signerInfo.signature, "has no value");
  if (!verify("sha256", signed, signer.publicKey, value)) throw new SignatureInvalid("does not fit the signer's key");
}

function readSigningTime(attributes: Attributes): Instant | null {
  const time = attributes.get(oids.signingTime);
  if (time === undefined) return null;
  const isTime = time instanceof asn1js.UTCTime || time instanceof asn1js.GeneralizedTime;
  const moment = isTime ? time.toDate().getTime() : Number.NaN;
  if (Number.isNaN(moment)) throw new SignatureInvalid("has a signing time that cannot be read");
  return instantOf(moment);
}

function octetsOf(value: unknown, reason: string): Buffer {
  if (!(value instanceof asn1js.OctetString)) throw new SignatureInvalid(reason);
  return Buffer.from(value.getValue());
}

function sequenceOf(value: unknown, reason: string): asn1js.AsnType[] {
  if (!(value instanceof asn1js.Sequence)) throw new SignatureInvalid(reason);
  return value.valueBlock.value;
}
