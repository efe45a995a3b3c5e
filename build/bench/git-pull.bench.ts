/**
 * A pull of the last 80,000 commits of a long history, through the real driver into the real engagement file, against
 * `git log --raw -z` of the same commits writing to a file. Both take turns, and the best of three counts, since
 * whatever else the machine does only ever adds.
 */
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitDriver } from "../../electron/sources/git/git-driver.ts";
import { createEngagement } from "../../electron/store/engagement-file.ts";
import { instantOf } from "../../shared/model/instant.ts";
import { resolvePeriod } from "../../shared/model/period.ts";
import type { SourceOf } from "../../shared/model/source.ts";
import { makeLargeHistory } from "./large-history.ts";
import { formatMs, ownPeakMemory, report } from "./measurement.ts";

const turns = 3;
const wanted = 80_000;
/** As large as the largest open projects in what makes a diff slow: files, and entries in a folder. */
const shape = { commits: 90_000, files: 96_000, start: Date.UTC(2023, 0, 1) / 1000, pace: 900 };

const repository = await makeLargeHistory(shape);
const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-"));
try {
  // The margin of 30 days before the period belongs to what is pulled.
  const first = instantOf((shape.start + (shape.commits - wanted) * shape.pace + 30 * 86_400) * 1000).slice(0, 10);
  const period = resolvePeriod(first, "2027-12-31", "UTC");
  let ours = Number.POSITIVE_INFINITY;
  let bare = Number.POSITIVE_INFINITY;
  let commits = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const pull = await timePull(turn, period);
    commits = pull.commits;
    ours = Math.min(ours, pull.took);
    bare = Math.min(bare, timeLog(pull.range));
  }
  report({
    what: `git pull of ${commits.toLocaleString("en-GB")} commits of ${shape.files.toLocaleString("en-GB")} files into an engagement file (best of ${turns})`,
    ours: formatMs(ours),
    bare: `${formatMs(bare)}, git log --raw -z to a file`,
    ratio: ours / bare,
    peakMemoryBytes: ownPeakMemory(),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function timePull(
  turn: number,
  period: ReturnType<typeof resolvePeriod>,
): Promise<{ took: number; commits: number; range: readonly string[] }> {
  const source: SourceOf<"git"> = {
    id: "code",
    kind: "git",
    repository: "code",
    location: repository,
    releaseBranch: "main",
    // git log compares nothing either.
    compareContents: false,
  };
  const engagement = { id: crypto.randomUUID(), name: "Bench", entity: "Bench", period, auditor: "Bench" };
  const now = (): string => new Date().toISOString();
  const file = join(folder, `${turn}.tickmark`);
  const workFolder = join(folder, `work-${turn}`);
  mkdirSync(workFolder);
  const store = createEngagement(file, engagement, { now });
  try {
    store.addSource(source);
    const { pull, cursor } = store.beginPull(source.id);
    const began = performance.now();
    const outcome = await gitDriver.pull(source, {
      period,
      signal: new AbortController().signal,
      now,
      readSecret: () => "",
      baseFolder: folder,
      workFolder,
      cursor,
      async save({ records, requests = [], cursor }) {
        store.savePullStep(pull.id, { records, requests, cursor });
      },
      earlier: () => null,
      report() {},
    });
    const took = performance.now() - began;
    const [, newest = "", base = ""] = /--boundary (\w+)[^;]*?( \^\w+)?;/.exec(outcome.query) ?? [];
    return { took, commits: outcome.counts.commits ?? 0, range: [newest, base.trim()].filter(Boolean) };
  } finally {
    store.close();
    rmSync(file, { force: true });
  }
}

function timeLog(range: readonly string[]): number {
  const output = openSync(join(folder, "log"), "w");
  const began = performance.now();
  const { status } = spawnSync("git", [`--git-dir=${repository}`, "log", "--raw", "-z", ...range], {
    stdio: ["ignore", output, "inherit"],
  });
  const took = performance.now() - began;
  closeSync(output);
  if (status !== 0) throw new Error(`git log ended with status ${status}`);
  return took;
}
