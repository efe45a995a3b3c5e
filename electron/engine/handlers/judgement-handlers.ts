import {
  standingOf,
  viewException,
  viewJudgement,
  viewNote,
} from "../../../shared/bundle/report-views/judgement-views.ts";
import type { Judgement } from "../../../shared/model/judgement.ts";
import type { EngineHandlersOf } from "../handler-types.ts";
import type { Session } from "../session.ts";
import { readStanding } from "../standing-judgements.ts";
import { act, actOn, ask, judge, raise, sign, withdraw } from "../steps/judgement-step.ts";
import { undoMark, viewLatestMark } from "../steps/mark-step.ts";
import { readTestedSamples } from "../tested-samples.ts";
import { listExceptions, listJudgements, listNotes, listSignOffs } from "../views/judgement-view.ts";

export function createJudgementHandlers(
  session: Session,
): EngineHandlersOf<"judgement" | "exception" | "sign-off" | "mark" | "note"> {
  /** What was shown of the engagement before is stale. */
  const changed = <T>(value: T): T => {
    session.emit("engagement-changed", {});
    return value;
  };
  const view = (judgement: Judgement) => viewJudgement(judgement, standingOf(judgement, readStanding(session)));
  return {
    "judgement.list": () => listJudgements(session),
    "judgement.make": (request) => changed(view(judge(session, request))),
    "exception.list": () => listExceptions(session),
    "exception.raise": (request) => changed(viewException(raise(session, request), readTestedSamples(session))),
    "exception.act": (request) => changed(viewException(act(session, request), readTestedSamples(session))),
    "sign-off.list": () => listSignOffs(session),
    "sign-off.sign": (request) => changed(sign(session, request)),
    "sign-off.withdraw": (request) => changed(withdraw(session, request)),
    "mark.latest": () => viewLatestMark(session),
    "mark.undo"(request) {
      undoMark(session, request);
      return changed(viewLatestMark(session));
    },
    "note.list": () => listNotes(session),
    "note.raise": (request) => changed(viewNote(ask(session, request), readTestedSamples(session))),
    "note.act": (request) => changed(viewNote(actOn(session, request), readTestedSamples(session))),
  };
}
