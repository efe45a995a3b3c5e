/**
 * Pulls git into an engagement file in a process of its own, which can end itself as a power cut would:
 * `node pulling-process.ts FOLDER SAVES`. The engagement is FOLDER/audit.tickmark, the repository FOLDER/shop.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { gitDriver } from "../../../../electron/sources/git/git-driver.ts";
import { createEngagement, openEngagement } from "../../../../electron/store/engagement-file.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { gitSource } from "./repository-under-test.ts";

const [folder = "", saves = ""] = process.argv.slice(2);
const file = join(folder, "audit.tickmark");
const period = resolvePeriod("2025-01-01", "2025-12-31", "UTC");
const source = gitSource(join(folder, "shop"));
const now = (): string => "2026-01-05T09:00:00.000Z";
const engagement = { id: crypto.randomUUID(), name: "Audit", entity: "Shop", period, auditor: "Ada" };

const isNew = !existsSync(file);
const store = isNew ? createEngagement(file, engagement, { now }) : openEngagement(file, { now });
if (isNew) store.addSource(source);
const { pull, cursor } = store.beginPull(source.id);
let saved = 0;
const { counts, tieOuts, coverage, notes, endpoint, query } = await gitDriver.pull(source, {
  period,
  signal: new AbortController().signal,
  now,
  readSecret: () => "",
  baseFolder: folder,
  workFolder: join(folder, "work"),
  cursor,
  async save({ records, requests = [], cursor }) {
    store.savePullStep(pull.id, { records, requests, cursor });
    saved += 1;
    if (String(saved) === saves) process.kill(process.pid, "SIGKILL");
  },
  earlier: () => null,
  report() {},
});
store.completePull(pull.id, {
  pullId: pull.id,
  sourceId: source.id,
  sourceKind: source.kind,
  endpoint,
  query,
  identity: "",
  access: "",
  period,
  startedAt: pull.startedAt,
  finishedAt: now(),
  toolVersion: "Tickmark",
  requests: store.countRequests(pull.id),
  records: store.countRecords(pull.id),
  counts,
  tieOuts: [...tieOuts],
  coverage: coverage.map((one) => ({ ...one, sourceId: source.id })),
  notes: [...notes],
  recordsDigest: store.recordsDigestOf(pull.id),
});
store.close();
