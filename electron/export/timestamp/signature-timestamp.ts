import { createHash } from "node:crypto";
import * as asn1js from "asn1js";
import { TickmarkError } from "../../../shared/errors.ts";
import { oids } from "../../cms/object-ids.ts";
import { SignatureInvalid } from "../../cms/signature-invalid.ts";
import { readSignedMessage } from "../../cms/signed-message.ts";

/** Asks for a timestamp over a SHA-256; null when none is to be had now, which stops no signature. */
export type Stamp = (sha256: Buffer) => Promise<Buffer | null>;

/**
 * Adds a timestamp to a CMS signature: level B-T (ETSI EN 319 122-1). It becomes an attribute beside the signature, over the
 * signature's value, so that nothing that was signed changes.
 *
 * @returns the signature as it was when there is no timestamp to be had or it has one
 * @throws TickmarkError `bundle-part-invalid` for what is no signature of a bundle
 */
export async function timestampSignature(der: Buffer, stamp: Stamp): Promise<Buffer> {
  if (isTimestamped(der)) return der;
  const token = await stamp(createHash("sha256").update(read(der).signature).digest());
  return token === null ? der : withToken(der, token);
}

/** @throws TickmarkError `bundle-part-invalid` */
export function isTimestamped(der: Buffer): boolean {
  return read(der).unsigned.has(oids.signatureTimestamp);
}

function read(der: Buffer) {
  try {
    return readSignedMessage(der, oids.data, ["sha256"]);
  } catch (cause) {
    if (!(cause instanceof SignatureInvalid)) throw cause;
    throw new TickmarkError(
      "bundle-part-invalid",
      `The signature ${cause.message}.`,
      "Verify the file with `tickmark verify`; a signature that does not hold gets no timestamp.",
      { cause },
    );
  }
}

/** Every other value keeps its bytes: DER is read and written again, which gives the same (signed-message.ts checks it). */
function withToken(der: Buffer, token: Buffer): Buffer {
  const message = asn1js.fromBER(new Uint8Array(der).buffer).result;
  const signerInfo = lastMember(lastMember(member(member(message, 1), 0)));
  const type = new asn1js.ObjectIdentifier({ value: oids.signatureTimestamp });
  const values = new asn1js.Set({ value: [asn1js.fromBER(new Uint8Array(token).buffer).result] });
  const attribute = new asn1js.Sequence({ value: [type, values] });
  // SignerInfo (RFC 5652, 5.3): unsignedAttrs [1] IMPLICIT SET OF Attribute, at the end.
  signerInfo.push(new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 1 }, value: [attribute] }));
  return Buffer.from(message.toBER());
}

function members(value: asn1js.AsnType | undefined): asn1js.AsnType[] {
  if (value instanceof asn1js.Constructed) return value.valueBlock.value;
  throw new Error("A signature that was read as one has other parts.");
}

function member(value: asn1js.AsnType | undefined, index: number): asn1js.AsnType | undefined {
  return members(value)[index];
}

function lastMember(value: asn1js.AsnType | undefined | asn1js.AsnType[]): asn1js.AsnType[] {
  return members((Array.isArray(value) ? value : members(value)).at(-1));
}
