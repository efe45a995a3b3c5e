/**
 * `npm run bench`: runs build/bench/*.bench.ts one after the other, each in a process of its own, and writes
 * docs/bench.md. `npm run bench -- NAME` runs those whose name contains NAME, and only prints.
 */
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { projectNode, root } from "../install.mjs";
import { bundleApplication } from "../prepare/bundle.ts";
import { run } from "../prepare/child.ts";
import { needsOfWindowTests, prepareSystem } from "../prepare/debian.ts";
import { environmentFor, prepareElectron } from "../prepare/electron.ts";
import { CannotPrepare, runScript, say } from "../prepare/say.ts";
import { describeMachine } from "./machine.ts";
import type { Measurement } from "./measurement.ts";
import { writeTable } from "./table.ts";

runScript(async () => {
  const filters = process.argv.slice(2);
  const files = globSync("build/bench/*.bench.ts", { cwd: root })
    .filter((file) => filters.every((filter) => basename(file).includes(filter)))
    .sort();
  if (files.length === 0) {
    throw new CannotPrepare(`No benchmark's name contains ${filters.join(" and ")}.`);
  }
  await prepareSystem(needsOfWindowTests);
  const electron = await prepareElectron();
  await bundleApplication();

  const { measurements, failed } = await runAll(files, environmentFor(electron));
  const table = writeTable(measurements, describeMachine(electron.version));
  if (filters.length === 0 && failed.length === 0) {
    mkdirSync(join(root, "docs"), { recursive: true });
    writeFileSync(join(root, "docs/bench.md"), table);
    say("wrote docs/bench.md");
  }
  process.stdout.write(table);
  if (failed.length > 0) {
    say(`failed: ${failed.join(", ")}`);
  }
  return failed.length === 0 ? 0 : 1;
});

async function runAll(
  files: readonly string[],
  env: Record<string, string | undefined>,
): Promise<{ measurements: Measurement[]; failed: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-run-"));
  const results = join(folder, "results.jsonl");
  writeFileSync(results, "");
  const failed: string[] = [];
  try {
    for (const file of files) {
      say(`measuring ${basename(file, ".bench.ts")}`);
      const command = [projectNode, join(root, file)];
      const [program, ...args] = process.platform === "linux" ? ["xvfb-run", "-a", ...command] : command;
      const status = await run(program ?? projectNode, args, {
        // As `tickmark` is started (build/bin/tickmark.mjs).
        env: { ...env, MALLOC_ARENA_MAX: "2", TICKMARK_BENCH_RESULTS: results },
      });
      if (status !== 0) {
        failed.push(basename(file));
      }
    }
    const lines = readFileSync(results, "utf8").split("\n");
    return { measurements: lines.filter(Boolean).map((line) => JSON.parse(line) as Measurement), failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
