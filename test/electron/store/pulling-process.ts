import { createHash } from "node:crypto";
import { openEngagement } from "../../../electron/store/engagement-file.ts";
import type { RawRecord } from "../../../shared/model/evidence.ts";
import { instantOf } from "../../../shared/model/instant.ts";
import { ipeOf } from "./pull-record.ts";

/*
 * A process that pulls and may be killed: `pulling-process.ts PATH TOTAL STEP KILL_AFTER`. It stores records 0 to TOTAL
 * of an imagined source, STEP at a time from where the last one stopped, and kills itself after KILL_AFTER steps;
 * never with -1. Each step starts one record before the cursor, as a source does that repeats its last page.
 */
const [path = "", total, step, killAfter] = process.argv
  .slice(2)
  .map((word, index) => (index === 0 ? word : Number(word))) as [string, number, number, number];

export function makeNumbered(index: number): RawRecord {
  // Some records are alike in their bytes, some are large, and some so large that they are packed on other threads.
  const text = index % 7 === 0 ? "the same" : createHash("sha256").update(String(index)).digest("hex");
  const times = index % 20 === 0 ? 1100 : 400;
  return {
    format: "github.pull",
    locator: `https://api.example.test/pulls/${index}`,
    bytes: Buffer.from(text.repeat(index % 5 === 0 ? times : 1)),
    receivedAt: instantOf(Date.UTC(2025, 6, 1) + index),
  };
}

if (import.meta.main) {
  const store = openEngagement(path, { now: () => instantOf(Date.now()) });
  const { pull, cursor } = store.beginPull("git");
  let from = cursor === null ? 0 : Number(cursor);
  console.log("pulling");
  for (let steps = 0; from < total; steps += 1) {
    if (steps === killAfter) process.kill(process.pid, "SIGKILL");
    const to = Math.min(total, from + step);
    const first = Math.max(0, from - 1);
    const records = Array.from({ length: to - first }, (_, index) => makeNumbered(first + index));
    const prepared = await store.prepareRecords(records);
    store.savePullStep(pull.id, { records, requests: [], cursor: to }, prepared ?? undefined);
    from = to;
  }
  store.completePull(pull.id, ipeOf(store, pull.id));
  store.close();
}
