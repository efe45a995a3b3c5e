import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SourceOf } from "../../../../shared/model/source.ts";

/** Real git in a temporary folder, with names and times that are the same everywhere. */
export interface TestRepository {
  readonly path: string;
  git(...args: string[]): string;
  /** Writes files into the work tree (null removes) and commits all of it. @returns the commit's id */
  commit(day: string, message: string, files?: Record<string, string | null>): string;
  /** Merges into the present branch with a merge commit. */
  merge(day: string, ...branches: string[]): string;
  /** Stores a commit object exactly as written. @returns its id */
  writeCommit(content: Uint8Array | string): string;
}

export function gitIn(
  path: string,
  args: readonly string[],
  options: { day?: string; input?: Uint8Array | string } = {},
): string {
  const date = `${options.day ?? "2025-01-01"}T12:00:00Z`;
  return execFileSync("git", ["-C", path, ...args], {
    encoding: "utf8",
    ...(options.input === undefined ? {} : { input: options.input }),
    stdio: ["pipe", "pipe", "pipe"],
    maxBuffer: 64 * 1024 * 1024,
    env: {
      PATH: process.env.PATH,
      HOME: path,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "Ada Author",
      GIT_AUTHOR_EMAIL: "ada@example.org",
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: "Carl Committer",
      GIT_COMMITTER_EMAIL: "carl@example.org",
      GIT_COMMITTER_DATE: date,
    },
  }).replace(/\n$/, "");
}

export function createRepository(path: string, options: readonly string[] = []): TestRepository {
  mkdirSync(path, { recursive: true });
  gitIn(path, ["init", "--quiet", "--initial-branch=main", ...options]);
  const git = (...args: string[]): string => gitIn(path, args);
  return {
    path,
    git,
    commit(day, message, files = {}) {
      for (const [name, content] of Object.entries(files)) {
        if (content === null) git("rm", "--quiet", "--", name);
        else {
          mkdirSync(dirname(join(path, name)), { recursive: true });
          writeFileSync(join(path, name), content);
        }
      }
      git("add", "--all");
      gitIn(path, ["commit", "--quiet", "--allow-empty", "-m", message], { day });
      return git("rev-parse", "HEAD");
    },
    merge(day, ...branches) {
      gitIn(path, ["merge", "--quiet", "--no-ff", "-m", `Merge ${branches.join(" and ")}`, ...branches], { day });
      return git("rev-parse", "HEAD");
    },
    writeCommit(content) {
      return gitIn(path, ["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], { input: content });
    },
  };
}

export function gitSource(location: string, releaseBranch = "main"): SourceOf<"git"> {
  return { id: "code", kind: "git", repository: "shop", location, releaseBranch };
}

/**
 * A year in a project: a start before the period, merges, an octopus, a squash, tags, a request's head that was never
 * merged, a path with odd characters, and an empty commit.
 */
export function makeYear(path: string, options: readonly string[] = []): TestRepository & { base: string } {
  const repository = createRepository(path, options);
  const { git, commit, merge } = repository;
  commit("2024-06-01", "Start", { "README.md": "start\n", "src/a.ts": "a\n", "src/b.ts": "b\n" });
  const base = commit("2024-11-01", "Before the period", { "src/a.ts": "a2\n" });
  git("switch", "--quiet", "-c", "one");
  commit("2025-01-10", "PROJ-1 Change a", { "src/a.ts": "a3\n" });
  commit("2025-01-11", "PROJ-1 Test a", { "test/a.test.ts": "t\n" });
  git("update-ref", "refs/pull/1/head", "HEAD");
  git("switch", "--quiet", "main");
  merge("2025-01-12", "one");
  for (const name of ["two", "three"]) {
    git("switch", "--quiet", "-c", name, "main");
    commit("2025-02-01", `PROJ-2 ${name}`, { [`src/${name}.ts`]: `${name}\n` });
  }
  git("switch", "--quiet", "main");
  merge("2025-02-02", "two", "three");
  git("tag", "-a", "-m", "Release 1", "v1");
  commit("2025-03-01", "Squash of PROJ-3 (#3)", { "docs/naïve\nname.md": "x\n", "src/b.ts": null, ":odd": "y\n" });
  git("tag", "v2");
  git("switch", "--quiet", "-c", "left", "main");
  commit("2025-03-05", "Never merged", { "src/left.ts": "left\n" });
  git("update-ref", "refs/pull/4/head", "HEAD");
  git("switch", "--quiet", "main");
  commit("2025-04-01", "Nothing in it");
  git("branch", "-D", "left");
  return { ...repository, base };
}

/** More commits than git is asked for at once. */
export function makeLong(path: string): TestRepository {
  const repository = createRepository(path);
  repository.commit("2024-06-01", "Before");
  const lines: string[] = [];
  for (let number = 1; number <= 2500; number += 1) {
    const who = `Ada <ada@example.org> ${1_735_732_800 + number * 3600} +0000`;
    const from = number === 1 ? "from refs/heads/main^0\n" : "";
    const content = `line ${number}\n`;
    lines.push(`commit refs/heads/main\nauthor ${who}\ncommitter ${who}\ndata 5\nStep\n${from}`);
    lines.push(`M 100644 inline file${number % 50}\ndata ${content.length}\n${content}`);
  }
  gitIn(path, ["fast-import", "--quiet", "--force"], { input: lines.join("") });
  return repository;
}
