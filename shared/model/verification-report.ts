import { z } from "zod";
import { Sha256 } from "./digest.ts";
import { Instant } from "./instant.ts";

/** What each check answers, in the order in which a report shows them. */
const titles = {
  "container": "The archive is well formed and holds nothing besides the bundle",
  "manifest": "The manifest lists every file, once, and nothing is missing",
  "hashes": "Every file has the hash that the manifest names",
  "signature": "The signature is over exactly this manifest",
  "certificate": "The signer's certificate was valid when it signed",
  "timestamp": "The timestamp is over exactly this signature, by a trusted authority",
  "revocation": "No certificate was revoked before it signed",
  "trust": "The signer is one of the trusted signers",
  "report-pdf": "The report is signed by the same signer and unchanged since",
  "activity-log": "The activity log is one unbroken chain",
  "git-objects": "Git objects hash to their ids",
  "evidence": "Every piece of evidence is the one that its record names",
  "population-digest": "The population has the digest that was frozen before the draw",
  "reconciliation": "The reconciliation comes out the same",
  "completeness": "The completeness statement comes out the same",
  "draw": "The sample is what the seed draws",
  "people": "Who is who comes out of the evidence and the recorded decisions",
  "facts": "Every fact is what the evidence says",
  "results": "Every result comes out the same",
  "judgements": "What people judged stands beside results that exist, as the log tells it",
  "conclusions": "Every limit and conclusion comes out the same",
  "sign-offs": "Every sign-off was made in turn, and those that are void are told",
  "documents": "The documents say what the data says",
  "attestations": "The attestations are signed by the bundle's signer and say what the data says",
} as const;

export type CheckId = keyof typeof titles;
export const checkIds = Object.keys(titles) as [CheckId, ...CheckId[]];

/** Checks on the files and their signatures; the others are re-performance. */
export const integrityCheckIds = [
  "container",
  "manifest",
  "hashes",
  "signature",
  "certificate",
  "timestamp",
  "revocation",
  "trust",
  "report-pdf",
] as const satisfies readonly CheckId[];

/** `not-possible` is an answer of its own: nobody looked, so nothing is known. It must never be shown like `passed`. */
export const CheckOutcome = z.enum(["passed", "failed", "not-possible"]);
export type CheckOutcome = z.infer<typeof CheckOutcome>;

/** One question and its answer. For a difference: the first one, with what the bundle states (`expected`) and what comes out (`found`). */
export const Check = z.object({
  id: z.enum(checkIds),
  title: z.string(),
  outcome: CheckOutcome,
  /** One sentence: what was looked at and what came out. */
  detail: z.string(),
  /** The file, item or record that the difference is about. */
  subject: z.string().exactOptional(),
  expected: z.string().exactOptional(),
  found: z.string().exactOptional(),
});
export type Check = z.infer<typeof Check>;

export interface Difference {
  readonly subject?: string;
  readonly expected?: string;
  readonly found?: string;
}

export function passed(id: CheckId, detail: string): Check {
  return { id, title: titles[id], outcome: "passed", detail };
}

export function failed(id: CheckId, detail: string, difference: Difference = {}): Check {
  return { id, title: titles[id], outcome: "failed", detail, ...difference };
}

/** For a check that could not be done, or whose answer says nothing; `detail` says why. */
export function notPossible(id: CheckId, detail: string, difference: Difference = {}): Check {
  return { id, title: titles[id], outcome: "not-possible", detail, ...difference };
}

export const Signer = z.object({
  /** Distinguished name of the signer's certificate, for people. Anyone can make a certificate with any name. */
  subject: z.string(),
  /** SHA-256 of the signer's certificate in DER. */
  fingerprint: Sha256,
  /** SHA-256 of the last certificate of its chain in DER; equal to `fingerprint` when the chain is the certificate alone. */
  rootFingerprint: Sha256,
  trusted: z.boolean(),
  /** The name under which the verifier keeps this signer: the only name here that the bundle did not bring itself. */
  trustedName: z.string().exactOptional(),
});
export type Signer = z.infer<typeof Signer>;

/** One signature of the container, in the order in which they were made. */
export const SignatureView = z.object({
  /** The file that holds it. */
  file: z.string(),
  /** Null when it cannot be read or does not hold. */
  signer: Signer.nullable(),
  /** What the signer says to be, under the signature. Nobody confirms it. */
  claimedRole: z.string().nullable(),
  /** When the signer says that it signed. */
  signedAt: Instant.nullable(),
  /** What the signature comes with; null without one that holds. `trusted`: by an authority on the verifier's own list. */
  timestamp: z.object({ at: Instant, authority: z.string(), fingerprint: Sha256, trusted: z.boolean() }).nullable(),
});
export type SignatureView = z.infer<typeof SignatureView>;

/**
 * `not-reperformed`: whole and signed, but the audit in it was not done again, so that what it states is the signer's word. It
 * must never be shown like `verified`.
 */
export const Verdict = z.enum(["verified", "verified-signer-unknown", "not-reperformed", "failed"]);
export type Verdict = z.infer<typeof Verdict>;

export const VerificationReport = z.object({
  verdict: Verdict,
  /** Of the first signature; null when it could not be read or does not hold. */
  signer: Signer.nullable(),
  /** When that signer says that it signed. Without a timestamp there is only its word for it. */
  signedAt: Instant.nullable(),
  /** All signatures, the first one too. */
  signatures: z.array(SignatureView),
  checks: z.array(Check),
  bundle: z.object({
    path: z.string(),
    sha256: Sha256,
    size: z.int().nonnegative(),
    /** Null when the manifest cannot be read. */
    formatVersion: z.int().nullable(),
  }),
});
export type VerificationReport = z.infer<typeof VerificationReport>;

// Without these nothing is known about the bundle, so that a check which could not be done is as bad as a failed one.
const indispensable: readonly CheckId[] = ["container", "manifest", "hashes", "signature"];

// What makes an audit of a signed file. A reconciliation takes the whole population's evidence, which an export may leave out;
// a sign-off is over the whole engagement, of which a bundle may be a part.
const reperformed: readonly CheckId[] = [
  "activity-log",
  "git-objects",
  "evidence",
  "population-digest",
  "draw",
  "people",
  "facts",
  "results",
  "judgements",
  "conclusions",
  "documents",
  "attestations",
];

/**
 * Any failed check, or an indispensable one that was not done, fails the bundle. One whose audit was not done again is
 * `not-reperformed`, whoever signed it: a signer could otherwise label a bundle so that nobody looks. `verified` is only for signers who are all
 * trusted by a list kept outside of the bundle, with certificates that were valid: everything else in a bundle an attacker can
 * make consistent. A certificate of which nobody can tell any more whether it was valid leaves the signer unknown.
 */
export function verdictOf(checks: readonly Check[]): Verdict {
  const holds = (id: CheckId) => {
    const answers = checks.filter((check) => check.id === id);
    return answers.length > 0 && answers.every((check) => check.outcome === "passed");
  };
  if (checks.some((check) => check.outcome === "failed")) return "failed";
  if (!indispensable.every(holds)) return "failed";
  if (!checks.some(({ id }) => id === "certificate")) return "failed";
  if (!reperformed.every(holds)) return "not-reperformed";
  return holds("trust") && holds("certificate") ? "verified" : "verified-signer-unknown";
}

/** Of a bundle that is `not-reperformed`, the first check that keeps it from being called verified; null where none does. */
export function firstUndone({ checks }: Pick<VerificationReport, "checks">): Check | null {
  return checks.find(({ id, outcome }) => outcome === "not-possible" && reperformed.includes(id)) ?? null;
}

/** The first failed check in the order of the report, which is what a command line shows; null when none failed. */
export function firstFailure(report: Pick<VerificationReport, "checks">): Check | null {
  return report.checks.find((check) => check.outcome === "failed") ?? null;
}
