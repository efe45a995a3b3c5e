import { TickmarkError } from "../errors.ts";
import {
  type AuditException,
  type ExceptionAct,
  type ExceptionState,
  exceptionRef,
  type RaiseRequest,
  stateOfException,
} from "../model/audit-exception.ts";
import type { Instant } from "../model/instant.ts";

interface Done {
  readonly by: string;
  readonly at: Instant;
}

/** A deviation written up, as the first revision of an exception. */
export function raiseException({ by: _, ...writeUp }: RaiseRequest, number: number, done: Done): AuditException {
  return { number, revision: 1, ...writeUp, ...done, response: null, retests: [], closure: null };
}

/**
 * The next revision of an exception: answered, then retested, then closed. What was written before stays in the log.
 *
 * @throws stage-order where the act comes too early or too late
 */
export function actOnException(exception: AuditException, act: ExceptionAct, done: Done): AuditException {
  // What undid an earlier act is told by the revision that did it, and by no later one.
  const { restoration: _, ...known } = exception;
  const revised = { ...known, revision: exception.revision + 1 };
  switch (act.kind) {
    case "revise": {
      requireState(exception, ["open", "answered", "retested"], "revised", "Reopen it first.");
      const { control, title, severity, criterion, condition, cause, effect, items } = act;
      return { ...revised, control, title, severity, criterion, condition, cause, effect, items };
    }
    case "answer": {
      requireState(exception, ["open", "answered"], "answered", "Reopen it first.");
      const { response, owner, due } = act;
      return { ...revised, response: { response, owner, due, ...done } };
    }
    case "retest": {
      requireState(exception, ["answered", "retested"], "retested", "Enter management's response first.");
      const { date, outcome, note } = act;
      return { ...revised, retests: [...exception.retests, { date, outcome, note, ...done }] };
    }
    case "close":
      requireState(exception, ["open", "answered", "retested"], "closed", "It is closed already.");
      requireReason(exception, act.why);
      return { ...revised, closure: { why: act.why, reason: act.reason, ...done } };
    case "reopen":
      requireState(exception, ["closed"], "reopened", "It is not closed.");
      return { ...revised, closure: null };
  }
}

function requireState(
  exception: AuditException,
  states: readonly ExceptionState[],
  becomes: string,
  action: string,
): void {
  const state = stateOfException(exception);
  if (states.includes(state)) return;
  throw new TickmarkError("stage-order", `${exceptionRef(exception)} is ${state} and cannot be ${becomes}.`, action);
}

/** An exception is not closed in silence: a remedy was seen, or management has said that it lives with the risk. */
function requireReason(exception: AuditException, why: "remedied" | "risk-accepted" | "withdrawn"): void {
  const ref = exceptionRef(exception);
  if (why === "remedied" && stateOfException(exception) !== "retested") {
    const what = `${ref} cannot be closed as remedied: no retest has shown a remedy.`;
    throw new TickmarkError("stage-order", what, "Retest it first, or close it for another reason.");
  }
  if (why === "risk-accepted" && exception.response === null) {
    const what = `${ref} cannot be closed as an accepted risk: management has not said so.`;
    throw new TickmarkError("stage-order", what, "Enter management's response first.");
  }
}
