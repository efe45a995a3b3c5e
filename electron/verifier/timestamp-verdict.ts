import { X509Certificate } from "node:crypto";
import { type Instant, instantOf, millisecondsOf } from "../../shared/model/instant.ts";
import { type Check, failed, notPossible, passed, type SignatureView } from "../../shared/model/verification-report.ts";
import { SignatureInvalid } from "../cms/signature-invalid.ts";
import type { TimestampToken } from "../cms/timestamp-token.ts";
import { buildChain, nameOf, problemOfCertificates } from "./certificate-chain.ts";
import { checkRevocation, type RevocationSources } from "./revocation-verdict.ts";
import { findTrusted, fingerprintOf, type TrustedAuthority } from "./trust.ts";

// Clocks differ; a time from further ahead than this is a wrong one.
export const toleratedAhead = 24 * 60 * 60 * 1000;

export interface TimestampVerdict {
  readonly check: Check;
  /** By when the signature was there for sure; null when nobody that is trusted says so. */
  readonly provenAt: Instant | null;
  readonly view: SignatureView["timestamp"];
}

/**
 * What a signature's timestamp is worth: over that signature, from a certificate that was valid, by an authority on the
 * verifier's own list. One that the bundle brings along could be anybody's clock.
 *
 * @param claimedAt when the signer says that it signed
 */
export function judgeTimestamp(
  timestamp: TimestampToken | SignatureInvalid | null,
  claimedAt: Instant,
  authorities: readonly TrustedAuthority[],
  revocations: RevocationSources,
  now: Date,
): TimestampVerdict {
  if (timestamp === null) {
    const detail = `Nobody stamped the signature: that it was made at ${claimedAt} is claimed by the signer alone.`;
    return { check: notPossible("timestamp", detail), provenAt: null, view: null };
  }
  if (timestamp instanceof SignatureInvalid) {
    const { message, expected, found } = timestamp;
    const values = { ...(expected === undefined ? {} : { expected }), ...(found === undefined ? {} : { found }) };
    return { check: failed("timestamp", `The timestamp ${message}.`, values), provenAt: null, view: null };
  }
  return judgeToken(timestamp, claimedAt, authorities, revocations, now);
}

function judgeToken(
  token: TimestampToken,
  claimedAt: Instant,
  authorities: readonly TrustedAuthority[],
  revocations: RevocationSources,
  now: Date,
): TimestampVerdict {
  const pinned = authorities.flatMap(({ certificate }) => certificateOf(certificate) ?? []);
  const { certificates } = buildChain(token.authority, [...token.certificates, ...pinned]);
  const trusted = findTrusted(certificates, authorities);
  const authority = nameOf(token.authority);
  const view = { at: token.at, authority, fingerprint: fingerprintOf(token.authority), trusted: trusted !== null };
  const problem =
    problemOfCertificates(certificates, token.at, "which the timestamp states") ??
    problemOfTimes(token, claimedAt, now);
  if (problem !== null) {
    const check = failed("timestamp", problem, { subject: authority });
    return { check, provenAt: null, view: { ...view, trusted: false } };
  }
  if (trusted === null) {
    const detail = `The timestamp says ${token.at}, by ${authority}, who is on no list of yours: anyone can run a clock. Compare the fingerprint ${view.fingerprint}, or that of a certificate above it, over another channel, then add it to timestampAuthorities.`;
    return { check: notPossible("timestamp", detail), provenAt: null, view };
  }
  const revocation = checkRevocation(certificates, token.at, null, revocations, now);
  if (revocation.outcome === "failed") {
    const check = failed("timestamp", `The timestamp's authority cannot be relied on. ${revocation.detail}`);
    return { check, provenAt: null, view: { ...view, trusted: false } };
  }
  const expired = token.authority.validToDate < now ? " The authority's certificate has expired since." : "";
  const detail = `The signature was there at ${token.at}: so says ${JSON.stringify(trusted.name)}, whom you trust.${expired}`;
  return { check: passed("timestamp", detail), provenAt: token.at, view };
}

function problemOfTimes({ at }: TimestampToken, claimedAt: Instant, now: Date): string | null {
  if (millisecondsOf(at) > now.getTime() + toleratedAhead)
    return `The timestamp says ${at}, which is in the future of ${instantOf(now.getTime())}.`;
  if (millisecondsOf(claimedAt) > millisecondsOf(at) + toleratedAhead)
    return `The signer says that it signed at ${claimedAt}, and the timestamp was given at ${at}, before that.`;
  return null;
}

function certificateOf(pem: string | undefined): X509Certificate | null {
  try {
    return pem === undefined ? null : new X509Certificate(pem);
  } catch {
    return null;
  }
}
