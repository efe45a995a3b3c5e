import type { RawRecord } from "../../../shared/model/evidence.ts";
import type { AskedQuestion } from "../../../shared/model/pull.ts";
import { checkNotCancelled } from "../http/cancellable-wait.ts";
import type { PullContext } from "../source-driver.ts";

// Each step waits for the disk, so one for every record would be slow; more than this would be lost to a crash.
const mostBytes = 4 * 1024 * 1024;
const mostRecords = 500;

/** Gathers records until it is worth the disk's while. */
export interface StepBatch<C> {
  /** @param cursor makes the cursor that counts on everything up to here; asked only when it is stored */
  add(
    answer: { readonly records?: readonly RawRecord[]; readonly requests?: readonly AskedQuestion[] },
    cursor: () => C,
  ): Promise<void>;
  /** Stores what is gathered. @throws cancelled, before anything is stored */
  flush(): Promise<void>;
}

export function createStepBatch<C>(context: PullContext): StepBatch<C> {
  let records: RawRecord[] = [];
  let requests: AskedQuestion[] = [];
  let bytes = 0;
  let cursor: (() => C) | null = null;
  const flush = async (): Promise<void> => {
    checkNotCancelled(context.signal);
    if (!cursor) return;
    await context.save({ records, requests, cursor: cursor() });
    [records, requests, bytes, cursor] = [[], [], 0, null];
  };
  return {
    async add(answer, next) {
      for (const record of answer.records ?? []) {
        records.push(record);
        bytes += record.bytes.length;
      }
      requests.push(...(answer.requests ?? []));
      cursor = next;
      if (bytes >= mostBytes || records.length + requests.length >= mostRecords) await flush();
    },
    flush,
  };
}
