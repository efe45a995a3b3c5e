import { encodeCanonical } from "../../model/canonical-json.ts";

/* DSSE 1.0 (https://github.com/secure-systems-lab/dsse). */

/** Of every statement. ASCII, so that its characters are its bytes. */
const statementPayloadType = "application/vnd.in-toto+json";

/**
 * What stands before the payload in what is signed: the pre-authentication encoding of the DSSE protocol ("PAE") is this and the payload.
 *
 * @param payloadSize in bytes
 */
export function preAuthenticationHead(payloadSize: number): string {
  return `DSSEv1 ${statementPayloadType.length} ${statementPayloadType} ${payloadSize} `;
}

/** A line of a bundle of attestations (`*.intoto.jsonl`). `payload` and `signature` are base64; the key id is a hint, and nothing to rely on. */
export function encodeEnvelope(envelope: {
  readonly payload: string;
  readonly keyId: string;
  readonly signature: string;
}): string {
  const { payload, keyId, signature } = envelope;
  const members = { payload, payloadType: statementPayloadType, signatures: [{ keyid: keyId, sig: signature }] };
  return `${encodeCanonical(members)}\n`;
}
