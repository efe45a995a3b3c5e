import type { Pull } from "../../../shared/model/pull.ts";
import type { AddedRecord, PullStep, WritableEngagement } from "../../store/engagement-file.ts";
import type { PullReader } from "./pull-reading.ts";

/** Stores the steps of a pull in their order, and hands the records that were new on to be read. */
export interface StepSaver {
  /**
   * Takes a step, one at a time. What is large is hashed and packed on other threads, while the records of the step
   * before are read and the source is asked for what comes next; so this waits only until the step before is stored and
   * the one before that is read.
   * @throws what went wrong with the step before, or with this one where nothing of it is large
   */
  save(step: PullStep): Promise<void>;
  /** When all that was taken is stored and handed on. @throws as `save` */
  settle(): Promise<void>;
}

export function createStepSaver(
  store: Pick<WritableEngagement, "prepareRecords" | "savePullStep">,
  pull: Pick<Pull, "id">,
  reader: Pick<PullReader, "add">,
): StepSaver {
  /** The step that is being stored, with what it will have added. */
  let storing: Promise<readonly AddedRecord[]> = Promise.resolve([]);

  async function storedBefore(): Promise<readonly AddedRecord[]> {
    const before = storing;
    storing = Promise.resolve([]);
    return before;
  }

  return {
    async save(step) {
      const before = await storedBefore();
      const preparing = store.prepareRecords(step.records);
      if (preparing === null) return reader.add([...before, ...store.savePullStep(pull.id, step).added]);
      storing = preparing.then((prepared) => store.savePullStep(pull.id, step, prepared).added);
      // Whoever takes the next step, or settles, is told of a failure.
      storing.catch(() => undefined);
      return reader.add(before);
    },
    settle: async () => reader.add(await storedBefore()),
  };
}
