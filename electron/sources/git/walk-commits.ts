import type { Readable } from "node:stream";
import { ChangedPathsReader, type RawChangedPaths } from "./changed-paths-reader.ts";
import { CommitReader, type RawCommit } from "./commit-reader.ts";
import { corrupt } from "./git-faults.ts";
import { callOn, type Repository } from "./repository.ts";
import { type RunningGit, startGit } from "./run-git.ts";
import { readWalkFile, type WalkFile } from "./walk-file.ts";

export const commitsCommand = ["cat-file", "--batch", "--buffer"] as const;

// biome-ignore format: a command reads best on few lines
/** The same as `git log --raw -z --no-renames --no-abbrev --diff-merges=first-parent` of each commit, without the log. */
export const pathsCommand = [
  "diff-tree", "--stdin", "--always", "--root", "-r", "--raw", "-z",
  "--no-renames", "--no-abbrev", "--no-relative", "--no-ext-diff", "--ignore-submodules=none", "--diff-merges=first-parent",
] as const;

/** Some commits, and what each of them changed. */
export interface WalkStep {
  readonly commits: readonly RawCommit[];
  readonly paths: readonly RawChangedPaths[];
}

/**
 * Small steps: while one is stored, both gits fill their pipes, and with larger ones they would stand still.
 * Measured with `npm run bench`.
 */
const stepCommits = 400;
const stepBytes = 8 * 1024 * 1024;

/**
 * Reads the commits of a walk and what they changed, by two gits at the same time.
 * @param done commits of the walk that are stored already
 * @throws git-corrupt naming the object, git-failed, cancelled
 */
export async function* walkCommits(repository: Repository, walk: WalkFile, done: number): AsyncGenerator<WalkStep> {
  const start = (args: readonly string[]): RunningGit =>
    startGit(callOn(repository, args, readWalkFile(walk, done, repository.idLength)));
  const commitGit = start(commitsCommand);
  const pathGit = start(pathsCommand);
  const commits = new Supply(commitGit, new CommitReader(repository.named));
  const paths = new Supply(pathGit, new ChangedPathsReader(repository.named, repository.idLength));
  try {
    for (let read = done; read < walk.commits; ) {
      const pathStep = await paths.take(stepCommits, stepBytes);
      const commitStep = await commits.take(pathStep.length, Number.POSITIVE_INFINITY);
      checkPairs(repository, commitStep, pathStep);
      read += commitStep.length;
      yield { commits: commitStep, paths: pathStep };
    }
    await Promise.all([commits.finish(), paths.finish()]);
  } finally {
    commitGit.stop();
    pathGit.stop();
  }
}

function checkPairs(repository: Repository, commits: readonly RawCommit[], paths: readonly RawChangedPaths[]): void {
  const apart = paths.findIndex(({ id }, index) => commits[index]?.id !== id);
  if (apart >= 0 || paths.length === 0) {
    throw corrupt(repository.named, paths[apart]?.id ?? "", "was not given when it was asked for");
  }
}

interface StreamReader<T> {
  push(part: Buffer): T[];
  end(): T[];
}

/** What a git gives, taken by number. */
class Supply<T extends { readonly bytes: Buffer }> {
  private readonly git: RunningGit;
  private readonly reader: StreamReader<T>;
  private readonly parts: AsyncIterator<Buffer>;
  private waiting: T[] = [];
  private taken = 0;
  private ended = false;

  constructor(git: RunningGit, reader: StreamReader<T>) {
    this.git = git;
    this.reader = reader;
    this.parts = (git.stdout as Readable & AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** The next ones, up to a number and until they hold a number of bytes; fewer only at the end. */
  async take(most: number, bytes: number): Promise<T[]> {
    const step: T[] = [];
    let size = 0;
    while (step.length < most && size < bytes) {
      const next = this.waiting[this.taken];
      if (next) {
        this.taken += 1;
        step.push(next);
        size += next.bytes.length;
      } else if (!(await this.refill())) break;
    }
    return step;
  }

  /** @throws what git ended with, if not well */
  async finish(): Promise<void> {
    while (await this.refill());
  }

  private async refill(): Promise<boolean> {
    if (this.ended) return false;
    const { value, done } = await this.parts.next();
    this.taken = 0;
    if (!done) {
      this.waiting = this.reader.push(value);
      return true;
    }
    this.ended = true;
    // First why git ended: half an object at the end of its output is only what follows from that.
    await this.git.ended;
    this.waiting = this.reader.end();
    return true;
  }
}
