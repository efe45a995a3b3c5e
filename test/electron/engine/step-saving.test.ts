import { hash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createStepSaver } from "../../../electron/engine/steps/step-saving.ts";
import type { AddedRecord, PullStep, WritableEngagement } from "../../../electron/store/engagement-file.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import type { RawRecord } from "../../../shared/model/evidence.ts";
import { createStore, gitSource } from "../store/engagement-under-test.ts";

const large = 64 * 1024;

function recordOf(locator: string, bytes: Uint8Array): RawRecord {
  return { format: "jira.issues", locator, bytes, receivedAt: "2025-02-01T10:00:00.000Z" };
}

function stepOf(number: number, ...records: RawRecord[]): PullStep {
  const requests = records.map(({ locator, bytes }) => ({
    asked: `GET ${locator}`,
    status: 200,
    at: "2025-02-01T10:00:00.000Z",
    bytes: bytes.length,
    attempts: 1,
    answer: bytes,
  }));
  return { records, requests, cursor: number };
}

function beginPull(read: (records: readonly AddedRecord[]) => Promise<void> = async () => undefined) {
  const store = createStore();
  store.addSource(gitSource);
  const { pull } = store.beginPull("git");
  return { store, pull, saver: createStepSaver(store, pull, { add: read }) };
}

function evidenceIn(store: WritableEngagement, id: string) {
  return Array.from(store.evidenceOfPull({ id, sourceId: "git" }), ({ locator, sha256, bytes }) => ({
    locator,
    sha256,
    own: hash("sha256", bytes),
  }));
}

it("steps of any sizes are stored in their order, whole, under the hash of their bytes, and read in that order", async () => {
  const sizes = fc.array(fc.array(fc.constantFrom(0, 10, 2000, large - 1, large, 2 * large), { maxLength: 3 }), {
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(sizes, async (steps) => {
      const read: string[] = [];
      const { store, pull, saver } = beginPull(async (records) => {
        // What is read is stored already.
        expect(store.countRecords(pull.id)).toBeGreaterThanOrEqual(read.length + records.length);
        read.push(...records.map(({ locator, sha256 }) => `${locator} ${sha256}`));
      });
      const handed = steps.map((step, number) =>
        step.map((size, index) => recordOf(`${number}-${index}`, Buffer.alloc(size, index))),
      );
      for (const [number, records] of handed.entries()) await saver.save(stepOf(number, ...records));
      await saver.settle();
      const expected = handed
        .flat()
        .map(({ locator, bytes }) => ({ locator, sha256: hash("sha256", bytes), own: hash("sha256", bytes) }));
      expect(evidenceIn(store, pull.id)).toEqual(expected);
      expect(read).toEqual(expected.map(({ locator, sha256 }) => `${locator} ${sha256}`));
      expect(Array.from(store.requestsOf(pull.id), ({ sha256 }) => sha256)).toEqual(expected.map(({ own }) => own));
    }),
    { numRuns: 12 },
  );
});

it("while a large record is packed the source is asked for the next, and never for the one after that", async () => {
  const { store, pull, saver } = beginPull();
  await saver.save(stepOf(1, recordOf("one", randomBytes(large))));
  expect(store.countRecords(pull.id)).toBe(0);
  await saver.save(stepOf(2, recordOf("two", randomBytes(large))));
  expect(store.countRecords(pull.id)).toBe(1);
  await saver.save(stepOf(3));
  expect(store.countRecords(pull.id)).toBe(2);
});

it("a record that comes a second time is stored and read once, and both questions name it", async () => {
  const read: string[] = [];
  const { store, pull, saver } = beginPull(async (records) => void read.push(...records.map(({ locator }) => locator)));
  const record = recordOf("page", randomBytes(large));
  await saver.save(stepOf(1, record));
  await saver.save(stepOf(2, { ...record, bytes: Buffer.from(record.bytes) }));
  await saver.settle();
  expect(read).toEqual(["page"]);
  expect(evidenceIn(store, pull.id)).toHaveLength(1);
  const sha256 = hash("sha256", record.bytes);
  expect(Array.from(store.requestsOf(pull.id))).toMatchObject([{ sha256 }, { sha256 }]);
});

it("a step that could not be stored is told to whoever hands over the next or settles, and nothing after it is stored", async () => {
  const { store, pull, saver } = beginPull();
  const failing = new TickmarkError("disk-full", "The disk is full.", "Free space.");
  let steps = 0;
  const brittle = createStepSaver(
    {
      prepareRecords: (records) => store.prepareRecords(records),
      savePullStep(...step) {
        steps += 1;
        if (steps === 2) throw failing;
        return store.savePullStep(...step);
      },
    },
    pull,
    { add: async () => undefined },
  );
  await brittle.save(stepOf(1, recordOf("one", randomBytes(large))));
  await brittle.save(stepOf(2, recordOf("two", randomBytes(large))));
  await expect(brittle.save(stepOf(3, recordOf("three", randomBytes(large))))).rejects.toBe(failing);
  await brittle.settle();
  expect(evidenceIn(store, pull.id).map(({ locator }) => locator)).toEqual(["one"]);

  await saver.save(stepOf(4, recordOf("four", randomBytes(large))));
  store.close();
  await expect(saver.settle()).rejects.toMatchObject({ code: "engagement-not-open" });
});

it("what cannot be read stops the pull at the next step, with its reason", async () => {
  const reason = new Error("unreadable");
  const { saver } = beginPull(async (records) => {
    if (records.length > 0) throw reason;
  });
  await saver.save(stepOf(1, recordOf("one", randomBytes(large))));
  await expect(saver.save(stepOf(2))).rejects.toBe(reason);
});
