/**
 * Imports one file into a new engagement and prints how long that took and how much memory: `import-process.ts FILE
 * FOLDER`. A process of its own, since the peak memory of a process is that of all that it did.
 */
import { join } from "node:path";
import { createStepSaver } from "../../electron/engine/steps/step-saving.ts";
import { filesDriver } from "../../electron/sources/files/files-driver.ts";
import { createEngagement } from "../../electron/store/engagement-file.ts";
import { resolvePeriod } from "../../shared/model/period.ts";
import { FilesSource } from "../../shared/model/source.ts";
import { ownPeakMemory } from "./measurement.ts";

const [file = "", folder = "", format] = process.argv.slice(2);
const period = resolvePeriod("2025-01-01", "2025-12-31", "UTC");
const now = (): string => new Date().toISOString();
const source = FilesSource.parse({ id: "files", kind: "files", path: file, ...(format ? { format } : {}) });
const engagement = { id: crypto.randomUUID(), name: "Bench", entity: "Bench", period, auditor: "Bench" };
const store = createEngagement(join(folder, "import.tickmark"), engagement, { now });
store.addSource(source);
const { pull, cursor } = store.beginPull(source.id);
const nothingRead = { add: async () => undefined };
const saver = createStepSaver(store, pull, nothingRead);
const began = performance.now();
await filesDriver.pull(source, {
  period,
  signal: new AbortController().signal,
  now,
  readSecret: () => "",
  baseFolder: folder,
  workFolder: folder,
  cursor,
  save: ({ records, requests = [], cursor }) => saver.save({ records, requests, cursor }),
  earlier: () => null,
  report() {},
});
await saver.settle();
const ms = performance.now() - began;
store.close();
process.stdout.write(JSON.stringify({ ms, peakMemoryBytes: ownPeakMemory() }));
