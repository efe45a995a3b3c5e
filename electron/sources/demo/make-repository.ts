import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { devNull } from "node:os";
import { join } from "node:path";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Directory } from "./directory.ts";
import { type LaidRefs, type LaidTag, writeImportStream } from "./fast-import.ts";
import { layCommits, passingRef } from "./lay-commits.ts";
import type { PlannedHistory } from "./planned.ts";
import { headOf } from "./planned.ts";
import type { Story } from "./story-schema.ts";

/** A commit of the made repository, as the code host's records need it. */
export interface MadeCommit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly additions: number;
  readonly deletions: number;
  readonly files: number;
}

export interface MadeRepository {
  readonly path: string;
  /** By the key of the planned commit. */
  readonly commits: ReadonlyMap<string, MadeCommit>;
}

/**
 * Builds the demo's bare git repository with the system's git. The same story gives the same commit ids on any machine.
 *
 * @param path folder to make; must not exist
 * @throws git-missing, git-failed, cancelled
 */
export async function makeRepository(
  path: string,
  story: Story,
  directory: Directory,
  history: PlannedHistory,
  signal?: AbortSignal,
): Promise<MadeRepository> {
  const laid = layCommits(story, directory, history);
  const { stream, marks } = writeImportStream(laid, layRefs(story, directory, history));
  const ids = await importRepository(path, story.repository.releaseBranch, stream, signal);
  const log = await runGit(["log", "--all", "--no-renames", "--numstat", "--format=commit %H %T %P"], {
    cwd: path,
    signal,
  });
  const made = readLog(log);
  const commits = new Map<string, MadeCommit>();
  for (const [key, mark] of marks) {
    const commit = made.get(ids.get(mark) ?? "");
    if (!commit) throw new Error(`The demo's commit ${key} is not in the repository that was made.`);
    commits.set(key, commit);
  }
  return { path, commits };
}

/**
 * A new bare repository with what a stream of `git fast-import` holds.
 * @returns ids of the commits by their marks
 */
export async function importRepository(
  path: string,
  releaseBranch: string,
  stream: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  await runGit(["init", "--quiet", "--bare", "--template=", `--initial-branch=${releaseBranch}`, path], { signal });
  const marksFile = join(path, "demo-marks");
  await runGit(["fast-import", "--quiet", "--done", `--export-marks=${marksFile}`], {
    cwd: path,
    input: stream,
    signal,
  });
  await runGit(["pack-refs", "--all"], { cwd: path, signal });
  const ids = readMarks(await readFile(marksFile, "utf8"));
  await rm(marksFile);
  return ids;
}

/** Tags; branches that were not deleted after their merge; and what was needed only while building. */
function layRefs(story: Story, directory: Directory, history: PlannedHistory): LaidRefs {
  const tags = story.tags.map((tag): LaidTag => {
    if ("light" in tag) return { name: tag.tag, commit: tag.change, tagger: null };
    const { name, email, zone } = directory.of(tag.by);
    return { name: tag.tag, commit: tag.change, tagger: { name, email, at: tag.at, zone } };
  });
  const requests = history.flatMap(({ request }) => request ?? []);
  const kept = requests.filter((request) => request.closedAt === null || isBranchKept(request.number));
  const branches = new Map(kept.map((request) => [`refs/heads/${request.branch}`, headOf(request).key]));
  const passing = history.some(({ story: { how } }) => how === "local-merge") ? [passingRef] : [];
  return { tags, branches, passing };
}

/** People forget to delete a branch now and then: here, every eighth. */
export function isBranchKept(request: number): boolean {
  return request % 8 === 0;
}

function readMarks(text: string): Map<number, string> {
  return new Map([...text.matchAll(/^:(\d+) ([0-9a-f]{40})$/gm)].map(([, mark, id]) => [Number(mark), id ?? ""]));
}

function readLog(text: string): Map<string, MadeCommit> {
  const commits = text
    .split(/^commit /m)
    .slice(1)
    .map((entry): MadeCommit => {
      const [first = "", ...rest] = entry.split("\n");
      const [id = "", tree = "", ...parents] = first.split(" ");
      const numbers = rest.map((line) => /^(\d+)\t(\d+)\t/.exec(line)).filter((match) => match !== null);
      const sum = (group: 1 | 2) => numbers.reduce((total, match) => total + Number(match[group]), 0);
      return {
        id,
        tree,
        parents: parents.filter((parent) => parent !== ""),
        additions: sum(1),
        deletions: sum(2),
        files: numbers.length,
      };
    });
  return new Map(commits.map((commit) => [commit.id, commit]));
}

interface GitOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Nobody's own git configuration, and no git command that this one runs under, may change what is made. */
function gitEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  const fixed = {
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
    TZ: "UTC",
  };
  return { ...Object.fromEntries(inherited), ...fixed };
}

function runGit(args: readonly string[], { cwd, input, signal }: GitOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(signal ? { signal } : {}),
      env: gitEnvironment(),
    });
    let output = "";
    let complaint = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint += text;
    });
    child.on("error", (cause) => reject(gitFault(cause, args)));
    child.on("close", (status) => {
      if (status === 0) resolve(output);
      else reject(gitFault(new Error(complaint.trim() || `exit status ${status}`), args));
    });
    // git may stop reading early; its exit status then tells why.
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
  });
}

function gitFault(cause: Error & { code?: string }, args: readonly string[]): TickmarkError {
  if (cause.name === "AbortError") {
    return new TickmarkError("cancelled", "Making the demo sources was stopped.", "Start it again when you like.", {
      cause,
    });
  }
  if (cause.code === "ENOENT") {
    return new TickmarkError("git-missing", "git is not installed, or not on the path.", "Install git and try again.", {
      cause,
    });
  }
  return new TickmarkError(
    "git-failed",
    `git ${args[0]} failed while the demo repository was made: ${cause.message}`,
    "Check that the folder can be written to and that the disk is not full, then try again.",
    { cause },
  );
}
