import { createHash, type X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { TickmarkError } from "../../../shared/errors.ts";
import { millisecondsOf } from "../../../shared/model/instant.ts";
import { curves, shortestRsa } from "../../cms/object-ids.ts";
import { SignatureInvalid } from "../../cms/signature-invalid.ts";
import { type TimestampToken, verifyTimestamp } from "../../cms/timestamp-token.ts";
import type { TimestampRequest } from "./timestamp-request.ts";

/** PKIStatus (RFC 3161, 2.4.2): with these, and only with these, there is a token. */
const granted = [0, 1];
const failures: Readonly<Record<number, string>> = {
  0: "it does not know the algorithm",
  2: "the request is not one that it serves",
  5: "it cannot read the request",
  14: "it has no source of time",
  15: "it does not know the policy",
  16: "it does not know the extension",
  17: "it cannot give what was asked for",
  25: "it failed in itself",
};

/**
 * Checks an authority's answer in full before anything is done with it: granted, over this digest, for this request, signed by
 * a certificate for timestamps that is valid at the time that it states.
 *
 * @returns the token, in DER
 * @throws TickmarkError `timestamp-refused` or `timestamp-invalid`
 */
export function readReply(reply: Buffer, request: TimestampRequest, url: string): Buffer {
  const { status, token } = decode(reply, url);
  if (!granted.includes(status.status)) throw refused(url, status);
  if (token === null) throw invalid(url, "has no timestamp in it");
  check(token, request, url);
  return token;
}

function decode(reply: Buffer, url: string): { status: pkijs.PKIStatusInfo; token: Buffer | null } {
  try {
    const { offset, result } = asn1js.fromBER(new Uint8Array(reply).buffer);
    if (offset !== reply.length) throw invalid(url, "has something behind it, or an end missing");
    const { status, timeStampToken } = new pkijs.TimeStampResp({ schema: result });
    // The bytes as they came: what is kept is what was checked.
    const [, token] = result instanceof asn1js.Sequence ? result.valueBlock.value : [];
    return { status, token: timeStampToken && token ? Buffer.from(token.valueBeforeDecodeView) : null };
  } catch (cause) {
    if (cause instanceof TickmarkError) throw cause;
    throw invalid(url, "cannot be read", cause);
  }
}

function check(token: Buffer, request: TimestampRequest, url: string): void {
  const read = verify(token, request, url);
  if (read.nonce === null || !read.nonce.equals(request.nonce)) throw invalid(url, "answers another request");
  if (request.policy !== undefined && read.policy !== request.policy)
    throw invalid(url, `was given under the policy ${read.policy} and not under ${request.policy}`);
  const problem = problemOf(read.authority, read);
  if (problem !== null) throw invalid(url, problem);
}

function verify(token: Buffer, request: TimestampRequest, url: string): TimestampToken {
  try {
    // The request names SHA-256: a token over another digest is not over what was asked.
    const none = createHash("sha256").digest();
    return verifyTimestamp(token, (algorithm) => (algorithm === "sha256" ? request.sha256 : none));
  } catch (cause) {
    if (!(cause instanceof SignatureInvalid)) throw cause;
    throw invalid(url, cause.message, cause);
  }
}

function problemOf(authority: X509Certificate, { at }: TimestampToken): string | null {
  const moment = millisecondsOf(at);
  if (moment < authority.validFromDate.getTime() || moment > authority.validToDate.getTime())
    return `says ${at}, when its authority's certificate was not valid`;
  const { asymmetricKeyType, asymmetricKeyDetails } = authority.publicKey;
  const accepted =
    asymmetricKeyType === "rsa"
      ? (asymmetricKeyDetails?.modulusLength ?? 0) >= shortestRsa
      : curves.includes(asymmetricKeyDetails?.namedCurve ?? "");
  return accepted ? null : "is signed with a key that is not accepted";
}

function refused(url: string, status: pkijs.PKIStatusInfo): TickmarkError {
  const said = (status.statusStrings ?? []).map(({ valueBlock }) => valueBlock.value).join(" ");
  const bits = status.failInfo ? Buffer.from(status.failInfo.valueBlock.valueHexView) : Buffer.alloc(0);
  const because = Object.entries(failures).find(([bit]) => isSet(bits, Number(bit)))?.[1];
  const words = [because, said === "" ? undefined : JSON.stringify(said.slice(0, 200))].filter(Boolean).join(", ");
  return new TickmarkError(
    "timestamp-refused",
    `The timestamp authority ${url} refused${words === "" ? "" : `: ${words}`}.`,
    "Check its address and policy, or ask whoever runs it; the signature holds without a timestamp.",
  );
}

function isSet(bits: Buffer, bit: number): boolean {
  return ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0;
}

function invalid(url: string, reason: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "timestamp-invalid",
    `The timestamp from ${url} ${reason}.`,
    "Use another timestamp authority; the signature holds without a timestamp, and one can be added later.",
    cause === undefined ? undefined : { cause },
  );
}
