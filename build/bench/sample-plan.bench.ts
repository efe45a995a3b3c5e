/** The slowest plans and limits that can be asked for, each against the 50 ms in which a screen still answers at once. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SamplingModel } from "../../shared/model/sample-plan.ts";
import { limitOf } from "../../shared/sample/limit.ts";
import { planSample } from "../../shared/sample/plan.ts";
import { planTwoStages } from "../../shared/sample/two-stage-plan.ts";
import { projectNode, root } from "../install.mjs";
import { formatMs, medianOf, ownPeakMemory, report } from "./measurement.ts";

const target = 50;
const populationSize = 1_000_000_000;
const methods: readonly SamplingModel[] = ["binomial", "poisson", "hypergeometric"];

/** Each has to go through every size, or through sums of thousands of terms. */
const slowest: readonly { readonly what: string; run(method: SamplingModel): unknown }[] = [
  {
    what: "plan that finds no size up to 5,000, expecting just below the tolerable 50 %",
    run: (method) =>
      planSample({ method, confidence: "0.95", tolerableRate: "0.5", expectedRate: "0.49", populationSize }),
  },
  {
    what: "plan of 5,000 sizes for one deviation in 10,000",
    run: (method) => planSample({ method, confidence: "0.95", tolerableRate: "0.0001", populationSize }),
  },
  {
    what: "plan of two stages that finds none",
    run: (method) => planTwoStages({ method, confidence: "0.95", tolerableRate: "0.0001", populationSize }),
  },
  {
    what: "limits of 2,500 deviations in 5,000",
    run: (method) => limitOf({ ...limitOfHalf, method, size: 5000, deviations: 2500 }),
  },
  {
    what: "limits of 500,000 deviations in 1,000,000",
    run: (method) => limitOf({ ...limitOfHalf, method, size: 1_000_000, deviations: 500_000 }),
  },
];
const limitOfHalf = { confidence: "0.95", tolerableRate: "0.49", populationSize } as const;

let worst = { what: "", ms: 0 };
for (const { what, run } of slowest) {
  for (const method of methods) {
    const ms = await medianOf(5, async () => {
      const began = performance.now();
      run(method);
      return performance.now() - began;
    });
    if (ms > worst.ms) worst = { what: `${what} (${method})`, ms };
  }
}
report({
  what: `slowest plan or limit (median of 5; target ${target} ms), population of 1,000,000,000: ${worst.what}`,
  ours: formatMs(worst.ms),
  peakMemoryBytes: ownPeakMemory(),
});

const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-"));
try {
  const empty = join(folder, "empty.mjs");
  writeFileSync(empty, "");
  const timeOf = (...args: string[]) =>
    medianOf(5, async () => {
      const began = performance.now();
      const { status, stderr } = spawnSync(projectNode, args, { encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
      return performance.now() - began;
    });
  const bare = await timeOf(empty);
  const usual = ["--confidence", "0.95", "--tolerable", "0.05", "--population", "200000"];
  const ours = await timeOf(join(root, "build/bin/tickmark.mjs"), "sample", "plan", ...usual);
  report({
    what: "`tickmark sample plan` from start to end (median of 5)",
    ours: formatMs(ours),
    bare: `${formatMs(bare)}, a Node process that only starts`,
    ratio: ours / bare,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
