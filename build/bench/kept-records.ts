import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { createEngagement } from "../../electron/store/engagement-file.ts";
import { resolvePeriod } from "../../shared/model/period.ts";
import { FilesSource } from "../../shared/model/source.ts";
import type { MixedRecord } from "./mixed-evidence.ts";

/** Keeps records in an engagement file, and their hashes, sorted, in a list beside it (`FILE.hashes`). */
export function keepRecords(path: string, records: Iterable<MixedRecord>): void {
  const now = () => "2026-01-01T00:00:00.000Z";
  const period = resolvePeriod("2025-01-01", "2025-12-31", "UTC");
  const about = { id: crypto.randomUUID(), name: "Bench", entity: "Bench", period, auditor: "Bench" };
  const store = createEngagement(path, about, { now });
  const source = FilesSource.parse({ id: "files", kind: "files", path: "." });
  store.addSource(source);
  const { pull } = store.beginPull(source.id);
  const hashes = `${path}.hashes`;
  let [batch, size]: [MixedRecord[], number] = [[], 0];
  const save = () => {
    const added = batch.map(
      ({ name, bytes }) => ({ format: "attachment.document", locator: name, bytes, receivedAt: now() }) as const,
    );
    const kept = store.savePullStep(pull.id, { records: added, requests: [], cursor: {} });
    appendFileSync(hashes, kept.added.map(({ sha256 }) => `${sha256}\n`).join(""));
    [batch, size] = [[], 0];
  };
  for (const record of records) {
    batch.push(record);
    size += record.bytes.length;
    if (size > 8 << 20 || batch.length >= 1000) save();
  }
  save();
  store.close();
  execFileSync("sort", ["-u", "-o", hashes, hashes], { env: { ...process.env, LC_ALL: "C" } });
}
