/**
 * What `tickmark export` does, from the engagement file to the signed report and bundle, of very many records: 20,000 commits of a
 * release line and small files handed over with them, 60 changes tested under every control. The memory must not grow with the evidence.
 * `TICKMARK_BENCH_GIB` says how much there is: 20 are 950,000 records.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { procedures } from "../../shared/ipc/contract.ts";
import { FilesSource } from "../../shared/model/source.ts";
import { bulkEvidence } from "./bulk-evidence.ts";
import { keepPull } from "./kept-records.ts";
import { formatMs, nodeFlags, report } from "./measurement.ts";
import { pullHistory } from "./pulled-history.ts";

const gibibytes = Number(process.env.TICKMARK_BENCH_GIB ?? 3);
const target = "400 MiB";
const history = { commits: 20_000, files: 5_000, start: Date.UTC(2025, 0, 1) / 1000, pace: 900 };

const folder = mkdtempSync(join(process.env.TICKMARK_BENCH_FOLDER ?? tmpdir(), "tickmark-bench-"));
try {
  const engagement = join(folder, "bench.tickmark");
  await makeEngagement(engagement);
  const size = (statSync(engagement).size / 2 ** 30).toFixed(1);
  for (const scope of ["sampled", "all"] as const) {
    const bundle = join(folder, `${scope}.zip`);
    const script = join(import.meta.dirname, "whole-export-process.ts");
    const measured = JSON.parse(
      execFileSync(process.execPath, [...nodeFlags, script, engagement, bundle, scope]).toString(),
    );
    const packed = (statSync(bundle).size / 2 ** 30).toFixed(1);
    report({
      what: `whole export with the evidence of ${scope === "all" ? "everything" : "60 sampled changes"} (${measured.records.toLocaleString("en")} records of ${gibibytes.toFixed(1)} GiB in ${size} GiB; a bundle of ${measured.files.toLocaleString("en")} files, ${packed} GiB; target ${target})`,
      ours: formatMs(measured.ms),
      peakMemoryBytes: measured.peakMemoryBytes,
    });
    rmSync(bundle);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function makeEngagement(path: string): Promise<void> {
  const engine = await pullHistory(path, history);
  await engine.call("engagement.close", {});
  const files = FilesSource.parse({ id: "files", kind: "files", path: "." });
  keepPull(path, files, bulkEvidence("many-small", gibibytes * 2 ** 30));
  await engine.call("engagement.open", { path });
  await engine.call("population.freeze", {});
  const draw = { population: "change", method: "rank", size: 60, seed: "bench", rationale: "Sixty." };
  await engine.call("sample.draw", procedures["sample.draw"].request.parse(draw));
  await engine.call("evaluation.run", {});
  await engine.close();
}
