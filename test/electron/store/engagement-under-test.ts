import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { createEngagement, openEngagement, type WritableEngagement } from "../../../electron/store/engagement-file.ts";
import { type Fault, faultOf } from "../../../shared/errors.ts";
import type { RawRecord } from "../../../shared/model/evidence.ts";
import { type Instant, instantOf } from "../../../shared/model/instant.ts";
import type { Freeze } from "../../../shared/model/sample.ts";
import type { Source } from "../../../shared/model/source.ts";
import { engagement, ipeOf } from "./pull-record.ts";

export { engagement, ipeOf } from "./pull-record.ts";

const opened: { close(): void }[] = [];
const folders: string[] = [];

afterEach(() => {
  for (const handle of opened.splice(0)) handle.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Closed, at the latest, when the test ends. */
export function keepOpen<T extends { close(): void }>(handle: T): T {
  opened.push(handle);
  return handle;
}

/** Removed when the test ends. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-store-"));
  folders.push(folder);
  return folder;
}

/** One second later each time it is asked. */
export function makeClock(): () => Instant {
  let at = Date.UTC(2025, 6, 1);
  return () => {
    at += 1000;
    return instantOf(at);
  };
}

export const gitSource: Source = {
  id: "git",
  kind: "git",
  repository: "shop",
  location: "/srv/shop.git",
  releaseBranch: "main",
};

export const deploySource: Source = { id: "deploys", kind: "roster", path: "people.csv" };

export function createIn(folder: string, name = "audit.tickmark"): { path: string; store: WritableEngagement } {
  const path = join(folder, name);
  return { path, store: keepOpen(createEngagement(path, engagement, { now: makeClock() })) };
}

export function createStore(): WritableEngagement {
  return createIn(makeFolder()).store;
}

/** A closed engagement with a source and a complete pull of a few records. */
export function makeClosedFile(folder = makeFolder()): string {
  const { path, store } = createIn(folder);
  store.addSource(gitSource);
  pullAll(store, "git", [makeRecord("a"), makeRecord("b")]);
  store.close();
  return path;
}

export function reopen(path: string): WritableEngagement {
  return keepOpen(openEngagement(path, { now: makeClock() }));
}

export function makeRecord(text: string, more: Partial<RawRecord> = {}): RawRecord {
  return {
    format: "git.commit",
    locator: `git:${text.slice(0, 20)}`,
    bytes: Buffer.from(text),
    receivedAt: "2025-07-01T10:00:00.123Z",
    ...more,
  };
}

/** A whole pull in one step; answers with its id. */
export function pullAll(store: WritableEngagement, sourceId: string, records: readonly RawRecord[]): string {
  const { pull } = store.beginPull(sourceId);
  store.savePullStep(pull.id, { records, requests: [], cursor: { done: true } });
  store.completePull(pull.id, ipeOf(store, pull.id));
  return pull.id;
}

export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Only for closed files: reading a file that this process has open would give its lock away. */
export function hashFile(path: string): string {
  return sha256(readFileSync(path));
}

export function freezeOf(ids: readonly string[], more: Partial<Freeze> = {}): Freeze {
  const sorted = ids.map((id) => Buffer.from(id)).sort(Buffer.compare);
  return {
    id: "freeze-1",
    population: "change",
    at: "2025-07-02T09:00:00.000Z",
    by: engagement.auditor,
    size: ids.length,
    digest: sha256(sorted.map((id) => `${id}\n`).join("")),
    ...more,
  };
}

/** The fault that `act` throws; a test of a fault says what it is, not only that there is one. */
export function faultFrom(act: () => unknown): Fault {
  try {
    act();
  } catch (thrown) {
    return faultOf(thrown);
  }
  throw new Error("no fault was thrown");
}

/** Every fault is one clear sentence on what happened, and one on what to do. */
export function isClear({ message, action }: Fault): boolean {
  return [message, action].every((text) => /^[A-Z].{10,300}\.$/.test(text) && !/SQLITE_|undefined|\[object/.test(text));
}
