import { randomBytes } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { oids } from "../../cms/object-ids.ts";

export interface TimestampRequest {
  /** What is sent, in DER. */
  readonly der: Buffer;
  readonly sha256: Buffer;
  /** Comes back in the answer to this request and in no other. */
  readonly nonce: Buffer;
  readonly policy: string | undefined;
}

/**
 * A TimeStampReq (RFC 3161, 2.4.1) over a SHA-256, with a nonce, and asking for the authority's certificate.
 *
 * @param policy under which the authority shall answer, an object identifier
 */
export function buildRequest(sha256: Buffer, policy: string | undefined): TimestampRequest {
  const nonce = randomBytes(16);
  // A positive number without a zero in front: one spelling, which comes back as it was sent.
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: oids.sha256, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({ valueHex: new Uint8Array(sha256).buffer }),
    }),
    ...(policy === undefined ? {} : { reqPolicy: policy }),
    nonce: new asn1js.Integer({ valueHex: new Uint8Array(nonce).buffer }),
    certReq: true,
  });
  return { der: Buffer.from(request.toSchema().toBER()), sha256, nonce, policy };
}
