import type { ExceptionState, Severity } from "./audit-exception.ts";
import type { JudgementEffect } from "./judgement.ts";
import type { JudgementStanding } from "./judgement-view.ts";
import type { Restoration } from "./restoration.ts";
import type { NoteState } from "./review-note.ts";
import type { ScopeSignOffs, SignedPart, SignOffScope, StandingSignOff } from "./sign-off.ts";

/* One wording for the window, the report and the command line. */

export const effectWords: Readonly<Record<JudgementEffect, string>> = {
  "agreed": "agrees with the result",
  "disposed": "disposes of missing evidence",
  "overruled": "takes a failure for no deviation",
  "added": "finds a deviation that the rules did not",
};

export const judgementStandings: Readonly<Record<JudgementStanding, string>> = {
  "stands": "stands",
  "outdated": "outdated: the result is another since",
  "replaced": "replaced by a later one",
  "withdrawal": "takes the judgement back",
};

export const severityWords: Readonly<Record<Severity, string>> = {
  "deficiency": "deficiency",
  "significant-deficiency": "significant deficiency",
  "material-weakness": "material weakness",
};

export const exceptionStates: Readonly<Record<ExceptionState, string>> = {
  "open": "open",
  "answered": "answered",
  "retested": "remedy retested",
  "closed": "closed",
};

export const closureWords = {
  "remedied": "remedied",
  "risk-accepted": "risk accepted",
  "withdrawn": "withdrawn",
} as const;

export const noteStates: Readonly<Record<NoteState, string>> = {
  "open": "open",
  "answered": "answered, not cleared",
  "cleared": "cleared",
};

export const partWords: Readonly<Record<SignedPart, string>> = {
  "catalog": "the control or its parameters",
  "evidence": "the evidence",
  "population": "the population",
  "sample": "the sample",
  "results": "results",
  "judgements": "judgements",
  "exceptions": "exceptions",
  "conclusions": "conclusions",
};

export function sayRestoration({ of, by, reason }: Restoration): string {
  return `what revision ${of} did was undone by ${by}: ${reason}`;
}

export function nameScope(scope: SignOffScope): string {
  return scope.kind === "engagement" ? "engagement" : scope.control;
}

/** Why a sign-off is void; empty where it stands. */
export function sayVoid({ changed }: StandingSignOff): string {
  if (changed.length === 0) return "";
  return `void: changed since: ${changed.map((part) => partWords[part]).join(", ")}`;
}

/** Where a scope is on its way from nobody's name to both. */
export type SignOffProgress = "unsigned" | "prepared" | "reviewed" | "void";

export function progressOf({ preparer, reviewer }: ScopeSignOffs): SignOffProgress {
  const isVoid = [preparer, reviewer].some((each) => each !== null && each.changed.length > 0);
  if (isVoid) return "void";
  if (reviewer !== null) return "reviewed";
  return preparer === null ? "unsigned" : "prepared";
}
