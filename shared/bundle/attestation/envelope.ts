import { z } from "zod";
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

/** `payload` and `signature` are base64; the key id is a hint, and nothing to rely on. */
export interface Envelope {
  readonly payload: string;
  readonly keyId: string;
  readonly signature: string;
}

/** A line of a bundle of attestations (`*.intoto.jsonl`). */
export function encodeEnvelope({ payload, keyId, signature }: Envelope): string {
  const members = { payload, payloadType: statementPayloadType, signatures: [{ keyid: keyId, sig: signature }] };
  return `${encodeCanonical(members)}\n`;
}

const Members = z.strictObject({
  payload: z.string(),
  payloadType: z.literal(statementPayloadType),
  signatures: z.tuple([z.strictObject({ keyid: z.string(), sig: z.string() })]),
});

/** A line without its end; null when it is not one as `encodeEnvelope` writes it, so that nobody can read it in two ways. */
export function readEnvelope(line: string): Envelope | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const read = Members.safeParse(value);
  if (!read.success) return null;
  const [{ keyid, sig }] = read.data.signatures;
  const envelope = { payload: read.data.payload, keyId: keyid, signature: sig };
  return encodeEnvelope(envelope) === `${line}\n` ? envelope : null;
}
