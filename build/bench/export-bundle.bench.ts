/**
 * A bundle of mixed evidence, hashed, packed and signed, against `zip -r` and `sha256sum` on the same files: what somebody without
 * Tickmark does to hand evidence over. Once from files, as those do, and
 * once from an engagement file, as an export does, which looks for secrets first.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepRecords } from "./kept-records.ts";
import { formatMs, nodeFlags, report } from "./measurement.ts";
import { mixedEvidence, writeMixedEvidence } from "./mixed-evidence.ts";

const gibibytes = Number(process.env.TICKMARK_BENCH_GIB ?? 2);
const wanted = gibibytes * 2 ** 30;
const folder = mkdtempSync(join(process.env.TICKMARK_BENCH_FOLDER ?? tmpdir(), "tickmark-bench-"));
try {
  const files = join(folder, "files");
  mkdirSync(files);
  writeMixedEvidence(files, wanted);
  const rounds = Array.from({ length: gibibytes > 4 ? 1 : 3 }, () => ({
    bare: runBare(files),
    ours: measure("files", files),
  }));
  const middle = rounds.toSorted((a, b) => a.ours.ms / a.bare - b.ours.ms / b.bare)[rounds.length >> 1];
  if (middle === undefined) throw new Error("No round was measured.");
  tell("from files", middle.ours, middle.bare);
  rmSync(files, { recursive: true });
  const engagement = join(folder, "bench.tickmark");
  keepRecords(engagement, mixedEvidence(wanted));
  tell("from an engagement file", measure("engagement", engagement), middle.bare);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Measured {
  readonly ms: number;
  readonly files: number;
  readonly size: number;
  readonly peakMemoryBytes: number;
}

function tell(how: string, ours: Measured, bare: number): void {
  const size = `${gibibytes.toFixed(1)} GiB of mixed evidence ${how} (${ours.files} files, ${(ours.size / 2 ** 30).toFixed(1)} GiB packed)`;
  report({
    what: `export of a signed bundle with ${size} (middle of 3 for files; target 1.3)`,
    ours: formatMs(ours.ms),
    bare: `${formatMs(bare)}, zip -r and sha256sum`,
    ratio: ours.ms / bare,
    peakMemoryBytes: ours.peakMemoryBytes,
  });
}

function runBare(files: string): number {
  const zip = join(folder, "bare.zip");
  const began = performance.now();
  execFileSync("zip", ["-qr", zip, "."], { cwd: files });
  execFileSync("sh", ["-c", 'find . -type f -print0 | xargs -0 sha256sum > "$0"', join(folder, "sums")], {
    cwd: files,
  });
  const ms = performance.now() - began;
  rmSync(zip);
  return ms;
}

function measure(what: "files" | "engagement", from: string): Measured {
  const target = join(folder, "bundle.zip");
  const script = join(import.meta.dirname, "export-process.ts");
  const output = execFileSync(process.execPath, [...nodeFlags, script, target, what, from]);
  rmSync(target);
  return JSON.parse(output.toString());
}
