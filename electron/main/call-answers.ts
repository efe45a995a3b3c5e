import type { WebContents } from "electron";
import type { z } from "zod";
import { faultOf, TickmarkError } from "../../shared/errors.ts";
import { type Answer, type Procedure, procedures, type ResponseOf } from "../../shared/ipc/contract.ts";
import { isLargerThan } from "../../shared/ipc/payload-size.ts";
import type { AnswerCall } from "./calls.ts";
import { requireOwnSender } from "./sender-check.ts";

/** The procedures that the main process answers itself. */
export type MainProcedure = {
  [P in Procedure]: (typeof procedures)[P]["runs"] extends "main" ? P : never;
}[Procedure];

export type MainProcedures = {
  readonly [P in MainProcedure]: (request: z.output<(typeof procedures)[P]["request"]>) => Promise<ResponseOf<P>>;
};

interface Callee {
  call(procedure: string, request: unknown): Promise<unknown>;
}

export interface CallDestinations {
  readonly main: MainProcedures;
  readonly engine: Callee;
  readonly verifier: Callee;
  /** The contents of the window that may call, while there is one. */
  ownContents(): WebContents | undefined;
}

/** Far above any honest request: what is large is named by its path and read by the engine. */
export const requestLimitBytes = 1024 * 1024;

/** Who asks, what is asked and how much are checked before anything is passed on. */
export function createAnswers(destinations: CallDestinations): AnswerCall {
  return async (event, message): Promise<Answer<Procedure>> => {
    try {
      requireOwnSender(event, destinations.ownContents());
      const { procedure, request } = readCall(message);
      return { ok: true, value: (await dispatch(destinations, procedure, request)) as ResponseOf<Procedure> };
    } catch (thrown) {
      return { ok: false, fault: faultOf(thrown) };
    }
  };
}

/** Reads a call from a window, which is trusted with nothing. */
export function readCall(message: unknown): { procedure: Procedure; request: unknown } {
  const { procedure, request } = (typeof message === "object" && message !== null ? message : {}) as Record<
    string,
    unknown
  >;
  if (typeof procedure !== "string" || !Object.hasOwn(procedures, procedure)) {
    throw invalid(`There is no procedure "${String(procedure).slice(0, 100)}".`);
  }
  if (isLargerThan(request, requestLimitBytes)) {
    throw invalid(`The request to ${procedure} is too long; at most ${requestLimitBytes} bytes are accepted.`);
  }
  const known = procedure as Procedure;
  const parsed = procedures[known].request.safeParse(request);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(
      `The request to ${procedure} is not as agreed: ${issue?.path.join(".") || "request"}: ${issue?.message}.`,
    );
  }
  return { procedure: known, request: parsed.data };
}

function dispatch(destinations: CallDestinations, procedure: Procedure, request: unknown): Promise<unknown> {
  const { runs } = procedures[procedure];
  if (runs === "main") {
    const answer = destinations.main[procedure as MainProcedure] as (request: unknown) => Promise<unknown>;
    return answer(request);
  }
  return destinations[runs].call(procedure, request);
}

function invalid(message: string): TickmarkError {
  return new TickmarkError(
    "request-invalid",
    message,
    "Correct the entry; if you entered nothing, report this message.",
  );
}
