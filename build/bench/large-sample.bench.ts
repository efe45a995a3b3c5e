/**
 * What `tickmark export` does where everything was tested: 10,000 changes under every control, with the commits that they rest on. There is
 * little evidence; what the report, the workpapers and the page are made of is much.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatMs, nodeFlags, report } from "./measurement.ts";
import { pullHistory } from "./pulled-history.ts";

const history = { commits: 35_000, files: 20_000, start: Date.UTC(2025, 0, 1) / 1000, pace: 600 };

const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-"));
try {
  const engagement = join(folder, "bench.tickmark");
  const { items, results } = await makeEngagement(engagement);
  const script = join(import.meta.dirname, "whole-export-process.ts");
  const exporting = [...nodeFlags, script, engagement, join(folder, "bundle.zip"), "sampled"];
  const { ms, files, peakMemoryBytes } = JSON.parse(execFileSync(process.execPath, exporting).toString());
  report({
    what: `whole export of ${items.toLocaleString("en")} changes, all tested under every control (${results.toLocaleString("en")} results; a bundle of ${files.toLocaleString("en")} files)`,
    ours: formatMs(ms),
    peakMemoryBytes,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function makeEngagement(path: string): Promise<{ items: number; results: number }> {
  const engine = await pullHistory(path, history);
  await engine.call("population.freeze", {});
  const rationale = "All of them.";
  await engine.call("sample.draw", { population: "change", method: "everything", size: 0, seed: "", rationale });
  await engine.call("evaluation.run", {});
  const { counts } = (await engine.call("engagement.current", {})) as { counts: { sampled: number; results: number } };
  await engine.close();
  return { items: counts.sampled, results: counts.results };
}
