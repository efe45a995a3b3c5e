import type { Standing } from "../../judgement/judging.ts";
import type { SignedState } from "../../judgement/signed-state.ts";
import { standingSignOffs } from "../../judgement/signing-off.ts";
import { type AuditException, exceptionRef, stateOfException } from "../../model/audit-exception.ts";
import type { Digest } from "../../model/digest.ts";
import { effectOf, type Judgement, judgementRef } from "../../model/judgement.ts";
import type { ExceptionView, JudgementStanding, JudgementView, NoteView } from "../../model/judgement-view.ts";
import type { PopulationKind } from "../../model/population-kind.ts";
import { type NoteSubject, noteRef, type ReviewNote, stateOfNote } from "../../model/review-note.ts";
import type { ScopeSignOffs, SignOff, SignOffScope } from "../../model/sign-off.ts";
import { referenceIn, type TestedSample } from "../../sample/tested-samples.ts";

/** A judgement with what became of it. */
export function viewJudgement(judgement: Judgement, standing: JudgementStanding): JudgementView {
  const { tested, outcome } = judgement;
  return {
    ref: judgementRef(judgement),
    judgement,
    effect: outcome === null ? null : effectOf(tested, outcome),
    standing,
  };
}

export function standingOf({ number, outcome }: Judgement, { judgements, outdated }: Standing): JudgementStanding {
  const isIn = (all: readonly Judgement[]) => all.some((each) => each.number === number);
  if (isIn(judgements)) return "stands";
  if (isIn(outdated)) return "outdated";
  return outcome === null ? "withdrawal" : "replaced";
}

export function viewException(exception: AuditException, samples: readonly TestedSample[]): ExceptionView {
  return {
    ref: exceptionRef(exception),
    exception,
    state: stateOfException(exception),
    itemRefs: exception.items.map(({ population, item }) => refOf(samples, population, item)),
  };
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
export function standSignOffs(signOffs: readonly SignOff[], state: SignedState, digest: Digest): ScopeSignOffs[] {
  const tested = new Set(state.conclusions.map(({ control }) => control));
  const controls = state.catalog.controls.filter(({ id }) => tested.has(id));
  const scopes: readonly SignOffScope[] = [
    { kind: "engagement" },
    ...controls.map(({ id }) => ({ kind: "control" as const, control: id })),
  ];
  return scopes.map((scope) => standingSignOffs(scope, signOffs, state, digest));
}
