import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the benchmark's repository holds. A change of these numbers makes a new one. */
export interface HistoryShape {
  readonly commits: number;
  readonly files: number;
  /** First commit's time, seconds since 1970. */
  readonly start: number;
  /** Seconds between commits. */
  readonly pace: number;
}

/**
 * A bare repository with a long history, made once and kept in the temporary folder: many files three folders deep,
 * branches of one to four commits merged one after the other, a few files a commit.
 */
export async function makeLargeHistory(shape: HistoryShape): Promise<string> {
  const cache = join(tmpdir(), "tickmark-bench");
  const folder = join(cache, `history-${shape.commits}-${shape.files}-${shape.start}-${shape.pace}.git`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const making = `${folder}.${process.pid}`;
  run(["init", "--quiet", "--bare", "--initial-branch=main", making]);
  await importHistory(making, shape);
  // As a server would send it: one pack with good deltas.
  run(["-C", making, "-c", "pack.threads=2", "repack", "-a", "-d", "-q"]);
  renameSync(making, folder);
  return folder;
}

function run(args: readonly string[]): void {
  const { status, stderr } = spawnSync("git", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`);
}

async function importHistory(folder: string, shape: HistoryShape): Promise<void> {
  const child = spawn("git", ["-C", folder, "fast-import", "--quiet"], { stdio: ["pipe", "inherit", "inherit"] });
  const done = once(child, "close");
  for (const part of history(shape)) {
    if (!child.stdin.write(part)) await once(child.stdin, "drain");
  }
  child.stdin.end();
  const [status] = await done;
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error("git fast-import failed");
  }
}

function* history(shape: HistoryShape): Generator<string> {
  const next = randomNumbers(20_250_101);
  let mark = 1;
  let at = shape.start;
  yield commit({ branch: "main", mark, at, message: "Start\n", from: 0, merge: 0 });
  for (let file = 0; file < shape.files; file += 1) yield content(file, `start ${file}\n`);
  let tip = mark;
  while (mark < shape.commits) {
    const number = mark;
    const changed = new Map<number, string>();
    let head = tip;
    const length = 1 + (next() % 4);
    for (let step = 0; step < length; step += 1) {
      mark += 1;
      at += shape.pace;
      yield commit({
        branch: "work",
        mark,
        at,
        message: `PROJ-${number} Step ${step + 1}\n\n${prose(next)}`,
        from: head,
        merge: 0,
      });
      for (let touched = 1 + (next() % 5); touched > 0; touched -= 1) {
        const file = next() % shape.files;
        const text = `${number}.${step}.${next()}\n`.repeat(20);
        changed.set(file, text);
        yield content(file, text);
      }
      head = mark;
    }
    mark += 1;
    at += shape.pace;
    const message = `Merge pull request #${number} from someone/proj-${number}\n\nPROJ-${number}\n`;
    yield commit({ branch: "main", mark, at, message, from: tip, merge: head });
    for (const [file, text] of changed) yield content(file, text);
    tip = mark;
  }
  yield "reset refs/heads/work\nfrom 0000000000000000000000000000000000000000\n\ndone\n";
}

interface CommitWords {
  branch: string;
  mark: number;
  at: number;
  message: string;
  from: number;
  merge: number;
}

function commit({ branch, mark, at, message, from, merge }: CommitWords): string {
  const who = `Person ${mark % 97} <person${mark % 97}@example.org> ${at} +0000`;
  const parents = (from ? `from :${from}\n` : "") + (merge ? `merge :${merge}\n` : "");
  return `commit refs/heads/${branch}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n${data(message)}${parents}`;
}

function content(file: number, text: string): string {
  const area = file % 40;
  const part = Math.floor(file / 40) % 60;
  const path = `area-${area}/part-${part}/some-longer-file-name-${file}.ts`;
  return `M 100644 inline ${path}\n${data(text)}`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}

function prose(next: () => number): string {
  const lines = 2 + (next() % 12);
  return Array.from(
    { length: lines },
    () => `${next()} explains what was wrong and why it is right now ${next()}\n`,
  ).join("");
}

/** Repeatable numbers: the same history on every machine (a linear congruential generator, upper bits). */
function randomNumbers(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 40n);
  };
}
