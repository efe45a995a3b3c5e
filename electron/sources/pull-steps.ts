import type { RawRecord } from "../../shared/model/evidence.ts";
import type { AskedQuestion } from "../../shared/model/pull.ts";
import { checkNotCancelled } from "./http/cancellable-wait.ts";
import type { PullContext } from "./source-driver.ts";

/** An answer on its way into the store: the record, and the question that it answers. */
export interface KeptAnswer {
  readonly record: RawRecord;
  readonly request: AskedQuestion;
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
