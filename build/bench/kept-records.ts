import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { createEngagement, openEngagement } from "../../electron/store/engagement-file.ts";
import { resolvePeriod } from "../../shared/model/period.ts";
import { FilesSource, type Source } from "../../shared/model/source.ts";
import type { MixedRecord } from "./mixed-evidence.ts";

/** Keeps records in a new engagement file, and their hashes, sorted, in a list beside it (`FILE.hashes`). */
export function keepRecords(path: string, records: Iterable<MixedRecord>): void {
  const period = resolvePeriod("2025-01-01", "2025-12-31", "UTC");
  const about = { id: crypto.randomUUID(), name: "Bench", entity: "Bench", period, auditor: "Bench" };
  createEngagement(path, about, { now }).close();
  const hashes = `${path}.hashes`;
  keepPull(path, FilesSource.parse({ id: "files", kind: "files", path: "." }), records, (kept) => {
    appendFileSync(hashes, kept.map((sha256) => `${sha256}\n`).join(""));
  });
  execFileSync("sort", ["-u", "-o", hashes, hashes], { env: { ...process.env, LC_ALL: "C" } });
}

const now = () => "2026-01-01T00:00:00.000Z";

/** Keeps records in an engagement file as a complete pull of documents from a new source. */
export function keepPull(
  path: string,
  source: Source,
  records: Iterable<MixedRecord>,
  onKept: (hashes: readonly string[]) => void = () => {},
): void {
  const store = openEngagement(path, { now });
  store.addSource(source);
  const { pull } = store.beginPull(source.id);
  let [batch, size]: [MixedRecord[], number] = [[], 0];
  const save = () => {
    const added = batch.map(
      ({ name, bytes }) => ({ format: "attachment.document", locator: name, bytes, receivedAt: now() }) as const,
    );
    const kept = store.savePullStep(pull.id, { records: added, requests: [], cursor: {} });
    onKept(kept.added.map(({ sha256 }) => sha256));
    [batch, size] = [[], 0];
  };
  for (const record of records) {
    batch.push(record);
    size += record.bytes.length;
    if (size > 8 << 20 || batch.length >= 1000) save();
  }
  save();
  store.completePull(pull.id, {
    ...{ pullId: pull.id, sourceId: source.id, sourceKind: source.kind, endpoint: "", query: "", identity: "" },
    ...{ access: "", period: store.engagement().period, startedAt: now(), finishedAt: now(), toolVersion: "Bench" },
    ...{ requests: 0, records: store.countRecords(pull.id), counts: {}, tieOuts: [], coverage: [], notes: [] },
    recordsDigest: store.recordsDigestOf(pull.id),
  });
  store.close();
}
