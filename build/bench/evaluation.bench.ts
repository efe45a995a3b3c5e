/**
 * Evaluating every control on changes on ever more of them, through the engine and the engagement file: time and memory must
 * grow no faster than the changes do.
 */
import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine } from "../../electron/engine/handlers.ts";
import { openEngagement } from "../../electron/store/engagement-file.ts";
import { instantOf } from "../../shared/model/instant.ts";
import { digestPopulation } from "../../shared/population/population-digest.ts";
import { formatMs, nodeFlags, report } from "./measurement.ts";
import { makeChange } from "./usual-change.ts";

const sizes = (process.env.TICKMARK_BENCH_CHANGES ?? "1000,10000,100000").split(",").map(Number);
const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-"));
try {
  for (const size of sizes) {
    const path = join(folder, `${size}.tickmark`);
    await drawEverything(path, size);
    const { ms, controls, peakMemoryBytes } = measure(path);
    const target = size === 100_000 ? " (target 30 s)" : "";
    report({
      what: `${size.toLocaleString("en")} changes evaluated against all ${controls} controls on changes${target}`,
      ours: formatMs(ms),
      peakMemoryBytes,
    });
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Measured {
  readonly ms: number;
  readonly controls: number;
  readonly peakMemoryBytes: number;
}

function measure(path: string): Measured {
  const script = join(import.meta.dirname, "evaluation-process.ts");
  return JSON.parse(execFileSync(process.execPath, [...nodeFlags, script, path]).toString());
}

async function drawEverything(path: string, size: number): Promise<void> {
  const engine = createEngine(() => {});
  const about = { name: "Bench", entity: "Bench", auditor: "Bench", from: "2026-01-01", to: "2026-12-31" };
  await engine.call("engagement.create", { path, ...about, timeZone: "UTC" });
  await engine.call("engagement.close", {});
  freezeMadeUp(path, size);
  await engine.call("engagement.open", { path });
  const rationale = "All.";
  await engine.call("sample.draw", { population: "change", method: "everything", size: 0, seed: "", rationale });
  await engine.close();
}

/** Freezes items that no evidence stands behind: here only the evaluation is measured. */
function freezeMadeUp(path: string, size: number): void {
  const now = () => instantOf(Date.now());
  const store = openEngagement(path, { now });
  const ids = Array.from({ length: size }, (_, number) => makeChange(number).id);
  const digest = digestPopulation(ids, (content) => hash("sha256", content, "hex"));
  const freeze = { id: "change", population: "change", at: now(), by: "Bench", size, digest } as const;
  store.saveFreeze(freeze, madeUpItems(size));
  store.close();
}

function* madeUpItems(size: number) {
  for (let number = 0; number < size; number += 1) {
    const item = makeChange(number);
    yield { id: item.id, json: item, title: item.title, at: item.at, repository: item.repository };
  }
}
