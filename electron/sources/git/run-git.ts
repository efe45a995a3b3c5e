import { type ChildProcess, spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { parse as parsePath } from "node:path";
import type { Readable } from "node:stream";
import { cancelled } from "../http/cancellable-wait.ts";
import { readingEnvironment, transportEnvironment } from "./git-environment.ts";
import { type GitFailure, gitMissing, readingFault, transportFault } from "./git-faults.ts";

/** One run of git. */
export interface GitCall {
  /** The repository as the source names it, for messages. */
  readonly repository: string;
  /** Subcommand and arguments. Never holds a secret; names from outside stand after `--` or are object ids. */
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  /** Folder of the repository's own files; without it the command finds its own. */
  readonly gitDir?: string;
  readonly input?: string | Readable;
  /** Clone and fetch; everything else may only read. */
  readonly transport?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface RunningGit {
  readonly stdout: Readable;
  /** Settles when git ended: well, or with the fault that its words mean. */
  readonly ended: Promise<void>;
  stop(): void;
}

const stderrLimit = 64 * 1024;

// git is never started inside the repository: on Windows a program of that name in it would be found first.
const neutralFolder = parsePath(process.execPath).root;

/** Starts git without a shell. Its output is taken from `stdout` as it comes. */
export function startGit(call: GitCall): RunningGit {
  const child = spawnGit(call, "pipe");
  const run = follow(child, call);
  if (!child.stdout) throw new Error("git was started without a pipe");
  // When a child exits, Node throws away the output that nobody has begun to read. A listener counts as reading.
  child.stdout.on("readable", () => {});
  return { ...run, stdout: child.stdout };
}

/** Starts git with its output going into a file, so that it never waits for whoever reads it. */
export async function startGitInto(path: string, call: GitCall): Promise<Omit<RunningGit, "stdout">> {
  const file = await open(path, "w", 0o600);
  try {
    return follow(spawnGit(call, file.fd), call);
  } finally {
    // The child has a handle of its own.
    await file.close();
  }
}

function spawnGit(call: GitCall, output: "pipe" | number): ChildProcess {
  return spawn("git", [...(call.gitDir ? [`--git-dir=${call.gitDir}`] : []), ...call.args], {
    cwd: neutralFolder,
    env: { ...(call.transport ? transportEnvironment() : readingEnvironment()), ...call.environment },
    stdio: ["pipe", output, "pipe"],
    windowsHide: true,
  });
}

function follow(child: ChildProcess, call: GitCall): Omit<RunningGit, "stdout"> {
  const stop = (): void => {
    child.kill();
  };
  call.signal.addEventListener("abort", stop, { once: true });
  if (call.signal.aborted) stop();
  const ended = endOf(child, call).finally(() => call.signal.removeEventListener("abort", stop));
  // Whoever started it asks for `ended` later; until then a rejection is not unhandled.
  ended.catch(() => {});
  feed(child, call.input);
  return { ended, stop };
}

/** Runs git and gives what it wrote. */
export async function readGit(call: GitCall): Promise<Buffer> {
  const running = startGit(call);
  const parts: Buffer[] = [];
  for await (const part of running.stdout) parts.push(part as Buffer);
  await running.ended;
  return Buffer.concat(parts);
}

/** Output of a short command, without the last line end. */
export async function readGitText(call: GitCall): Promise<string> {
  return (await readGit(call)).toString("utf8").replace(/\n$/, "");
}

/** How a command is written down in the IPE record. */
export function commandText(args: readonly string[]): string {
  return ["git", ...args.map((arg) => (/^[\w@%+=:,./^~{}-]+$/.test(arg) ? arg : `'${arg}'`))].join(" ");
}

function feed(child: ChildProcess, input: string | Readable | undefined): void {
  const { stdin } = child;
  if (!stdin) return;
  // git may end before it has read all; why it did is told by its status.
  stdin.on("error", () => {});
  if (typeof input === "string" || input === undefined) {
    stdin.end(input ?? "");
    return;
  }
  input.on("error", () => child.kill());
  child.on("close", () => input.destroy());
  input.pipe(stdin);
}

function endOf(child: ChildProcess, call: GitCall): Promise<void> {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    if (stderr.length < stderrLimit) stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", (error: NodeJS.ErrnoException) => reject(error.code === "ENOENT" ? gitMissing(error) : error));
    child.on("close", (status) => {
      if (call.signal.aborted) return reject(cancelled());
      if (status === 0) return resolve();
      const failure: GitFailure = { args: call.args, repository: call.repository, status, stderr };
      return reject(call.transport ? transportFault(failure) : readingFault(failure));
    });
  });
}
