import { rm } from "node:fs/promises";
import { ChangedPathsReader, type RawChangedPaths } from "./changed-paths-reader.ts";
import { CommitReader, type RawCommit } from "./commit-reader.ts";
import { corrupt } from "./git-faults.ts";
import { readGrowingFile } from "./growing-file.ts";
import { callOn, type Repository } from "./repository.ts";
import { startGitInto } from "./run-git.ts";
import { Supply } from "./supply.ts";
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

/** Larger steps gain nothing; smaller ones write the engagement file's index pages more often. */
const stepCommits = 1000;
const stepBytes = 8 * 1024 * 1024;

/**
 * Reads the commits of a walk and what they changed. git writes into files and not into pipes: storing a step takes as
 * long as git takes for as many commits, and with pipes each would wait for the other.
 * @param done commits of the walk that are stored already
 * @param lotCommits so many commits are asked for at once, so that the files stay small however long the walk is
 * @throws git-corrupt naming the object, git-failed, disk-full, cancelled
 */
export async function* walkCommits(
  repository: Repository,
  walk: WalkFile,
  done: number,
  lotCommits = 20_000,
): AsyncGenerator<WalkStep> {
  for (let from = done; from < walk.commits; from += lotCommits) {
    yield* readLot(repository, walk, from, Math.min(from + lotCommits, walk.commits));
  }
}

async function* readLot(repository: Repository, walk: WalkFile, from: number, to: number): AsyncGenerator<WalkStep> {
  const { named, idLength } = repository;
  const files = { commits: `${walk.path}.commits`, paths: `${walk.path}.paths` };
  const start = (file: string, args: readonly string[]): ReturnType<typeof startGitInto> =>
    startGitInto(file, callOn(repository, args, readWalkFile(walk, from, to, idLength)));
  const commitGit = await start(files.commits, commitsCommand);
  const pathGit = await start(files.paths, pathsCommand);
  const commits = new Supply(readGrowingFile(files.commits, commitGit.ended), new CommitReader(named));
  const paths = new Supply(readGrowingFile(files.paths, pathGit.ended), new ChangedPathsReader(named, idLength));
  try {
    for (let read = from; read < to; ) {
      const pathStep = await paths.take(stepCommits, stepBytes);
      const commitStep = await commits.take(pathStep.length);
      checkPairs(repository, commitStep, pathStep);
      read += commitStep.length;
      yield { commits: commitStep, paths: pathStep };
    }
    await Promise.all([commitGit.ended, pathGit.ended]);
  } finally {
    for (const git of [commitGit, pathGit]) git.stop();
    await Promise.all([commits.close(), paths.close()]);
    for (const file of Object.values(files)) await rm(file, { force: true });
  }
}

function checkPairs(repository: Repository, commits: readonly RawCommit[], paths: readonly RawChangedPaths[]): void {
  const apart = paths.findIndex(({ id }, index) => commits[index]?.id !== id);
  if (apart >= 0 || paths.length === 0) {
    throw corrupt(repository.named, paths[apart]?.id ?? "", "was not given when it was asked for");
  }
}
