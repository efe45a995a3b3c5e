import { TickmarkError } from "../../../shared/errors.ts";
import { actOnException, raiseException } from "../../../shared/judgement/exception-acts.ts";
import { judgeResult } from "../../../shared/judgement/judging.ts";
import { actOnNote, raiseNote } from "../../../shared/judgement/note-acts.ts";
import { signOff, withdrawSignOff } from "../../../shared/judgement/signing-off.ts";
import {
  type AuditException,
  type ExceptionAct,
  exceptionRef,
  type LinkedItem,
  type RaiseRequest,
} from "../../../shared/model/audit-exception.ts";
import { populationsOf } from "../../../shared/model/catalog.ts";
import { type Judgement, type JudgementRequest, resultKeyOf } from "../../../shared/model/judgement.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import { type NoteAct, type NoteRequest, noteRef, type ReviewNote } from "../../../shared/model/review-note.ts";
import type { SignOff, SignOffRequest, WithdrawRequest } from "../../../shared/model/sign-off.ts";
import { readCatalog } from "../catalog-settings.ts";
import { digest } from "../digest.ts";
import type { Session } from "../session.ts";
import { readSignedState } from "../signed-state.ts";
import { findResult } from "../standing-judgements.ts";
import { readTestedSamples } from "../tested-samples.ts";
import { requireEvaluated } from "./evaluated-samples.ts";

/*
 * What people say about the results. Each act is recorded under the name that is given, and under the auditor's without
 * one: Tickmark knows nobody's password, so that a name is claimed here, and proved by the signature on the bundle.
 */

/** @throws request-invalid for a result that there is none of, or a document that was not pulled; judgement-refused */
export function judge(session: Session, request: JudgementRequest): Judgement {
  const { writable: store } = session;
  const result = findResult(session, request);
  if (!result) {
    const { control, assertion, item, population } = request;
    throw new TickmarkError(
      "request-invalid",
      `No result of ${control} ${assertion} on ${item} is in a sample of ${nounsOf(population)} that is tested.`,
      "Choose a result of the testing matrix.",
    );
  }
  const judgements = store.judgements();
  requireDocuments(session, request.procedure?.documents ?? []);
  if (request.outcome === null) requireJudged(request, judgements);
  const judgement = judgeResult(request, result, { number: judgements.length + 1, ...doing(session, request) }, digest);
  store.appendJudgement(judgement);
  return judgement;
}

function requireJudged(request: JudgementRequest, judgements: readonly Judgement[]): void {
  const key = resultKeyOf(request);
  const last = judgements.findLast((judgement) => resultKeyOf(judgement) === key);
  if (last !== undefined && last.outcome !== null) return;
  throw new TickmarkError(
    "judgement-refused",
    "There is no judgement on this result to take back.",
    "The result stands as the rule found it. Look at the testing matrix for results that were judged.",
  );
}

function requireDocuments(session: Session, documents: readonly string[]): void {
  const missing = documents.find((sha256) => session.store.describeEvidence(sha256).length === 0);
  if (missing === undefined) return;
  throw new TickmarkError(
    "request-invalid",
    `The engagement has no evidence ${missing}.`,
    "Add the document as a source of files and pull it, then name it by its SHA-256.",
  );
}

/** @throws request-invalid for a control or item that is not tested */
export function raise(session: Session, request: RaiseRequest): AuditException {
  requireTested(session, request.control, request.items);
  const exception = raiseException(request, session.store.exceptions().length + 1, doing(session, request));
  session.writable.appendException(exception, exception.by);
  return exception;
}

/** @throws request-invalid, stage-order */
export function act(session: Session, request: ExceptionAct): AuditException {
  if (request.kind === "revise") requireTested(session, request.control, request.items);
  const known = session.store.exceptions().find(({ number }) => number === request.number);
  if (!known) throw unknown(`exception ${exceptionRef(request)}`);
  const done = doing(session, request);
  const exception = actOnException(known, request, done);
  session.writable.appendException(exception, done.by);
  return exception;
}

/** @throws stage-order, sign-off-refused, notes-open */
export function sign(session: Session, request: SignOffRequest): SignOff {
  const { writable: store } = session;
  if (request.scope.kind === "engagement") requireEvaluated(session, readTestedSamples(session));
  const signOffs = store.signOffs();
  const signing = { number: signOffs.length + 1, signOffs, notes: store.reviewNotes(), ...doing(session, request) };
  const signed = signOff(request, readSignedState(session), signing, digest);
  store.appendSignOff(signed);
  return signed;
}

/** @throws request-invalid, sign-off-refused */
export function withdraw(session: Session, request: WithdrawRequest): SignOff {
  const { writable: store } = session;
  const signOffs = store.signOffs();
  const withdrawal = withdrawSignOff(request, { number: signOffs.length + 1, signOffs, ...doing(session, request) });
  store.appendSignOff(withdrawal);
  return withdrawal;
}

/** @throws request-invalid for a control or item that is not tested */
export function ask(session: Session, request: NoteRequest): ReviewNote {
  const { about } = request;
  if (about.kind !== "engagement") requireTested(session, about.control, about.kind === "item" ? [about] : []);
  const note = raiseNote(request, session.store.reviewNotes().length + 1, doing(session, request));
  session.writable.appendReviewNote(note, note.by);
  return note;
}

/** @throws request-invalid, stage-order, note-not-yours */
export function actOn(session: Session, request: NoteAct): ReviewNote {
  const known = session.store.reviewNotes().find(({ number }) => number === request.number);
  if (!known) throw unknown(`review note ${noteRef(request)}`);
  const done = doing(session, request);
  const note = actOnNote(known, request, done);
  session.writable.appendReviewNote(note, done.by);
  return note;
}

export function doing(
  session: Session,
  { by }: { readonly by?: string },
): { readonly by: string; readonly at: string } {
  // As records spell a name: an engagement file from elsewhere may have spaces around its auditor's.
  return { by: (by ?? session.store.engagement().auditor).trim(), at: session.now() };
}

function requireTested(session: Session, control: string, items: readonly LinkedItem[]): void {
  const found = readCatalog(session).controls.find(({ id }) => id === control);
  if (!found) throw unknown(`control ${control}`);
  const samples = readTestedSamples(session);
  for (const { population, item } of items) {
    const isTested = samples.some((sample) => sample.population === population && sample.drawn.includes(item));
    if (isTested && populationsOf(found).includes(population)) continue;
    throw new TickmarkError(
      "request-invalid",
      `${control} is not tested on ${item} in a sample of ${nounsOf(population)}.`,
      "Choose an item of the testing matrix.",
    );
  }
}

function unknown(what: string): TickmarkError {
  return new TickmarkError(
    "request-invalid",
    `There is no ${what} in this engagement.`,
    "List them to see which there are.",
  );
}
