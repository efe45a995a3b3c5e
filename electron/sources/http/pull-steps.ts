import { hash } from "node:crypto";
import type { EvidenceFormat, RawRecord } from "../../../shared/model/evidence.ts";
import { type Instant, instantOf } from "../../../shared/model/instant.ts";
import type { RequestRecord } from "../../../shared/model/pull.ts";
import { earlier } from "../audit-window.ts";
import type { PullContext } from "../source-driver.ts";
import type { JsonAnswer } from "./attempt.ts";
import { checkNotCancelled } from "./cancellable-wait.ts";

/** An answer on its way into the store: the record, and the question that it answers. */
export interface KeptAnswer {
  readonly record: RawRecord;
  readonly request: RequestRecord;
}

/** @param rows how many items the answer lists, where it is a list */
export function keepAnswer(answer: JsonAnswer, format: EvidenceFormat, now: Instant, rows?: number): KeptAnswer {
  const serverDate = answer.headers.get("date");
  return {
    record: { format, locator: answer.url, bytes: answer.bytes, receivedAt: now },
    request: {
      asked: `GET ${answer.url}`,
      status: answer.status,
      at: now,
      ...(serverDate === null ? {} : { serverDate }),
      bytes: answer.bytes.byteLength,
      ...(rows === undefined ? {} : { rows }),
      sha256: hash("sha256", answer.bytes),
      attempts: answer.attempts,
    },
  };
}

/** The moment of an answer: the server's clock or ours, whichever is earlier, so that nothing is claimed too early. */
export function momentOf(answer: JsonAnswer, now: Instant): Instant {
  const date = Date.parse(answer.headers.get("date") ?? "");
  return Number.isNaN(date) ? now : earlier(instantOf(date), now);
}

/** The cursor of a pull, which moves only together with the answers that it counts on. */
export interface PullSteps<C> {
  readonly cursor: C;
  /** @throws cancelled, before anything is stored */
  save(answers: readonly KeptAnswer[], next: C): Promise<void>;
}

export function createPullSteps<C>(context: PullContext, start: C): PullSteps<C> {
  let cursor = start;
  return {
    get cursor() {
      return cursor;
    },
    async save(answers, next) {
      checkNotCancelled(context.signal);
      await context.save({
        records: answers.map((answer) => answer.record),
        requests: answers.map((answer) => answer.request),
        cursor: next,
      });
      cursor = next;
    },
  };
}
