import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { createStepSaver } from "../../../electron/engine/steps/step-saving.ts";
import { drivers } from "../../../electron/sources/drivers.ts";
import type { SourceDriver } from "../../../electron/sources/source-driver.ts";
import { openEngagement } from "../../../electron/store/engagement-file.ts";
import { instantOf } from "../../../shared/model/instant.ts";
import type { SourceKind } from "../../../shared/model/source.ts";
import { ipeOf } from "../store/pull-record.ts";

/*
 * A process that pulls one source with its real driver into the real engagement file, and may be killed at any moment:
 * it is told which, ENGAGEMENT and SOURCE on two lines, when it is ready. It says "pulling" when it begins, and completes the pull when it is let.
 */
const [path = "", sourceId = ""] = (await text(process.stdin)).split("\n");
const now = (): string => instantOf(Date.now());
const store = openEngagement(path, { now });
const source = store.sourceById(sourceId);
const driver = (await drivers[source.kind]()) as SourceDriver<SourceKind>;
const { pull, cursor } = store.beginPull(source.id);
const nothingRead = { add: async () => undefined };
const saver = createStepSaver(store, pull, nothingRead);
process.stdout.write("pulling\n");
await driver.pull(source, {
  period: store.engagement().period,
  signal: new AbortController().signal,
  now,
  readSecret: () => "demo-token",
  baseFolder: dirname(path),
  workFolder: join(dirname(path), "work"),
  cursor,
  earlier: () => null,
  save: ({ records, requests = [], cursor }) => saver.save({ records, requests, cursor }),
  report() {},
});
await saver.settle();
store.completePull(pull.id, ipeOf(store, pull.id));
store.close();
