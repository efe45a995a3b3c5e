/**
 * Doing an audit of 10,000 changes again from its bundle: every fact, every rule of six controls, every limit. All controls would
 * measure the same for longer: the export alone takes minutes then.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { makeLargeHistory } from "./large-history.ts";
import { formatMs, nodeFlags, report } from "./measurement.ts";

const chosen = ["TRC-01", "REV-01", "REV-06", "TST-01", "DEP-01", "SOD-01"];
const start = Date.parse("2025-01-01T00:00:00Z") / 1000;
const location = await makeLargeHistory({ commits: 35_000, files: 20_000, start, pace: 600 });
const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-"));
const tickmark = (...args: readonly string[]): string => {
  const entry = join(import.meta.dirname, "../../electron/cli/index.ts");
  const env = { ...process.env, TICKMARK_BENCH_PASSPHRASE: "only for this bench" };
  return execFileSync(process.execPath, [...nodeFlags, entry, ...args, "--json"], {
    cwd: folder,
    env,
    maxBuffer: 2 ** 30,
    stdio: ["ignore", "pipe", "ignore"],
  }).toString();
};

try {
  const passphrase = ["--passphrase-env", "TICKMARK_BENCH_PASSPHRASE"];
  tickmark("identity", "create", "signer.p12", "--name", "Bench", "--organisation", "Bench", ...passphrase);
  const secret = { in: "environment", name: "TICKMARK_BENCH_PASSPHRASE" };
  const plan = {
    engagement: {
      file: "bench.tickmark",
      name: "Bench",
      entity: "Bench",
      from: "2025-01-01",
      to: "2025-12-31",
      timeZone: "UTC",
      auditor: "Bench",
    },
    sources: [{ id: "git", kind: "git", repository: "history", location, releaseBranch: "main" }],
    samples: [{ population: "change", method: "everything", rationale: "All of them." }],
    catalog: "catalog.yaml",
    export: { zip: "bundle.zip", identity: { pkcs12: "signer.p12", passphrase: secret } },
  };
  writeFileSync(join(folder, "catalog.yaml"), chooseControls());
  writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
  const { draws } = JSON.parse(tickmark("run", "plan.json"));
  const verifying = [
    ...nodeFlags,
    join(import.meta.dirname, "verify-process.ts"),
    join(folder, "bundle.zip"),
    "reperform",
  ];
  const output = execFileSync(process.execPath, verifying);
  const { reperformanceMs, failed, peakMemoryBytes } = JSON.parse(output.toString());
  if (failed.length > 0) throw new Error(`The bundle of the benchmark does not verify: ${failed.join(" ")}`);
  const [{ draw }] = draws;
  report({
    what: `re-performance of ${draw.size.toLocaleString("en")} changes under ${chosen.length} controls from their bundle, with the commits that they rest on`,
    ours: formatMs(reperformanceMs),
    peakMemoryBytes,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function chooseControls(): string {
  const path = join(import.meta.dirname, "../../resources/catalogs/devops-audit-defense.yaml");
  const catalog: { controls: { id: string }[] } = parse(readFileSync(path, "utf8"));
  return stringify({ ...catalog, controls: catalog.controls.filter(({ id }) => chosen.includes(id)) });
}
