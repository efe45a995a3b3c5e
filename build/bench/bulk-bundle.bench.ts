/**
 * A bundle of very many small files, one of a few large ones, and one of the largest that are taken, exported from an engagement file and verified, against `zip -r`, `sha256sum` and
 * `unzip -t`: how much memory each takes, which must not grow with the evidence. `TICKMARK_BENCH_GIB` says how much evidence there is.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bulkEvidence, type Shape, shapes } from "./bulk-evidence.ts";
import { keepRecords } from "./kept-records.ts";
import { formatMs, nodeFlags, report } from "./measurement.ts";

const gibibytes = Number(process.env.TICKMARK_BENCH_GIB ?? 1);
const target = "400 MiB";

for (const [shape, words] of Object.entries(shapes)) {
  const folder = mkdtempSync(join(process.env.TICKMARK_BENCH_FOLDER ?? tmpdir(), "tickmark-bench-"));
  try {
    const engagement = join(folder, "bench.tickmark");
    keepRecords(engagement, bulkEvidence(shape as Shape, gibibytes * 2 ** 30));
    const bundle = join(folder, "bundle.zip");
    const exported = run("export-process.ts", bundle, "engagement", engagement);
    rmSync(engagement);
    const packed = (statSync(bundle).size / 2 ** 30).toFixed(1);
    const size = `${exported.files.toLocaleString("en")} files, ${gibibytes.toFixed(1)} GiB of evidence, ${packed} GiB packed`;
    report({
      what: `export of a bundle of ${words} (${size}; target ${target})`,
      ours: formatMs(exported.ms),
      peakMemoryBytes: exported.peakMemoryBytes,
    });
    const began = performance.now();
    execFileSync("unzip", ["-tqq", bundle]);
    const bare = performance.now() - began;
    const verified = run("verify-process.ts", bundle);
    if (verified.failed.length > 0) throw new Error(`The bundle does not verify: ${verified.failed.join(" ")}`);
    report({
      what: `verification of the same bundle, before re-performance`,
      ours: formatMs(verified.ms),
      bare: `${formatMs(bare)}, unzip -t alone`,
      ratio: verified.ms / bare,
      peakMemoryBytes: verified.peakMemoryBytes,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly ms: number;
  readonly files: number;
  readonly failed: readonly string[];
  readonly peakMemoryBytes: number;
}

function run(script: string, ...args: readonly string[]): Measured {
  const output = execFileSync(process.execPath, [...nodeFlags, join(import.meta.dirname, script), ...args]);
  return JSON.parse(output.toString());
}
