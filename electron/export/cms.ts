import { createHash, type X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { type Instant, millisecondsOf } from "../../shared/model/instant.ts";
import type { SignerRole } from "../../shared/model/signer-role.ts";
import { claimedRoleAttribute } from "../cms/claimed-role.ts";
import { oids } from "../cms/object-ids.ts";
import { checkValidAt, type SigningIdentity } from "./identity/signing-identity.ts";

/**
 * CAdES (ETSI EN 319 122-1) carries the signing time as an attribute; PAdES (ETSI EN 319 142-1) forbids it there, since
 * a PDF has it in the signature dictionary. Both bind the signer's certificate into what is signed.
 */
export type SignatureProfile = "cades" | "pades";

export interface SignatureClaims {
  readonly signedAt: Instant;
  /** What the signer says to be: anybody may claim any role, and it stands under the signature. */
  readonly role?: SignerRole;
}

/**
 * A detached CMS signature (RFC 5652), baseline level B-B, in DER, with the whole certificate chain.
 *
 * @param contentSha256 SHA-256 of the content, which stays outside
 * @throws TickmarkError `identity-invalid` when a certificate of the identity is not valid at `signedAt`
 */
export async function signDetached(
  contentSha256: Uint8Array,
  identity: SigningIdentity,
  profile: SignatureProfile,
  { signedAt, role }: SignatureClaims,
): Promise<Buffer> {
  checkValidAt(identity, signedAt);
  const [certificate] = identity.chain;
  const attributes = sortedAttributes([
    attribute(oids.contentType, new asn1js.ObjectIdentifier({ value: oids.data })),
    attribute(oids.messageDigest, octets(contentSha256)),
    attribute(oids.signingCertificateV2, signingCertificate(certificate)),
    ...(role === undefined ? [] : [claimedRoleAttribute(role)]),
    ...(profile === "cades" ? [attribute(oids.signingTime, timeOf(signedAt))] : []),
  ]);
  const toBeSigned = new asn1js.Set({ value: attributes.map((each) => each.toSchema()) }).toBER();
  const signer = pkijs.Certificate.fromBER(arrayBufferOf(certificate.raw));
  const signedData = new pkijs.SignedData({
    version: 1,
    digestAlgorithms: [new pkijs.AlgorithmIdentifier({ algorithmId: oids.sha256 })],
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: oids.data }),
    certificates: identity.chain.map((each) => pkijs.Certificate.fromBER(arrayBufferOf(each.raw))),
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({ issuer: signer.issuer, serialNumber: signer.serialNumber }),
        digestAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: oids.sha256 }),
        signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes }),
        signatureAlgorithm: signatureAlgorithm(identity),
        signature: octets(await identity.sign(new Uint8Array(toBeSigned))),
      }),
    ],
  });
  const content = new pkijs.ContentInfo({
    contentType: pkijs.ContentInfo.SIGNED_DATA,
    content: signedData.toSchema(true),
  });
  return Buffer.from(content.toSchema().toBER());
}

function signatureAlgorithm(identity: SigningIdentity): pkijs.AlgorithmIdentifier {
  return identity.keyType === "rsa"
    ? new pkijs.AlgorithmIdentifier({ algorithmId: oids.rsaEncryption, algorithmParams: new asn1js.Null() })
    : new pkijs.AlgorithmIdentifier({ algorithmId: oids.ecdsaWithSha256 });
}

/**
 * SigningCertificateV2 (RFC 5035): the hash of the certificate under the signature, so that no other certificate with the
 * same key or name can take its place. SHA-256 is the default and therefore not named.
 */
function signingCertificate(certificate: X509Certificate): asn1js.Sequence {
  const certificateHash = octets(createHash("sha256").update(certificate.raw).digest());
  const certificateId = new asn1js.Sequence({ value: [certificateHash] });
  return new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [certificateId] })] });
}

/** RFC 5652, 11.3: UTCTime up to 2049, GeneralizedTime from 2050; whole seconds. */
function timeOf(signedAt: Instant): asn1js.BaseBlock {
  const valueDate = new Date(Math.floor(millisecondsOf(signedAt) / 1000) * 1000);
  return valueDate.getUTCFullYear() < 2050
    ? new asn1js.UTCTime({ valueDate })
    : new asn1js.GeneralizedTime({ valueDate });
}

function attribute(type: string, value: asn1js.BaseBlock): pkijs.Attribute {
  return new pkijs.Attribute({ type, values: [value] });
}

/** DER writes a set in the order of its members' encodings. */
function sortedAttributes(attributes: pkijs.Attribute[]): pkijs.Attribute[] {
  const encoded = attributes.map((each) => ({ each, bytes: Buffer.from(each.toSchema().toBER()) }));
  return encoded.sort((left, right) => Buffer.compare(left.bytes, right.bytes)).map(({ each }) => each);
}

function octets(bytes: Uint8Array): asn1js.OctetString {
  return new asn1js.OctetString({ valueHex: arrayBufferOf(bytes) });
}

function arrayBufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
