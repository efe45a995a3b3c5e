import { type ChildProcessByStdio, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeDemoSources } from "../../../electron/engine/steps/demo-step.ts";
import { makeDemoSources } from "../../../electron/sources/demo/make-demo-sources.ts";
import { type DemoServer, startDemoServer } from "../../../electron/sources/demo/server/demo-server.ts";
import { createEngagement, openEngagement } from "../../../electron/store/engagement-file.ts";
import { type Period, resolvePeriod } from "../../../shared/model/period.ts";
import { FilesSource, type Source } from "../../../shared/model/source.ts";

const script = fileURLToPath(new URL("killed-pull-process.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tickmark-killed-"));
const children: ChildProcessByStdio<Writable, Readable, null>[] = [];
let server: DemoServer;
let live: Source;
let livePeriod: Period;

beforeAll(async () => {
  mkdirSync(join(folder, "handed-over"));
  mkdirSync(join(folder, "work"));
  writeHandedOver();
  const demo = await makeDemoSources(join(folder, "sources"));
  // What the killed pulls ask all together can be more than an hour's requests, and then a pull waits for the next hour.
  server = await startDemoServer(demo, { token: "demo-token", githubQuota: 1_000_000 });
  const { from, to, timeZone } = demo.answerKey.period;
  livePeriod = resolvePeriod(from, to, timeZone);
  const found = describeDemoSources(demo, server, "UNUSED").find(({ kind }) => kind === "github");
  if (!found) throw new Error("the demo has a GitHub source");
  live = found;
});

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Lines, a document that is cut, a packed file and a hundred small ones. */
function writeHandedOver(): void {
  const issue = (number: number): string =>
    JSON.stringify({
      key: `ABC-${number}`,
      fields: { summary: `Raise limit ${number}`, text: `${number} `.repeat(200) },
    });
  const issues = Array.from({ length: 3000 }, (_, index) => issue(index + 1));
  const put = (name: string, content: string | Uint8Array): void =>
    writeFileSync(join(folder, "handed-over", name), content);
  put("issues.jsonl", `${issues.join("\n")}\n`);
  put("page.json", `{"startAt":0,"issues":[${issues.join(",\n")}],"total":3000}`);
  put("packed.jsonl.gz", gzipSync(`${issues.slice(0, 1500).join("\r\n")}\r\n`, { level: 1 }));
  for (let number = 0; number < 100; number += 1) put(`small-${number}.jsonl`, `${issue(number)}\n`);
}

function makePullable(source: Source, period: Period): string {
  const path = join(folder, `${randomUUID()}.tickmark`);
  const engagement = { id: randomUUID(), name: "Killed", entity: "Example Ltd", period, auditor: "Ada Auditor" };
  const store = createEngagement(path, engagement, { now: () => "2026-01-05T09:00:00.000Z" });
  store.addSource(source);
  store.close();
  return path;
}

/** A process that is ready to pull: starting one takes longer than most pulls. */
function startReady(): { begin(path: string, sourceId: string): ChildProcessByStdio<Writable, Readable, null> } {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled") };
  const child = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "inherit"], env });
  children.push(child);
  return {
    begin(path, sourceId) {
      child.stdin.end(`${path}\n${sourceId}`);
      return child;
    },
  };
}

/** Pulls, and kills after some milliseconds of pulling; null lets it come to its end. Answers whether it did. */
async function pull(
  ready: ReturnType<typeof startReady>,
  path: string,
  sourceId: string,
  killAfter: number | null,
): Promise<{ ended: boolean; ms: number }> {
  const child = ready.begin(path, sourceId);
  const exited = once(child, "exit");
  await once(child.stdout, "data");
  const began = performance.now();
  if (killAfter !== null) {
    const timer = new AbortController();
    await Promise.race([exited, wait(killAfter, undefined, { signal: timer.signal }).catch(() => {})]);
    timer.abort();
    child.kill("SIGKILL");
  }
  const [status, signal] = (await exited) as [number | null, string | null];
  if (signal === null) expect(status).toBe(0);
  return { ended: signal === null, ms: performance.now() - began };
}

function evidenceIn(path: string): unknown[] {
  const store = openEngagement(path, { now: () => "2026-01-05T09:00:00.000Z" });
  expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
  const records = Array.from(store.evidenceOf(), ({ bytes, receivedAt, pullId, ...record }) => record);
  store.close();
  return records;
}

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Fifty processes on a slow machine: a limit against hanging. */
const patience = 300_000;

/** Kills pulls at random points, each from where the one before left it, and begins anew with each one that ended. */
async function killTimes(times: number, source: Source, period: Period, seed: number): Promise<void> {
  const undisturbed = makePullable(source, period);
  let ready = startReady();
  const next = (): ReturnType<typeof startReady> => {
    const now = ready;
    ready = startReady();
    return now;
  };
  const { ms } = await pull(next(), undisturbed, source.id, null);
  const expected = evidenceIn(undisturbed);
  expect(expected.length).toBeGreaterThan(50);
  const random = createRandom(seed);
  let path = makePullable(source, period);
  for (let kills = 0; kills < times; ) {
    const { ended } = await pull(next(), path, source.id, random() * ms * 0.4);
    kills += ended ? 0 : 1;
    if (!ended) continue;
    expect(evidenceIn(path)).toEqual(expected);
    path = makePullable(source, period);
  }
  await pull(ready, path, source.id, null);
  expect(evidenceIn(path)).toEqual(expected);
}

it.concurrent(
  "a pull of handed-over files that is killed at 25 random points ends in the evidence of an undisturbed one",
  async () => {
    await killTimes(25, FilesSource.parse({ id: "files", kind: "files", path: "handed-over" }), livePeriod, 20_250_101);
  },
  patience,
);

it.concurrent(
  "a live pull that is killed at 25 random points ends in the evidence of an undisturbed one",
  async () => {
    await killTimes(25, live, livePeriod, 20_250_102);
  },
  patience,
);
