import { createHash, timingSafeEqual, type X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { type Instant, instantOf } from "../../shared/model/instant.ts";
import { type DigestName, digestNames, nameOfAlgorithm, oids } from "./object-ids.ts";
import { SignatureInvalid } from "./signature-invalid.ts";
import { readSignedMessage } from "./signed-message.ts";
import { checkSigner } from "./signer-check.ts";

/** What an authority says about a moment (RFC 3161): these bytes were there then. Worth as much as the authority is. */
export interface TimestampToken {
  readonly at: Instant;
  /** Under which it was given, an object identifier. */
  readonly policy: string;
  /** Of the request that it answers. */
  readonly nonce: Buffer | null;
  readonly authority: X509Certificate;
  /** All certificates that came along, in no order that means anything. */
  readonly certificates: readonly X509Certificate[];
}

const digests: readonly DigestName[] = ["sha256", "sha384", "sha512"];

/**
 * Checks a timestamp token: over exactly these bytes, signed by a certificate that may do nothing but sign timestamps. Whether
 * that certificate is valid and trusted is another question.
 *
 * @param digestOf digest of what was stamped, by the named algorithm
 * @throws SignatureInvalid; the message continues "The timestamp …"
 */
export function verifyTimestamp(der: Buffer, digestOf: (algorithm: DigestName) => Buffer): TimestampToken {
  const message = readSignedMessage(der, oids.timestampInfo, digests);
  if (message.content === null) throw new SignatureInvalid("says nothing");
  const authority = checkSigner(message, createHash(message.digest).update(message.content).digest());
  checkUse(authority);
  if (message.unsigned.size > 0) throw new SignatureInvalid("has attributes that nobody signed");
  const info = readInfo(message.content);
  checkImprint(info.messageImprint, digestOf);
  return {
    at: instantOf(info.genTime.getTime()),
    policy: info.policy,
    nonce: info.nonce === undefined ? null : Buffer.from(info.nonce.valueBlock.valueHexView),
    authority,
    certificates: message.certificates,
  };
}

function readInfo(content: Buffer): pkijs.TSTInfo {
  try {
    const { offset, result } = asn1js.fromBER(new Uint8Array(content).buffer);
    if (offset !== content.length) throw new SignatureInvalid("has something behind what it says");
    const info = new pkijs.TSTInfo({ schema: result });
    if (info.version !== 1 || Number.isNaN(info.genTime.getTime())) throw new SignatureInvalid("cannot be read");
    return info;
  } catch (error) {
    if (error instanceof SignatureInvalid) throw error;
    throw new SignatureInvalid("cannot be read");
  }
}

function checkImprint(imprint: pkijs.MessageImprint, digestOf: (algorithm: DigestName) => Buffer): void {
  const algorithm = digestNames[imprint.hashAlgorithm.algorithmId];
  if (algorithm === undefined) {
    const found = nameOfAlgorithm(imprint.hashAlgorithm.algorithmId);
    throw new SignatureInvalid(`is over a digest that is not accepted: ${found}`, { expected: "SHA-256", found });
  }
  const [stamped, expected] = [Buffer.from(imprint.hashedMessage.getValue()), digestOf(algorithm)];
  if (stamped.length === expected.length && timingSafeEqual(stamped, expected)) return;
  const values = { expected: expected.toString("hex"), found: stamped.toString("hex") };
  throw new SignatureInvalid("is over something else", values);
}

/** RFC 3161, 2.3: the certificate is for timestamps and nothing else, and says so critically. */
function checkUse(authority: X509Certificate): void {
  const { extensions = [] } = pkijs.Certificate.fromBER(new Uint8Array(authority.raw).buffer);
  const use = extensions.find(({ extnID }) => extnID === pkijs.id_ExtKeyUsage);
  const purposes = use?.parsedValue instanceof pkijs.ExtKeyUsage ? use.parsedValue.keyPurposes : [];
  if (use?.critical && purposes.length === 1 && purposes[0] === oids.timestamping) return;
  const found = use === undefined ? "nothing" : `${use.critical ? "critical" : "not critical"}: ${purposes.join(", ")}`;
  const values = { expected: `critical: ${oids.timestamping}`, found };
  throw new SignatureInvalid("is by a certificate that is not for timestamps alone", values);
}
