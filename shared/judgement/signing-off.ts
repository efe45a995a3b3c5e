import { TickmarkError } from "../errors.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import type { Digest } from "../model/digest.ts";
import type { Instant } from "../model/instant.ts";
import { noteRef, type ReviewNote } from "../model/review-note.ts";
import {
  type ScopeSignOffs,
  type SignOff,
  type SignOffRequest,
  type SignOffRole,
  type SignOffScope,
  scopeKey,
  signedParts,
  signOffRef,
  type WithdrawRequest,
} from "../model/sign-off.ts";
import { openNotes } from "./note-acts.ts";
import { isSameName } from "./person-name.ts";
import { digestsUnder, type SignedState } from "./signed-state.ts";

/** The newest sign-offs of a scope, and what has changed under each since: computed, and kept nowhere. */
export function standingSignOffs(
  scope: SignOffScope,
  signOffs: readonly SignOff[],
  state: SignedState,
  digest: Digest,
): ScopeSignOffs {
  const key = scopeKey(scope);
  const own = signOffs.filter((signOff) => scopeKey(signOff.scope) === key);
  if (own.length === 0) return { scope, preparer: null, reviewer: null };
  const now = digestsUnder(scope, state, digest);
  const newest = (role: SignOffRole) => {
    const signOff = newestOf(own, scope, role);
    if (signOff === null) return null;
    return { signOff, changed: signedParts.filter((part) => signOff.digests[part] !== now[part]) };
  };
  return { scope, preparer: newest("preparer"), reviewer: newest("reviewer") };
}

/** The sign-off that counts of a scope in a role, whether or not it is void; null where there is none, or it was withdrawn. */
export function newestOf(signOffs: readonly SignOff[], scope: SignOffScope, role: SignOffRole): SignOff | null {
  const key = scopeKey(scope);
  const newest = signOffs.findLast((each) => each.role === role && scopeKey(each.scope) === key);
  return newest === undefined || newest.withdrawal !== undefined ? null : newest;
}

interface Signing {
  readonly number: number;
  readonly by: string;
  readonly at: Instant;
  readonly signOffs: readonly SignOff[];
  readonly notes: readonly ReviewNote[];
}

/**
 * A name under a scope as it is now.
 *
 * @throws stage-order where nothing was tested, sign-off-refused where it is not this person's turn, notes-open naming the
 * review notes that stand in a reviewer's way
 */
export function signOff(
  { scope, role }: SignOffRequest,
  state: SignedState,
  { number, by, at, signOffs, notes }: Signing,
  digest: Digest,
): SignOff {
  requireTested(scope, state);
  if (role === "reviewer") {
    const { preparer } = standingSignOffs(scope, signOffs, state, digest);
    requireReviewable(scope, preparer, by);
    requireIndependence(scope, state, signOffs, by);
    requireNotesCleared(scope, notes);
  }
  return { number, scope, role, by, at, digests: digestsUnder(scope, state, digest) };
}

/**
 * The record by which a sign-off is taken back: it stays in the log, and counts no more.
 *
 * @throws sign-off-refused
 */
export function withdrawSignOff(
  { number: of, reason }: Omit<WithdrawRequest, "by">,
  { number, by, at, signOffs }: Omit<Signing, "notes">,
): SignOff {
  const given = signOffs.find((each) => each.number === of);
  if (given === undefined)
    throw new TickmarkError("request-invalid", `There is no sign-off S.${of}.`, "List them to see which there are.");
  const { scope, role, digests } = given;
  const withdrawal = { number, scope, role, by, at, digests, withdrawal: { of, reason } };
  const fault = faultOfWithdrawal(withdrawal, signOffs);
  if (fault) throw new TickmarkError("sign-off-refused", fault.what, fault.action);
  return withdrawal;
}

/**
 * Why a sign-off may not be withdrawn, by the same rule for who does it and for who verifies it.
 *
 * @param before all sign-offs that were made until then
 */
export function faultOfWithdrawal(
  { scope, role, by, withdrawal, digests }: SignOff,
  before: readonly SignOff[],
): { readonly what: string; readonly action: string } | null {
  const standing = newestOf(before, scope, role);
  const ref = `S.${withdrawal?.of ?? ""}`;
  if (standing === null || standing.number !== withdrawal?.of)
    return { what: `${ref} is not what stands under the ${nameOf(scope)}.`, action: "Withdraw the newest sign-off." };
  if (!isSameName(standing.by, by))
    return {
      what: `${ref} was given by ${standing.by}, and ${by} cannot withdraw it.`,
      action: `Ask ${standing.by} to withdraw it.`,
    };
  if (encodeCanonical(standing.digests) !== encodeCanonical(digests))
    return { what: `The withdrawal of ${ref} names something else than it was over.`, action: "Withdraw it again." };
  const reviewer = role === "preparer" ? newestOf(before, scope, "reviewer") : null;
  if (reviewer !== null)
    return {
      what: `${ref} cannot be withdrawn while the reviewer's ${signOffRef(reviewer)} by ${reviewer.by} rests on it.`,
      action: `Let ${reviewer.by} withdraw theirs first.`,
    };
  return null;
}

function requireTested(scope: SignOffScope, { results, catalog }: SignedState): void {
  if (scope.kind === "control" && !catalog.controls.some(({ id }) => id === scope.control)) {
    throw new TickmarkError(
      "request-invalid",
      `The catalog has no control ${scope.control}.`,
      "Name a control of the catalog.",
    );
  }
  for (const _ of results(scope.kind === "control" ? scope.control : null)) return;
  throw new TickmarkError("stage-order", `Nothing was tested of the ${nameOf(scope)}.`, "Draw and evaluate first.");
}

function requireReviewable(scope: SignOffScope, preparer: ScopeSignOffs["preparer"], by: string): void {
  const what = `The ${nameOf(scope)} cannot be signed off by a reviewer`;
  if (preparer === null) {
    throw new TickmarkError("sign-off-refused", `${what}: no preparer has.`, "Let the preparer sign off first.");
  }
  if (preparer.changed.length > 0) {
    const changed = preparer.changed.join(", ");
    throw new TickmarkError(
      "sign-off-refused",
      `${what}: the preparer's sign-off is void, since this has changed under it: ${changed}.`,
      "Let the preparer sign off again.",
    );
  }
  if (isSameName(preparer.signOff.by, by)) {
    throw new TickmarkError("sign-off-refused", `${what} who prepared it: ${by}.`, "Another person has to review it.");
  }
}

/** Nobody reviews what is their own: neither what they signed as preparer below, nor a judgement that they made. */
function requireIndependence(
  scope: SignOffScope,
  { judgements }: SignedState,
  signOffs: readonly SignOff[],
  by: string,
): void {
  const isUnder = (control: string) => scope.kind === "engagement" || control === scope.control;
  const own =
    judgements.find((judgement) => isUnder(judgement.control) && isSameName(judgement.by, by))?.control ??
    signOffs.flatMap((each) =>
      each.role === "preparer" &&
      each.scope.kind === "control" &&
      isUnder(each.scope.control) &&
      isSameName(each.by, by)
        ? [each.scope.control]
        : [],
    )[0];
  if (own === undefined) return;
  throw new TickmarkError(
    "sign-off-refused",
    `The ${nameOf(scope)} cannot be reviewed by ${by}, who judged or prepared ${own}.`,
    "Another person has to review it.",
  );
}

function requireNotesCleared(scope: SignOffScope, notes: readonly ReviewNote[]): void {
  const open = openNotes(notes, scope);
  if (open.length === 0) return;
  throw new TickmarkError(
    "notes-open",
    `The ${nameOf(scope)} cannot be signed off by a reviewer while review notes are open: ${open.map(noteRef).join(", ")}.`,
    "Answer them, and let who raised them clear them.",
  );
}

function nameOf(scope: SignOffScope): string {
  return scope.kind === "engagement" ? "engagement" : `control ${scope.control}`;
}
