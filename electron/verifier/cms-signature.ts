import { createHash, type X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import { type Instant, instantOf } from "../../shared/model/instant.ts";
import { readClaimedRole } from "../cms/claimed-role.ts";
import { oids } from "../cms/object-ids.ts";
import { SignatureInvalid } from "../cms/signature-invalid.ts";
import { type Attributes, readSignedMessage } from "../cms/signed-message.ts";
import { checkSigner } from "../cms/signer-check.ts";
import { type TimestampToken, verifyTimestamp } from "../cms/timestamp-token.ts";

export interface CmsSignature {
  /** The certificate that is bound into the signature. */
  readonly signer: X509Certificate;
  /** All certificates that came along, in no order that means anything. */
  readonly certificates: readonly X509Certificate[];
  /** Revocation lists that came along, in DER: worth only what their own issuers' signatures are. */
  readonly revocationLists: readonly Buffer[];
  /** What the signer says; PAdES has it elsewhere. */
  readonly signingTime: Instant | null;
  /** What the signer says to be, under the signature. Nobody confirms it. */
  readonly claimedRole: string | null;
  /** The value itself: equal in two messages when it is one signature, whatever was put beside it. */
  readonly signature: Buffer;
  /** Null when nobody stamped it. One that does not hold is a finding of its own, and leaves the signature as it is. */
  readonly timestamp: TimestampToken | SignatureInvalid | null;
}

/**
 * Checks a detached CMS signature (RFC 5652) of the CAdES baseline, B-B or B-T: over exactly this content, by exactly the
 * certificate that is bound into it, with nothing behind it. Whether that certificate is valid and trusted is another question.
 *
 * @throws SignatureInvalid
 */
export function verifyCms(der: Buffer, contentSha256: Buffer): CmsSignature {
  const message = readSignedMessage(der, oids.data, ["sha256"]);
  if (message.content !== null) throw new SignatureInvalid("brings content of its own");
  const signer = checkSigner(message, contentSha256);
  return {
    signer,
    certificates: message.certificates,
    revocationLists: message.revocationLists,
    signingTime: readSigningTime(message.signed),
    claimedRole: readClaimedRole(message.signed),
    signature: message.signature,
    timestamp: readTimestamp(message.unsigned, message.signature),
  };
}

/** Whatever else stands beside the signature is signed by nobody, and no baseline signature has it. */
function readTimestamp(unsigned: Attributes, signature: Buffer): TimestampToken | SignatureInvalid | null {
  const other = [...unsigned.keys()].find((type) => type !== oids.signatureTimestamp);
  if (other !== undefined) throw new SignatureInvalid(`has the attribute ${other}, which nobody signed`);
  const token = unsigned.get(oids.signatureTimestamp);
  if (token === undefined) return null;
  try {
    return verifyTimestamp(Buffer.from(token.toBER()), (digest) => createHash(digest).update(signature).digest());
  } catch (error) {
    if (error instanceof SignatureInvalid) return error;
    throw error;
  }
}

function readSigningTime(attributes: Attributes): Instant | null {
  const time = attributes.get(oids.signingTime);
  if (time === undefined) return null;
  const isTime = time instanceof asn1js.UTCTime || time instanceof asn1js.GeneralizedTime;
  const moment = isTime ? time.toDate().getTime() : Number.NaN;
  if (Number.isNaN(moment)) throw new SignatureInvalid("has a signing time that cannot be read");
  return instantOf(moment);
}
