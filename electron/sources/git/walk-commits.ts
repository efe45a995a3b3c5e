import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { ChangedPathsReader, type RawChangedPaths } from "./changed-paths-reader.ts";
import { CommitReader, type RawCommit } from "./commit-reader.ts";
import { corrupt } from "./git-faults.ts";
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

const stepCommits = 1000;
const stepBytes = 8 * 1024 * 1024;
/** So many commits are asked for at once; while they are stored, git is at the next ones. */
const lotCommits = 4000;

/** Commits and changed paths of a part of the walk, being written into files by two gits. */
interface Lot {
  readonly commits: string;
  readonly paths: string;
  /** Commits in it. */
  readonly size: number;
  /** Settles when both gits ended well. */
  readonly ended: Promise<unknown>;
  stop(): void;
}

/**
 * Reads the commits of a walk and what they changed. git writes into files and not into pipes: storing a step takes as
 * long as git takes for as many commits, and with pipes each would wait for the other.
 * @param done commits of the walk that are stored already
 * @throws git-corrupt naming the object, git-failed, disk-full, cancelled
 */
export async function* walkCommits(repository: Repository, walk: WalkFile, done: number): AsyncGenerator<WalkStep> {
  const lots: Lot[] = [];
  const startLot = async (from: number): Promise<Lot | null> => {
    if (from >= walk.commits) return null;
    const lot = await openLot(repository, walk, from, Math.min(from + lotCommits, walk.commits));
    lots.push(lot);
    return lot;
  };
  try {
    let next = await startLot(done);
    for (let from = done + lotCommits; next; from += lotCommits) {
      const lot: Lot = next;
      await lot.ended;
      next = await startLot(from);
      yield* readLot(repository, lot);
    }
  } finally {
    for (const lot of lots) lot.stop();
    const files = new Set(lots.flatMap(({ commits, paths }) => [commits, paths]));
    await Promise.all([...files].map((file) => rm(file, { force: true })));
  }
}

async function openLot(repository: Repository, walk: WalkFile, from: number, to: number): Promise<Lot> {
  // Two lots exist at a time, and their files take turns.
  const name = `${walk.path}.${Math.floor(from / lotCommits) % 2}`;
  const files = { commits: `${name}.commits`, paths: `${name}.paths` };
  const start = (file: string, args: readonly string[]) =>
    startGitInto(file, callOn(repository, args, readWalkFile(walk, from, to, repository.idLength)));
  const gits = [await start(files.commits, commitsCommand), await start(files.paths, pathsCommand)];
  const ended = Promise.all(gits.map((git) => git.ended));
  ended.catch(() => {});
  return {
    ...files,
    size: to - from,
    ended,
    stop() {
      for (const git of gits) git.stop();
    },
  };
}

async function* readLot(repository: Repository, lot: Lot): AsyncGenerator<WalkStep> {
  const { named, idLength } = repository;
  const commits = new Supply(createReadStream(lot.commits), new CommitReader(named));
  const paths = new Supply(createReadStream(lot.paths), new ChangedPathsReader(named, idLength));
  for (let read = 0; read < lot.size; ) {
    const pathStep = await paths.take(stepCommits, stepBytes);
    const commitStep = await commits.take(pathStep.length);
    checkPairs(repository, commitStep, pathStep);
    read += commitStep.length;
    yield { commits: commitStep, paths: pathStep };
  }
}

function checkPairs(repository: Repository, commits: readonly RawCommit[], paths: readonly RawChangedPaths[]): void {
  const apart = paths.findIndex(({ id }, index) => commits[index]?.id !== id);
  if (apart >= 0 || paths.length === 0) {
    throw corrupt(repository.named, paths[apart]?.id ?? "", "was not given when it was asked for");
  }
}
