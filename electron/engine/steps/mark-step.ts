import { TickmarkError } from "../../../shared/errors.ts";
import { findLatestMark, type Mark, markKinds, reasonToUndo, viewMark } from "../../../shared/judgement/marks.ts";
import { isSameName } from "../../../shared/judgement/person-name.ts";
import type { LatestMark, UndoRequest } from "../../../shared/model/mark.ts";
import { DecisionReason } from "../../../shared/model/people-decision.ts";
import type { Restoration } from "../../../shared/model/restoration.ts";
import type { Session } from "../session.ts";
import { act, doing, judge, withdraw } from "./judgement-step.ts";
import { withdrawDecision } from "./people-step.ts";

/*
 * Undo of what an auditor marks: the last mark of any kind is reversed by one more entry, and nothing is erased. What was drawn
 * or frozen is never undone.
 */

export function viewLatestMark(session: Session): LatestMark {
  const { mark, final } = readLatestMark(session);
  return { mark: mark && viewMark(mark), final };
}

function readLatestMark({ store }: Session): ReturnType<typeof findLatestMark> {
  return findLatestMark(store.activitiesOf(markKinds), store.latestNumber);
}

/** @throws request-invalid where another mark is the last one; what making, withdrawing and acting throw */
export function undoMark(session: Session, request: UndoRequest): void {
  const { mark } = readLatestMark(session);
  if (mark === null || mark.entry.number !== request.entry) {
    throw new TickmarkError(
      "request-invalid",
      "This is not the last mark any more, and nothing was undone.",
      "Look at what the last mark is now.",
    );
  }
  reverse(session, mark, request);
}

function reverse(session: Session, mark: Mark, request: UndoRequest): void {
  const { writable: store } = session;
  const done = doing(session, request);
  const reason = reasonToUndo(mark.entry.subject, request.reason);
  switch (mark.kind) {
    case "judgement": {
      const { population, control, assertion, item } = mark.after;
      const before = mark.before?.outcome == null ? null : mark.before;
      const said = before === null ? reason : `${reason} As before: ${before.reason}`.slice(0, 10_000);
      const key = { population, control, assertion, item };
      judge(session, {
        ...{ ...key, outcome: before?.outcome ?? null, reason: said },
        ...{ procedure: before?.procedure ?? null, by: done.by },
      });
      return;
    }
    case "sign-off":
      withdraw(session, { number: mark.after.number, reason: request.reason, by: done.by });
      return;
    case "exception": {
      const { number } = mark.after;
      if (mark.before === null) act(session, { kind: "close", number, why: "withdrawn", reason, by: done.by });
      else store.appendException(restore(mark.before, mark.after, store.exceptions(), request.reason, done), done.by);
      return;
    }
    case "note": {
      // A note is answered and cleared under a name: only whose act it was takes it back.
      if (!isSameName(mark.entry.by, done.by)) {
        throw new TickmarkError(
          "note-not-yours",
          `${mark.entry.subject} was answered or cleared by ${mark.entry.by}, and ${done.by} cannot undo it.`,
          `Ask ${mark.entry.by} to undo it.`,
        );
      }
      store.appendReviewNote(restore(mark.before, mark.after, store.reviewNotes(), request.reason, done), done.by);
      return;
    }
    case "decision":
      withdrawDecision(session, mark.entry.number, readDecisionReason(request.reason), done.by);
      return;
  }
}

interface Revised {
  readonly number: number;
  readonly revision: number;
}

/** The record as it was before the act, as its next revision: others may have come after the act, and been undone themselves. */
function restore<T extends Revised>(
  before: T,
  { number, revision }: Revised,
  newest: readonly Revised[],
  reason: string,
  done: { readonly by: string; readonly at: string },
): T & { readonly restoration: Restoration } {
  const last = newest.find((record) => record.number === number)?.revision ?? revision;
  return { ...before, revision: last + 1, restoration: { of: revision, reason, ...done } };
}

/** Reasons of decisions are shorter than those of other marks: the log is read again by their schema. */
function readDecisionReason(reason: string): string {
  const read = DecisionReason.safeParse(reason);
  if (read.success) return read.data;
  throw new TickmarkError(
    "request-invalid",
    "The reason is too long for a decision on who is who, and nothing was undone.",
    "Give it in at most 2,000 characters.",
  );
}
