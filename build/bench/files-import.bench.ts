/**
 * Files as large as clients hand over, imported through the real driver into the real engagement file, against
 * `sha256sum` of the same file: an import has to hash every byte, whatever else it does.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeIssueLines, writeIssuePage, writeIssueTable } from "./large-files.ts";
import { nodeFlags, report } from "./measurement.ts";

const wanted = 2 * 2 ** 30;
const files = [
  ["JSONL", "issues.jsonl", writeIssueLines],
  ["one JSON array", "issues.json", writeIssuePage],
  ["CSV with line ends in cells", "issues.csv", writeIssueTable],
] as const;

for (const [what, name, write] of files) {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-"));
  try {
    const file = join(folder, name);
    write(file, wanted);
    const { size } = statSync(file);
    const bare = timeDigest(file);
    const output = execFileSync(process.execPath, [
      ...nodeFlags,
      join(import.meta.dirname, "import-process.ts"),
      file,
      folder,
    ]);
    const ours = JSON.parse(output.toString()) as { ms: number; peakMemoryBytes: number };
    report({
      what: `import of ${(size / 2 ** 30).toFixed(1)} GiB of ${what} into an engagement file`,
      ours: `${speed(size, ours.ms)} MB/s`,
      bare: `${speed(size, bare)} MB/s, sha256sum of the file`,
      ratio: ours.ms / bare,
      peakMemoryBytes: ours.peakMemoryBytes,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeDigest(file: string): number {
  // Once before, so that both find the file in the system's cache.
  execFileSync("sha256sum", [file]);
  const began = performance.now();
  execFileSync("sha256sum", [file]);
  return performance.now() - began;
}

function speed(bytes: number, ms: number): string {
  return (bytes / 1e6 / (ms / 1000)).toFixed(0);
}
