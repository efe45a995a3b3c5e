import type { X509Certificate } from "node:crypto";
import { type Instant, instantOf, millisecondsOf } from "../../shared/model/instant.ts";
import { type Check, failed, notPossible, passed } from "../../shared/model/verification-report.ts";
import { nameOf } from "./certificate-chain.ts";
import type { RevocationList } from "./revocation-list.ts";
import { fingerprintOf, type TrustedSigner } from "./trust.ts";

/** Who may say that a certificate was revoked: its issuer, by a list; and the one who verifies, on the own list. */
export interface RevocationSources {
  readonly lists: readonly RevocationList[];
  readonly signers: readonly TrustedSigner[];
}

/**
 * Whether a certificate of the chain had been revoked when it signed.
 *
 * @param claimedAt when the signer says that it signed, or when an authority says that it stamped
 * @param provenAt by when the signature was there for sure; without it whoever has the key could have signed later and said less
 */
export function checkRevocation(
  chain: readonly X509Certificate[],
  claimedAt: Instant,
  provenAt: Instant | null,
  sources: RevocationSources,
  now: Date,
): Check {
  const answers = chain.slice(0, -1).map((certificate, index) => {
    const issuer = chain[index + 1];
    return answerFor(certificate, issuer, provenAt ?? claimedAt, sources, now);
  });
  const own = sources.signers.find(({ revokedAt, fingerprint }) => {
    return revokedAt !== undefined && chain.some((certificate) => fingerprintOf(certificate) === fingerprint);
  });
  if (own?.revokedAt !== undefined)
    answers.push({ revocation: { at: own.revokedAt, reason: "your own list says so" }, subject: own.name });
  for (const { revocation, subject } of answers) {
    if (revocation === undefined) continue;
    const check = judge(revocation, subject, claimedAt, provenAt);
    if (check !== null) return check;
  }
  const open = answers.find(({ unknown }) => unknown !== undefined);
  if (open?.unknown !== undefined && own === undefined) return notPossible("revocation", open.unknown);
  if (answers.some(({ revocation }) => revocation !== undefined)) {
    return passed("revocation", `A certificate was revoked later; by then the signature was there, since ${provenAt}.`);
  }
  return answers.length === 0
    ? notPossible("revocation", "There is nobody above the certificate who could revoke it.")
    : passed("revocation", "By the revocation lists of its issuers, no certificate of the chain had been revoked.");
}

interface Answer {
  readonly subject: string;
  readonly revocation?: { readonly at: Instant; readonly reason: string };
  readonly unknown?: string;
}

function answerFor(
  certificate: X509Certificate,
  issuer: X509Certificate | undefined,
  at: Instant,
  { lists }: RevocationSources,
  now: Date,
): Answer {
  const subject = nameOf(certificate);
  const own = lists.filter((list) => issuer !== undefined && list.isBy(issuer));
  const revocation = own.map((list) => list.find(certificate)).find((found) => found !== null);
  if (revocation) return { subject, revocation };
  // A list that was made later than the signature, or that still holds, would name the certificate.
  const tells = own.some(({ issuedAt, nextAt }) => issuedAt >= at || (nextAt ?? "") >= instantOf(now.getTime()));
  if (tells) return { subject };
  const last = own
    .map(({ issuedAt }) => issuedAt)
    .sort()
    .at(-1);
  const unknown =
    last === undefined
      ? `No revocation list of the issuer of ${subject} was handed over, and nothing is looked up in a network.`
      : `The revocation list of the issuer of ${subject} is of ${last}, older than the signature, and out of date.`;
  return { subject, unknown };
}

function judge(
  { at, reason }: { readonly at: Instant; readonly reason: string },
  subject: string,
  claimedAt: Instant,
  provenAt: Instant | null,
): Check | null {
  if (provenAt !== null && millisecondsOf(provenAt) < millisecondsOf(at)) return null;
  const revoked = `The certificate was revoked at ${at} (${reason})`;
  const detail =
    provenAt === null && claimedAt < at
      ? `${revoked}; that it signed before, at ${claimedAt}, is claimed by the signer alone.`
      : `${revoked}, before it signed.`;
  return failed("revocation", detail, { subject, expected: `a signature before ${at}`, found: provenAt ?? claimedAt });
}
