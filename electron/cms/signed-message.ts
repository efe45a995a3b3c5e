import { X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { type DigestName, digestNames, nameOfAlgorithm, oids } from "./object-ids.ts";
import { SignatureInvalid } from "./signature-invalid.ts";

/** Each attribute by its type, once and with one value. */
export type Attributes = ReadonlyMap<string, asn1js.AsnType>;

/** A CMS message with one signer (RFC 5652), read and not yet believed. */
export interface SignedMessage {
  readonly contentType: string;
  /** Null when the content lies elsewhere. */
  readonly content: Buffer | null;
  readonly digest: DigestName;
  /** All certificates that came along, in no order that means anything. */
  readonly certificates: readonly X509Certificate[];
  /** Revocation lists that came along, in DER. Nothing signs that they belong here. */
  readonly revocationLists: readonly Buffer[];
  readonly signerInfo: pkijs.SignerInfo;
  readonly signed: Attributes;
  readonly unsigned: Attributes;
  readonly signature: Buffer;
}

/**
 * Reads a CMS message as strictly as two programs could agree on: DER to the last byte, one signer, each attribute once, in the
 * order of their encodings.
 *
 * @param contentType that it must be of, an object identifier
 * @param digests that it may use
 * @throws SignatureInvalid
 */
export function readSignedMessage(der: Buffer, contentType: string, digests: readonly DigestName[]): SignedMessage {
  const signedData = decode(der, contentType);
  const [signerInfo] = signedData.signerInfos;
  if (signerInfo === undefined || signedData.signerInfos.length !== 1) {
    const found = String(signedData.signerInfos.length);
    throw new SignatureInvalid("is not by exactly one signer", { expected: "1", found });
  }
  const { eContent } = signedData.encapContentInfo;
  return {
    contentType,
    content: eContent === undefined ? null : Buffer.from(eContent.getValue()),
    digest: readDigest(signedData, signerInfo, digests),
    certificates: readCertificates(signedData),
    revocationLists: readRevocationLists(signedData),
    signerInfo,
    signed: readAttributes(signerInfo.signedAttrs),
    unsigned: readAttributes(signerInfo.unsignedAttrs),
    signature: octetsOf(signerInfo.signature, "has no value"),
  };
}

function decode(der: Buffer, contentType: string): pkijs.SignedData {
  try {
    const { offset, result } = asn1js.fromBER(new Uint8Array(der).buffer);
    if (offset !== der.length) throw new SignatureInvalid("has something behind it, or an end missing");
    // asn1js reads more than DER, lengths that contradict each other among it; there is one way to write a value in DER.
    if (!Buffer.from(result.toBER()).equals(der)) throw new SignatureInvalid("is not written in DER");
    const message = new pkijs.ContentInfo({ schema: result });
    if (message.contentType !== pkijs.ContentInfo.SIGNED_DATA) throw new SignatureInvalid("is not a CMS signature");
    const signedData = new pkijs.SignedData({ schema: message.content });
    // RFC 5652, 5.1: version 1 for data, 3 for other content, with a signer that is named by issuer and serial number.
    if (signedData.version !== (contentType === oids.data ? 1 : 3))
      throw new SignatureInvalid("has an unexpected version");
    const { eContentType } = signedData.encapContentInfo;
    if (eContentType !== contentType)
      throw new SignatureInvalid("is over other content", { expected: contentType, found: eContentType });
    return signedData;
  } catch (error) {
    if (error instanceof SignatureInvalid) throw error;
    throw new SignatureInvalid("cannot be read");
  }
}

function readDigest(
  signedData: pkijs.SignedData,
  signerInfo: pkijs.SignerInfo,
  digests: readonly DigestName[],
): DigestName {
  const named = [...signedData.digestAlgorithms, signerInfo.digestAlgorithm];
  for (const { algorithmId: algorithm } of named) {
    const digest = digestNames[algorithm];
    if (digest !== undefined && digests.includes(digest)) continue;
    const expected = digests.map((each) => each.replace("sha", "SHA-")).join(" or ");
    const found = nameOfAlgorithm(algorithm);
    throw new SignatureInvalid(`uses another digest than ${expected}: ${found}`, { expected, found });
  }
  for (const each of named) checkParameters(each);
  return digestNames[signerInfo.digestAlgorithm.algorithmId] ?? "sha256";
}

/**
 * Nothing signs what stands beside the name of an algorithm: only what means nothing may (RFC 5754, 2).
 *
 * @throws SignatureInvalid
 */
export function checkParameters({ algorithmParams }: pkijs.AlgorithmIdentifier): void {
  if (algorithmParams === undefined || algorithmParams instanceof asn1js.Null) return;
  throw new SignatureInvalid("gives an algorithm parameters that are not accepted");
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

function readRevocationLists(signedData: pkijs.SignedData): Buffer[] {
  return (signedData.crls ?? []).map((each) => {
    if (each instanceof pkijs.CertificateRevocationList) return Buffer.from(each.toSchema().toBER());
    throw new SignatureInvalid("brings a revocation list that cannot be read");
  });
}

function readAttributes(set: pkijs.SignedAndUnsignedAttributes | undefined): Attributes {
  const attributes = new Map<string, asn1js.AsnType>();
  const listed = set?.attributes ?? [];
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

/** @throws SignatureInvalid saying `reason` */
export function octetsOf(value: unknown, reason: string): Buffer {
  if (!(value instanceof asn1js.OctetString)) throw new SignatureInvalid(reason);
  return Buffer.from(value.getValue());
}

/** @throws SignatureInvalid saying `reason` */
export function membersOf(value: unknown, reason: string): asn1js.AsnType[] {
  if (!(value instanceof asn1js.Sequence)) throw new SignatureInvalid(reason);
  return value.valueBlock.value;
}
