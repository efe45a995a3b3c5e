import { createHash, timingSafeEqual, verify, type X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { digestNames, nameOfAlgorithm, oids, signatureAlgorithms } from "./object-ids.ts";
import { SignatureInvalid } from "./signature-invalid.ts";
import { checkParameters, membersOf, octetsOf, type SignedMessage } from "./signed-message.ts";

/**
 * Checks that the message is signed over exactly this content, by exactly the certificate that is bound into it. Whether that
 * certificate is valid and trusted is another question.
 *
 * @param contentDigest of the content, by the message's own algorithm
 * @returns the signer's certificate
 * @throws SignatureInvalid
 */
export function checkSigner(message: SignedMessage, contentDigest: Buffer): X509Certificate {
  checkDigest(message, contentDigest);
  const signer = boundCertificate(message);
  checkSignerId(message.signerInfo, signer);
  checkValue(message, signer);
  return signer;
}

function checkDigest({ signed, contentType }: SignedMessage, contentDigest: Buffer): void {
  const said = signed.get(oids.contentType);
  if (!(said instanceof asn1js.ObjectIdentifier) || said.valueBlock.toString() !== contentType) {
    throw new SignatureInvalid("does not say that it is over data");
  }
  const digest = octetsOf(signed.get(oids.messageDigest), "does not name the digest of its content");
  if (digest.length === contentDigest.length && timingSafeEqual(digest, contentDigest)) return;
  const values = { expected: digest.toString("hex"), found: contentDigest.toString("hex") };
  throw new SignatureInvalid("is over other content", values);
}

/**
 * SigningCertificateV2 (RFC 5035): the hash of the signer's certificate stands under the signature. Without it another
 * certificate with the same key could be put in its place. The older attribute names it by SHA-1, which is not accepted.
 */
function boundCertificate({ signed, certificates }: SignedMessage): X509Certificate {
  const old = signed.has(oids.signingCertificate) ? ", but by SHA-1 (1.3.14.3.2.26)" : "";
  const reason = `does not bind the signer's certificate by SHA-256${old}`;
  const [list] = membersOf(signed.get(oids.signingCertificateV2), reason);
  const [first] = membersOf(list, reason);
  // With the default digest, SHA-256, the hash comes first; a named digest is a sequence in front of it.
  const [hashOrDigest, namedHash] = membersOf(first, reason);
  const isNamed = hashOrDigest instanceof asn1js.Sequence;
  const algorithm = isNamed ? digestNames[digestIdOf(hashOrDigest)] : "sha256";
  if (algorithm === undefined) throw new SignatureInvalid(reason);
  const hash = octetsOf(isNamed ? namedHash : hashOrDigest, reason);
  const signer = certificates.find((each) => createHash(algorithm).update(each.raw).digest().equals(hash));
  if (signer !== undefined) return signer;
  const found = certificates.map((each) => createHash(algorithm).update(each.raw).digest("hex")).join(", ");
  const values = { expected: hash.toString("hex"), found };
  throw new SignatureInvalid("does not bring the certificate that is bound into it", values);
}

function digestIdOf(algorithm: asn1js.Sequence): string {
  const [id] = algorithm.valueBlock.value;
  return id instanceof asn1js.ObjectIdentifier ? id.valueBlock.toString() : "";
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

function checkValue({ signerInfo, digest, signature }: SignedMessage, signer: X509Certificate): void {
  const algorithm = signerInfo.signatureAlgorithm.algorithmId;
  const accepted = signatureAlgorithms[algorithm];
  const fits = accepted?.key === signer.publicKey.asymmetricKeyType && (accepted?.digest ?? digest) === digest;
  if (!fits) {
    const found = nameOfAlgorithm(algorithm);
    throw new SignatureInvalid(`uses an algorithm that is not accepted: ${found}`, { found });
  }
  checkParameters(signerInfo.signatureAlgorithm);
  // RFC 5652, 5.4: what is signed is the attributes as a SET, not under the tag that they have in the message.
  const signed = Buffer.from(signerInfo.signedAttrs?.encodedValue ?? new ArrayBuffer(0));
  if (!verify(digest, signed, signer.publicKey, signature)) throw new SignatureInvalid("does not fit the signer's key");
}
