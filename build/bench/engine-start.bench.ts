/** From starting the engine's process to its first answer, against a Node process that does nothing but answer. */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectNode, root } from "../install.mjs";
import { formatMs, medianOf, peakMemoryOf, report } from "./measurement.ts";

const runs = 9;
let peakMemoryBytes = 0;

function timeFirstAnswer(entry: string): Promise<number> {
  const began = performance.now();
  const child = fork(entry, [], { execPath: projectNode, execArgv: [], serialization: "advanced" });
  child.send({ id: 1, procedure: "engine.ping", request: {} });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.once("exit", (status) => reject(new Error(`${entry} ended with status ${status} before it answered.`)));
    child.once("message", () => {
      const took = performance.now() - began;
      peakMemoryBytes = Math.max(peakMemoryBytes, peakMemoryOf(child.pid ?? 0) ?? 0);
      child.removeAllListeners("exit");
      child.once("exit", () => resolve(took));
      child.kill("SIGKILL");
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-"));
try {
  const empty = join(folder, "empty.mjs");
  writeFileSync(empty, 'process.on("message", ({ id }) => process.send({ id, ok: true, value: {} }));\n');
  const bare = await medianOf(runs, () => timeFirstAnswer(empty));
  peakMemoryBytes = 0;
  const ours = await medianOf(runs, () => timeFirstAnswer(join(root, "out/engine/index.js")));
  report({
    what: `engine start to first answer (median of ${runs})`,
    ours: formatMs(ours),
    bare: `${formatMs(bare)}, an empty Node process`,
    ratio: ours / bare,
    peakMemoryBytes,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
