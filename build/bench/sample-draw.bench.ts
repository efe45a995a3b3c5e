/** A draw by rank from 1,000,000 ids, against one `sha256sum` over the same bytes. */
import { spawnSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digest } from "../../electron/engine/digest.ts";
import { selectByRank } from "../../shared/sample/rank-selection.ts";
import { formatMs, medianOf, ownPeakMemory, report } from "./measurement.ts";

const count = 1_000_000;
const seed = "bench";
const targetMs = 5000;

/** As long as the ids of changes are: a repository's name and a commit. */
const ids = Array.from({ length: count }, (_, number) => `ledger-core@${hash("sha1", String(number), "hex")}`);
const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-"));
try {
  const file = join(folder, "ids.txt");
  writeFileSync(file, ids.map((id) => `${seed}|${id}\n`).join(""));
  const bare = await medianOf(5, async () => {
    const began = performance.now();
    const { status } = spawnSync("sha256sum", [file]);
    if (status !== 0) throw new Error("sha256sum could not be run.");
    return performance.now() - began;
  });
  for (const size of [60, 5000]) {
    const ours = await medianOf(3, async () => {
      const began = performance.now();
      if (selectByRank(ids, size, seed, digest).length !== size) throw new Error("The draw is not complete.");
      return performance.now() - began;
    });
    report({
      what: `${size.toLocaleString("en")} of ${count.toLocaleString("en")} ids drawn by rank (median of 3; target ${formatMs(targetMs)})`,
      ours: formatMs(ours),
      bare: `${formatMs(bare)}, sha256sum over the same bytes in one process`,
      ratio: ours / bare,
      peakMemoryBytes: ownPeakMemory(),
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
