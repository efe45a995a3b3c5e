import { z } from "zod";
import { Sha256 } from "./digest.ts";
import { Instant } from "./instant.ts";
import { PersonName, Words } from "./judgement.ts";

/** What is signed off: one control, or all of the engagement. */
export const SignOffScope = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("control"), control: z.string().min(1).max(200) }),
  z.object({ kind: z.literal("engagement") }),
]);
export type SignOffScope = z.infer<typeof SignOffScope>;

export const SignOffRole = z.enum(["preparer", "reviewer"]);
export type SignOffRole = z.infer<typeof SignOffRole>;

/** What lies under a sign-off, in the order in which a change of it is told. */
export const signedParts = [
  "catalog",
  "evidence",
  "population",
  "sample",
  "results",
  "judgements",
  "exceptions",
  "conclusions",
] as const;
export type SignedPart = (typeof signedParts)[number];

/** SHA-256 of the canonical JSON of each part. */
export const SignedDigests = z.record(z.enum(signedParts), Sha256);
export type SignedDigests = z.infer<typeof SignedDigests>;

/**
 * A name under what it says. It holds the digests of everything under it, so that it is void as soon as something there is
 * another: that is found by comparing, and kept nowhere.
 */
export const SignOff = z.object({
  /** From 1: `S.1`. */
  number: z.int().positive(),
  scope: SignOffScope,
  role: SignOffRole,
  by: PersonName,
  at: Instant,
  digests: SignedDigests,
  /**
   * Where it takes back an earlier one, by who gave that: its number, and why. It has the digests of what it takes back, and
   * nobody's name stands under the scope in this role afterwards.
   */
  withdrawal: z.object({ of: z.int().positive(), reason: Words }).exactOptional(),
});
export type SignOff = z.infer<typeof SignOff>;

export const SignOffRequest = z.object({
  scope: SignOffScope,
  role: SignOffRole,
  by: PersonName.exactOptional(),
});
export type SignOffRequest = z.infer<typeof SignOffRequest>;

/** The newest sign-off of a role and scope is withdrawn. */
export const WithdrawRequest = z.object({ number: z.int().positive(), reason: Words, by: PersonName.exactOptional() });
export type WithdrawRequest = z.infer<typeof WithdrawRequest>;

/** A sign-off, and what has changed under it since: it is void unless nothing has. */
export const StandingSignOff = z.object({ signOff: SignOff, changed: z.array(z.enum(signedParts)) });
export type StandingSignOff = z.infer<typeof StandingSignOff>;

/** The newest sign-off of each role; null where nobody has signed, or who did has withdrawn it. */
export const ScopeSignOffs = z.object({
  scope: SignOffScope,
  preparer: StandingSignOff.nullable(),
  reviewer: StandingSignOff.nullable(),
});
export type ScopeSignOffs = z.infer<typeof ScopeSignOffs>;

/** `S.1`. */
export function signOffRef({ number }: Pick<SignOff, "number">): string {
  return `S.${number}`;
}

/** One spelling for a scope. */
export function scopeKey(scope: SignOffScope): string {
  return scope.kind === "control" ? `control ${scope.control}` : "engagement";
}
