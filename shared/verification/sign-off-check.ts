import { faultOf } from "../errors.ts";
import { parseCatalog } from "../evaluation/catalog-text.ts";
import { openNotes } from "../judgement/note-acts.ts";
import { isSameName } from "../judgement/person-name.ts";
import type { SignedState } from "../judgement/signed-state.ts";
import { faultOfWithdrawal, newestOf, standingSignOffs } from "../judgement/signing-off.ts";
import type { Activity } from "../model/activity.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import type { Digest } from "../model/digest.ts";
import { nameScope, sayVoid } from "../model/judgement-words.ts";
import type { Result } from "../model/result.ts";
import type { Results } from "../model/results.ts";
import { noteRef, ReviewNote } from "../model/review-note.ts";
import { type SignOff, type SignOffScope, scopeKey, signOffRef } from "../model/sign-off.ts";
import { type Check, type Difference, failed, notPossible, passed } from "../model/verification-report.ts";
import type { BundleStatements } from "./bundle-reading.ts";

/**
 * Sign-offs were made in turn, by people who may make them, and their digests are computed again over what is in the bundle: one
 * that is void is told, since it says nothing about what is here. Nobody's name is proved by this: the signature is.
 */
export function checkSignOffs(statements: BundleStatements, digest: Digest): Check {
  const { signOffs } = statements;
  if (signOffs.length === 0) return passed("sign-offs", "Nobody signed off anything.");
  for (const [index, signOff] of signOffs.entries()) {
    const fault = findFault(signOff, signOffs.slice(0, index), statements);
    if (fault) return failed("sign-offs", fault.what, { subject: signOffRef(signOff), ...fault.difference });
  }
  if (statements.engagement.split !== undefined) {
    const why = "They are over the whole engagement, of which this bundle is one part.";
    return notPossible("sign-offs", why);
  }
  try {
    return tellStanding(statements, signedState(statements), digest);
  } catch (error) {
    return failed("sign-offs", faultOf(error).message);
  }
}

export function signedState(statements: BundleStatements): SignedState {
  const { catalogText, engagement, ipe, currentFreezes, samples, results, judgements, exceptions } = statements;
  return {
    catalogText,
    catalog: parseCatalog(catalogText).catalog,
    parameters: engagement.parameters,
    ipe,
    freezes: currentFreezes,
    samples,
    results: (control) => (control === null ? results : resultsOf(control, results)),
    judgements,
    exceptions,
    conclusions: statements.summaries,
  };
}

function* resultsOf(control: string, results: Results): Generator<Result> {
  for (const result of results) if (result.control === control) yield result;
}

function tellStanding(statements: BundleStatements, state: SignedState, digest: Digest): Check {
  const { signOffs, redactions } = statements;
  const scopes = new Map<string, SignOffScope>(signOffs.map(({ scope }) => [scopeKey(scope), scope]));
  const newest = [...scopes.values()].flatMap((scope) => {
    const { preparer, reviewer } = standingSignOffs(scope, signOffs, state, digest);
    return [preparer, reviewer].flatMap((each) => each ?? []);
  });
  const isVoid = newest.filter(({ changed }) => changed.length > 0);
  const stands = `${newest.length - isVoid.length} of ${newest.length} sign-offs are over just what is in the bundle`;
  if (isVoid.length === 0) return passed("sign-offs", `${stands}.`);
  if (redactions !== null) {
    return notPossible("sign-offs", `${stands}; what the others are over was redacted, so that nobody can tell.`);
  }
  const told = isVoid.map((each) => {
    const { scope, role, by } = each.signOff;
    return `${signOffRef(each.signOff)} of ${nameScope(scope)} by ${by} as ${role} is ${sayVoid(each)}`;
  });
  return passed("sign-offs", `${stands}. ${told.join(". ")}.`);
}

interface Fault {
  readonly what: string;
  readonly difference?: Difference;
}

function findFault(signOff: SignOff, before: readonly SignOff[], statements: BundleStatements): Fault | undefined {
  if (signOff.withdrawal !== undefined) {
    const fault = faultOfWithdrawal(signOff, before);
    return fault ? { what: fault.what } : undefined;
  }
  if (signOff.role === "preparer") return undefined;
  const { scope, by } = signOff;
  const ref = signOffRef(signOff);
  const preparer = newestOf(before, scope, "preparer");
  if (preparer === null) return { what: `${ref} reviews what nobody had prepared.` };
  if (encodeCanonical(preparer.digests) !== encodeCanonical(signOff.digests)) {
    return { what: `${ref} reviews something else than ${signOffRef(preparer)} prepared.` };
  }
  if (isSameName(preparer.by, by)) {
    const difference = { expected: `another name than ${preparer.by}`, found: by };
    return { what: `${ref} reviews what the same person prepared.`, difference };
  }
  const open = openNotes(notesAt(statements.activities, ref), scope);
  return open.length === 0
    ? undefined
    : { what: `${ref} was made while review notes were open: ${open.map(noteRef).join(", ")}.` };
}

/** Review notes as they were when a sign-off was logged. */
function notesAt(activities: readonly Activity[], ref: string): ReviewNote[] {
  const end = activities.findIndex(({ kind, subject }) => kind === "signed-off" && subject === ref);
  const notes = activities
    .slice(0, Math.max(end, 0))
    .filter(({ kind }) => kind === "note-raised" || kind === "note-changed")
    .map(({ subject, after }) => [subject, after] as const);
  return [...new Map(notes).values()].flatMap((after) => {
    const read = ReviewNote.safeParse(after);
    return read.success ? [read.data] : [];
  });
}
