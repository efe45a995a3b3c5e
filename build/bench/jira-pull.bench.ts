/**
 * 100,000 issues of a Jira on loopback pulled into an engagement, with their IPE record, against the same client in a
 * loop that throws the pages away; of a server that compresses its answers as Jira Cloud does, and of one that only hands
 * out prepared texts. Ten thousand issues besides, to see that memory does not grow with their number. Server, loop and
 * pull are processes of their own; loop and pull take turns, and the best of three counts, since whatever else the machine
 * does only ever adds.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatMs, nodeFlags, report } from "./measurement.ts";

interface Read {
  readonly issues: number;
  readonly ms: number;
  readonly peakMemoryBytes: number;
}

const turns = 3;
const shapes = [
  [10_000, "gzip", "compressed"],
  [100_000, "gzip", "compressed"],
  [100_000, "identity", "not compressed"],
] as const;
for (const [wanted, encoding, answers] of shapes) {
  const program = join(import.meta.dirname, "jira-server-process.ts");
  const server = spawn(process.execPath, [program, String(wanted), encoding], { stdio: ["ignore", "pipe", "inherit"] });
  const [said] = (await once(server.stdout, "data")) as [Buffer];
  const url = said.toString().trim();
  try {
    const bare: Read[] = [];
    const pulls: Read[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      bare.push(read(wanted, "bare", url));
      pulls.push(readIntoEngagement(wanted, url));
    }
    const [fastest, ours] = [quickest(bare), quickest(pulls)];
    report({
      what: `pull of ${wanted.toLocaleString("en-GB")} Jira issues from a server on loopback, answers ${answers}, into an engagement file (best of ${turns})`,
      ours: formatMs(ours),
      bare: `${formatMs(fastest)}, the same client in a loop that throws the pages away`,
      ratio: ours / fastest,
      peakMemoryBytes: Math.max(...pulls.map(({ peakMemoryBytes }) => peakMemoryBytes)),
    });
  } finally {
    server.kill();
  }
}

function readIntoEngagement(wanted: number, url: string): Read {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-"));
  try {
    return read(wanted, "pull", url, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(wanted: number, ...args: readonly string[]): Read {
  const output = execFileSync(process.execPath, [
    ...nodeFlags,
    join(import.meta.dirname, "jira-pull-process.ts"),
    ...args,
  ]);
  const answer = JSON.parse(output.toString()) as Read;
  if (answer.issues !== wanted) throw new Error(`${answer.issues} issues came instead of ${wanted}`);
  return answer;
}

function quickest(reads: readonly Read[]): number {
  return Math.min(...reads.map(({ ms }) => ms));
}
