import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { oids } from "./object-ids.ts";
import { SignatureInvalid } from "./signature-invalid.ts";
import type { Attributes } from "./signed-message.ts";

// GeneralName (RFC 5280, 4.2.1.6): a role is given as a URI (ITU-T X.509, RoleSyntax).
const uriTag = 6;
const longestRole = 64;

/**
 * SignerAttributesV2 with a claimed role (ETSI EN 319 122-1, 5.2.6.1): what the signer says to be. It stands under the
 * signature, so that nobody else can say it for the signer, and nobody confirms it either.
 */
export function claimedRoleAttribute(role: string): pkijs.Attribute {
  const name = new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber: uriTag }, valueHex: asciiOf(role) });
  const syntax = new asn1js.Sequence({ value: [tagged(1, name)] });
  const attribute = new pkijs.Attribute({ type: oids.role, values: [syntax] });
  const claimed = new asn1js.Sequence({ value: [attribute.toSchema()] });
  return new pkijs.Attribute({
    type: oids.signerAttributesV2,
    values: [new asn1js.Sequence({ value: [tagged(0, claimed)] })],
  });
}

/** @throws SignatureInvalid when it says something else than one role */
export function readClaimedRole(attributes: Attributes): string | null {
  const found = attributes.get(oids.signerAttributesV2);
  if (found === undefined) return null;
  // The only spelling is the one above: read what could be the role, write it again, compare.
  const role = textAtEnd(Buffer.from(found.toBER()));
  const [written] = claimedRoleAttribute(role).values;
  const isSame = role !== "" && Buffer.from(written.toBER()).equals(Buffer.from(found.toBER()));
  if (isSame) return role;
  throw new SignatureInvalid("says of its signer what cannot be read");
}

function textAtEnd(der: Buffer): string {
  // The innermost value comes last: tag, length below 128, text.
  for (let length = 1; length <= longestRole; length++) {
    const start = der.length - length;
    if (der[start - 1] === length && der[start - 2] === (0x80 | uriTag)) return readable(der.subarray(start));
  }
  return "";
}

function readable(bytes: Buffer): string {
  const text = bytes.toString("latin1");
  return /^[\x20-\x7e]+$/.test(text) ? text : "";
}

function tagged(tagNumber: number, value: asn1js.BaseBlock): asn1js.Constructed {
  return new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [value] });
}

function asciiOf(text: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(text, "latin1")).buffer;
}
