import { createHash, generateKeyPair, type KeyObject, randomBytes, X509Certificate } from "node:crypto";
import { promisify } from "node:util";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import type { NewKeyType } from "../../../shared/model/signing-key.ts";

export interface Subject {
  readonly commonName: string;
  readonly organisation: string;
  readonly email?: string;
}

export interface IssuedCertificates {
  readonly leafKey: KeyObject;
  readonly leaf: X509Certificate;
  readonly root: X509Certificate;
}

/** Bits of KeyUsage (RFC 5280, 4.2.1.3), most significant first. */
const signatureUsage = 0b1100_0000; // digitalSignature, nonRepudiation
const issuingUsage = 0b0000_0110; // keyCertSign, cRLSign

/**
 * A private root and one certificate under it. Viewers of PDF never trust a self-signed signer, hence the root.
 * Its key is forgotten as soon as it has signed: nobody, not even its owner, can issue another certificate in its name,
 * so that trusting the root means trusting this one signer.
 */
export async function issueCertificates(
  subject: Subject,
  keyType: NewKeyType,
  validFrom: Date,
  validTo: Date,
): Promise<IssuedCertificates> {
  const rootKeys = await generateKeys(keyType);
  const leafKeys = await generateKeys(keyType);
  const rootName = nameOf({ ...subject, commonName: `${subject.commonName} (root)` });
  const validity = { validFrom, validTo };
  const rootTemplate = { ...validity, subject: rootName, issuer: rootName, subjectKey: rootKeys.publicKey };
  const root = await issue(rootTemplate, rootKeys.privateKey, [
    extension(
      pkijs.id_BasicConstraints,
      true,
      new pkijs.BasicConstraints({ cA: true, pathLenConstraint: 0 }).toSchema(),
    ),
    keyUsage(issuingUsage),
    subjectKeyIdentifier(rootKeys.publicKey),
  ]);
  const leafTemplate = { ...validity, subject: nameOf(subject), issuer: rootName, subjectKey: leafKeys.publicKey };
  // No extended key usage: document signing alone fails openssl's default purpose for `cms -verify`.
  const leaf = await issue(leafTemplate, rootKeys.privateKey, [
    extension(pkijs.id_BasicConstraints, true, new pkijs.BasicConstraints({ cA: false }).toSchema()),
    keyUsage(signatureUsage),
    subjectKeyIdentifier(leafKeys.publicKey),
    authorityKeyIdentifier(rootKeys.publicKey),
    ...(subject.email === undefined ? [] : [subjectEmail(subject.email)]),
  ]);
  return { leafKey: leafKeys.privateKey, leaf, root };
}

interface Template {
  readonly subject: pkijs.RelativeDistinguishedNames;
  readonly issuer: pkijs.RelativeDistinguishedNames;
  readonly subjectKey: KeyObject;
  readonly validFrom: Date;
  readonly validTo: Date;
}

async function issue(
  template: Template,
  issuerKey: KeyObject,
  extensions: pkijs.Extension[],
): Promise<X509Certificate> {
  const certificate = new pkijs.Certificate({
    version: 2, // X.509 v3
    serialNumber: new asn1js.Integer({ valueHex: arrayBufferOf(randomSerial()) }),
    issuer: template.issuer,
    subject: template.subject,
    notBefore: timeOf(template.validFrom),
    notAfter: timeOf(template.validTo),
    extensions,
  });
  certificate.subjectPublicKeyInfo.fromSchema(schemaOf(publicKeyInfo(template.subjectKey)));
  await certificate.sign(await webKeyOf(issuerKey), "SHA-256");
  return new X509Certificate(Buffer.from(certificate.toSchema(true).toBER()));
}

async function generateKeys(keyType: NewKeyType): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  const generate = promisify(generateKeyPair);
  return keyType === "rsa-3072" ? generate("rsa", { modulusLength: 3072 }) : generate("ec", { namedCurve: "P-256" });
}

async function webKeyOf(key: KeyObject): Promise<ReturnType<KeyObject["toCryptoKey"]>> {
  const algorithm =
    key.asymmetricKeyType === "rsa"
      ? { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }
      : { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  return key.toCryptoKey(algorithm, false, ["sign"]);
}

/** One set for each attribute; pkijs would put all of them into one, which reads as one name in two parts. */
function nameOf(subject: Subject): pkijs.RelativeDistinguishedNames {
  const attribute = (type: string, value: string) => {
    const typeAndValue = new pkijs.AttributeTypeAndValue({ type, value: new asn1js.Utf8String({ value }) });
    return new asn1js.Set({ value: [typeAndValue.toSchema()] });
  };
  const sets = [attribute("2.5.4.10", subject.organisation), attribute("2.5.4.3", subject.commonName)];
  return pkijs.RelativeDistinguishedNames.fromBER(new asn1js.Sequence({ value: sets }).toBER());
}

/** RFC 5280, 4.1.2.5: UTCTime up to 2049, GeneralizedTime from 2050, no fractions of a second. */
function timeOf(moment: Date): pkijs.Time {
  return new pkijs.Time({ type: moment.getUTCFullYear() < 2050 ? 0 : 1, value: moment });
}

function extension(extnID: string, critical: boolean, value: asn1js.BaseBlock): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value.toBER(false) });
}

function keyUsage(bits: number): pkijs.Extension {
  const unusedBits = Math.clz32(bits & -bits) ^ 31; // DER: trailing zero bits are left out
  return extension(pkijs.id_KeyUsage, true, new asn1js.BitString({ valueHex: Uint8Array.of(bits).buffer, unusedBits }));
}

function subjectKeyIdentifier(key: KeyObject): pkijs.Extension {
  return extension(pkijs.id_SubjectKeyIdentifier, false, new asn1js.OctetString({ valueHex: keyIdentifier(key) }));
}

function authorityKeyIdentifier(key: KeyObject): pkijs.Extension {
  const keyId = new asn1js.OctetString({ valueHex: keyIdentifier(key) });
  return extension(
    pkijs.id_AuthorityKeyIdentifier,
    false,
    new pkijs.AuthorityKeyIdentifier({ keyIdentifier: keyId }).toSchema(),
  );
}

function subjectEmail(email: string): pkijs.Extension {
  const names = new pkijs.GeneralNames({ names: [new pkijs.GeneralName({ type: 1, value: email })] });
  return extension(pkijs.id_SubjectAltName, false, names.toSchema());
}

/** An identifier of the key (RFC 5280, 4.2.1.2 asks for one that is unique; SHA-256 cut to 20 bytes, RFC 7093). */
function keyIdentifier(key: KeyObject): ArrayBuffer {
  return arrayBufferOf(createHash("sha256").update(publicKeyInfo(key)).digest().subarray(0, 20));
}

function publicKeyInfo(key: KeyObject): Buffer {
  return key.export({ format: "der", type: "spki" });
}

/** 127 random bits after a leading one: positive, and 16 bytes long in DER. */
function randomSerial(): Buffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

function schemaOf(der: Uint8Array): asn1js.AsnType {
  return asn1js.fromBER(arrayBufferOf(der)).result;
}

/** A copy, since Node's buffers are windows into a larger one. */
function arrayBufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
