import {
  standingOf,
  standSignOffs,
  viewException,
  viewJudgement,
  viewNote,
} from "../../../shared/bundle/report-views/judgement-views.ts";
import type { ExceptionView, JudgementView, NoteView } from "../../../shared/model/judgement-view.ts";
import type { ScopeSignOffs } from "../../../shared/model/sign-off.ts";
import { readStated } from "../bundle-limits.ts";
import { digest } from "../digest.ts";
import type { Session } from "../session.ts";
import { readSignedState } from "../signed-state.ts";
import { readStanding } from "../standing-judgements.ts";
import { readAllSamples } from "../tested-samples.ts";

/** Every judgement in the order in which they were made, with what became of it. */
export function listJudgements(session: Session): JudgementView[] {
  const standing = readStanding(session);
  return session.store.judgements().map((judgement) => viewJudgement(judgement, standingOf(judgement, standing)));
}

export function listExceptions(session: Session): ExceptionView[] {
  const samples = readAllSamples(session);
  return session.store.exceptions().map((exception) => viewException(exception, samples));
}

export function listNotes(session: Session): NoteView[] {
  const samples = readAllSamples(session);
  return session.store.reviewNotes().map((note) => viewNote(note, samples));
}

/** The engagement's sign-offs, then those of each control that was tested. */
export function listSignOffs(session: Session): ScopeSignOffs[] {
  // Every result under a sign-off is hashed for it: of a whole population that takes minutes.
  return session.memo("sign-offs", () => {
    const stated = readStated(session)?.standing.signOffs;
    return stated ? [...stated] : standSignOffs(session.store.signOffs(), readSignedState(session), digest);
  });
}
