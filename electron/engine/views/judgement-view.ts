import type { Standing } from "../../../shared/judgement/judging.ts";
import { standingSignOffs } from "../../../shared/judgement/signing-off.ts";
import { type AuditException, exceptionRef, stateOfException } from "../../../shared/model/audit-exception.ts";
import { effectOf, type Judgement, judgementRef } from "../../../shared/model/judgement.ts";
import type {
  ExceptionView,
  JudgementStanding,
  JudgementView,
  NoteView,
} from "../../../shared/model/judgement-view.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { type NoteSubject, noteRef, type ReviewNote, stateOfNote } from "../../../shared/model/review-note.ts";
import type { ScopeSignOffs, SignOffScope } from "../../../shared/model/sign-off.ts";
import { referenceIn, type TestedSample } from "../../../shared/sample/tested-samples.ts";
import { digest } from "../digest.ts";
import type { Session } from "../session.ts";
import { readSignedState } from "../signed-state.ts";
import { readStanding } from "../standing-judgements.ts";
import { readTestedSamples } from "../tested-samples.ts";

/** Every judgement in the order in which they were made, with what became of it. */
export function listJudgements(session: Session): JudgementView[] {
  const standing = readStanding(session);
  return session.store.judgements().map((judgement) => viewJudgement(judgement, standing));
}

export function viewJudgement(judgement: Judgement, standing: Standing): JudgementView {
  const { tested, outcome } = judgement;
  return {
    ref: judgementRef(judgement),
    judgement,
    effect: outcome === null ? null : effectOf(tested, outcome),
    standing: standingOf(judgement, standing),
  };
}

function standingOf({ number, outcome }: Judgement, { judgements, outdated }: Standing): JudgementStanding {
  const isIn = (all: readonly Judgement[]) => all.some((each) => each.number === number);
  if (isIn(judgements)) return "stands";
  if (isIn(outdated)) return "outdated";
  return outcome === null ? "withdrawal" : "replaced";
}

export function listExceptions(session: Session): ExceptionView[] {
  const samples = readTestedSamples(session);
  return session.store.exceptions().map((exception) => viewException(exception, samples));
}

export function viewException(exception: AuditException, samples: readonly TestedSample[]): ExceptionView {
  return {
    ref: exceptionRef(exception),
    exception,
    state: stateOfException(exception),
    itemRefs: exception.items.map(({ population, item }) => refOf(samples, population, item)),
  };
}

export function listNotes(session: Session): NoteView[] {
  const samples = readTestedSamples(session);
  return session.store.reviewNotes().map((note) => viewNote(note, samples));
}

export function viewNote(note: ReviewNote, samples: readonly TestedSample[]): NoteView {
  return { ref: noteRef(note), note, state: stateOfNote(note), about: nameSubject(note.about, samples) };
}

function nameSubject(about: NoteSubject, samples: readonly TestedSample[]): string {
  if (about.kind === "engagement") return "engagement";
  if (about.kind === "control") return about.control;
  return `${about.control} on ${refOf(samples, about.population, about.item) ?? about.item}`;
}

function refOf(samples: readonly TestedSample[], population: PopulationKind, item: string): string | null {
  const sample = samples.find((each) => each.population === population && each.drawn.includes(item));
  return sample ? referenceIn(sample, item) : null;
}

/** The engagement's sign-offs, then those of each control that was tested. */
export function listSignOffs(session: Session): ScopeSignOffs[] {
  // Every result under a sign-off is hashed for it: of a whole population that takes minutes.
  return session.memo("sign-offs", () => standSignOffs(session));
}

function standSignOffs(session: Session): ScopeSignOffs[] {
  const signOffs = session.store.signOffs();
  const state = readSignedState(session);
  const tested = new Set(state.conclusions.map(({ control }) => control));
  const controls = state.catalog.controls.filter(({ id }) => tested.has(id));
  const scopes: readonly SignOffScope[] = [
    { kind: "engagement" },
    ...controls.map(({ id }) => ({ kind: "control" as const, control: id })),
  ];
  return scopes.map((scope) => standingSignOffs(scope, signOffs, state, digest));
}
