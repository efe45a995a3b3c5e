import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createIn, createStore, gitSource, makeFolder, pullAll, reopen } from "./engagement-under-test.ts";
import { makeNumbered } from "./pulling-process.ts";

const script = fileURLToPath(new URL("pulling-process.ts", import.meta.url));
/** The evidence that an undisturbed pull in one step gives. */
function expectedEvidence(total: number): unknown[] {
  const store = createStore();
  store.addSource(gitSource);
  const records = Array.from({ length: total }, (_, index) => makeNumbered(index));
  pullAll(store, "git", records);
  return Array.from(store.evidenceOf(), ({ bytes, ...record }) => record);
}

function makePullable(): string {
  const { path, store } = createIn(makeFolder());
  store.addSource(gitSource);
  store.close();
  return path;
}

function expectUndisturbed(path: string, total: number): void {
  const store = reopen(path);
  expect(Array.from(store.evidenceOf(), ({ bytes, ...record }) => record)).toEqual(expectedEvidence(total));
  expect(store.listPulls()).toMatchObject([{ id: "1-git", state: "complete", records: total }]);
  expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
  store.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
}

function pullToTheEnd(path: string, total: number, step: number): void {
  const { status, stderr } = spawnSync(process.execPath, [script, path, `${total}`, `${step}`, "-1"], {
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

it("a pull in any steps, killed after any of them any number of times, ends in the same evidence", () => {
  const total = 60;
  const attempt = fc.record({ step: fc.integer({ min: 1, max: 20 }), killAfter: fc.integer({ min: 0, max: 4 }) });
  const attempts = fc.array(attempt, { maxLength: 4 });
  fc.assert(
    fc.property(attempts, fc.integer({ min: 1, max: total }), (killed, lastStep) => {
      const path = makePullable();
      for (const { step, killAfter } of killed) {
        const { signal } = spawnSync(process.execPath, [script, path, `${total}`, `${step}`, `${killAfter}`]);
        if (signal !== "SIGKILL") return expectUndisturbed(path, total);
      }
      pullToTheEnd(path, total, lastStep);
      expectUndisturbed(path, total);
    }),
    { numRuns: 8 },
  );
});

/** Kills the pulling process some milliseconds after its first step began; answers with how many records were safe. */
async function killInTheMiddle(path: string, total: number, milliseconds: number): Promise<number> {
  const child = spawn(process.execPath, [script, path, `${total}`, "1", "-1"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  await once(child.stdout, "data");
  await wait(milliseconds);
  child.kill("SIGKILL");
  await exited;
  const store = reopen(path);
  const records = store.countRecords("1-git");
  expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
  store.close();
  return records;
}

it("a pull that is killed at any moment, also in the middle of a step, ends in the same evidence", async () => {
  const path = makePullable();
  // More than fits into the time that the process is left alive, so that a kill meets it at work.
  const total = 20_000;
  let safe = 0;
  // On a slow disk no step may be safe after the first delays: then it is left alive longer.
  for (let milliseconds = 3, kills = 0; kills < 4 || safe === 0; milliseconds = milliseconds * 2 + 3, kills += 1) {
    const records = await killInTheMiddle(path, total, milliseconds);
    expect(records).toBeGreaterThanOrEqual(safe);
    safe = records;
  }
  pullToTheEnd(path, total, 5000);
  expectUndisturbed(path, total);
});
