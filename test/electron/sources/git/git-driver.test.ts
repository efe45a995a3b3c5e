import { hash } from "node:crypto";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gitDriver } from "../../../../electron/sources/git/git-driver.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { pullOnce, recordsOf, temporaryFolder } from "../pull-double.ts";
import { createRepository, gitIn, gitSource, makeYear } from "./repository-under-test.ts";

const year = resolvePeriod("2025-01-01", "2025-12-31", "UTC");

function idOf(content: Uint8Array, algorithm: string): string {
  return hash(algorithm, Buffer.concat([Buffer.from(`commit ${content.length}\0`), content]));
}

it("stores each commit of the period as git hashes it, whichever way it came, and the one just before it", async () => {
  const { path, git, base } = makeYear(join(temporaryFolder(), "shop"));
  const pull = await pullOnce(gitDriver, gitSource(path), { period: year });
  const commits = recordsOf(pull, "git.commit");
  const expected = git("rev-list", "--all", `^${base}`).split("\n");
  expect(commits.map(({ locator }) => locator).sort()).toEqual([...expected, base].map((id) => `git:${id}`).sort());
  for (const { bytes, locator } of commits) expect(`git:${idOf(bytes, "sha1")}`).toBe(locator);
  expect(pull.outcome.counts).toEqual({
    "commits": expected.length,
    "commits on the release branch": 4,
    "merges": 2,
    "refs": 8,
    "tags": 2,
    "comparisons of contents": 4,
  });
  expect(pull.outcome.tieOuts).toEqual([
    { what: "commits", how: expect.any(String), expected: expected.length, received: expected.length },
  ]);
  const span = { scope: "shop", from: year.start, to: year.end };
  expect(pull.outcome.coverage).toEqual([
    { kind: "commits", ...span },
    { kind: "contents", ...span },
  ]);
});

it("stores what each commit changed against its first parent as git log writes it, odd names and merges included", async () => {
  const { path, git, base } = makeYear(join(temporaryFolder(), "shop"));
  const pull = await pullOnce(gitDriver, gitSource(path), { period: year });
  const paths = recordsOf(pull, "git.changed-paths");
  const ids = git("rev-list", "--all", `^${base}`).split("\n");
  expect(paths).toHaveLength(ids.length);
  for (const id of ids) {
    const log = gitIn(path, [
      ...["log", "-1", "--raw", "-z", "--no-renames", "--no-abbrev", "--diff-merges=first-parent", "--format=", id],
    ]);
    const record = paths.find(({ locator }) => locator === `git:${id}`);
    expect(Buffer.from(record?.bytes ?? []).toString(), id).toBe(log);
  }
  expect(paths.filter(({ bytes }) => bytes.length === 0)).toHaveLength(1);
});

it("stores all refs as git lists them, with annotated tags peeled", async () => {
  const { path, git } = makeYear(join(temporaryFolder(), "shop"));
  const pull = await pullOnce(gitDriver, gitSource(path), { period: year });
  const [refs, ...more] = recordsOf(pull, "git.refs");
  const listed = git("for-each-ref", "--format=%(objectname) %(*objectname) %(refname)");
  expect(Buffer.from(refs?.bytes ?? []).toString()).toBe(`${listed}\n`);
  expect(more).toEqual([]);
  expect(listed).toContain(`${git("rev-parse", "v1")} ${git("rev-parse", "v1^{commit}")} refs/tags/v1`);
});

it("says which commits lie just before the range, so that a missing parent can be told from an older one", async () => {
  const { path, git, base } = makeYear(join(temporaryFolder(), "shop"));
  const pull = await pullOnce(gitDriver, gitSource(path), { period: year });
  const [before] = recordsOf(pull, "git.range-boundary");
  const known = new Set(
    Buffer.from(before?.bytes ?? [])
      .toString()
      .trim()
      .split("\n"),
  );
  expect(known).toEqual(new Set([base]));
  const stored = new Set(recordsOf(pull, "git.commit").map(({ locator }) => locator.slice(4)));
  for (const id of git("rev-list", "--all", `^${base}`).split("\n")) {
    for (const parent of git("rev-parse", `${id}^@`).split("\n")) {
      if (parent) expect(known.has(parent) || stored.has(parent)).toBe(true);
    }
  }
});

it("keeps the .mailmap of the release branch's tip", async () => {
  const repository = createRepository(join(temporaryFolder(), "shop"));
  repository.commit("2025-05-01", "Start", { ".mailmap": "Ada Author <ada@example.org> <ada@old.example.org>\n" });
  const pull = await pullOnce(gitDriver, gitSource(repository.path), { period: year });
  expect(recordsOf(pull, "git.mailmap").map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
    "Ada Author <ada@example.org> <ada@old.example.org>\n",
  ]);
});

it("takes a commit that is dated back when it lies between commits of the period or after the last of them", async () => {
  const { path, commit } = createRepository(join(temporaryFolder(), "shop"));
  const before = commit("2024-05-01", "Before");
  const first = commit("2025-05-01", "First");
  const between = commit("2011-01-01", "Dated back between");
  const last = commit("2025-06-01", "Last");
  const after = commit("2012-01-01", "Dated back at the tip");
  const pull = await pullOnce(gitDriver, gitSource(path), { period: year });
  expect(recordsOf(pull, "git.changed-paths").map(({ locator }) => locator)).toEqual(
    [after, last, between, first].map((id) => `git:${id}`),
  );
  expect(recordsOf(pull, "git.commit").map(({ locator }) => locator)).toContain(`git:${before}`);
});

it("takes 30 days on both sides of the period, since merge times and commit dates differ", async () => {
  const { path, commit } = createRepository(join(temporaryFolder(), "shop"));
  const far = commit("2025-02-27", "Far before");
  const near = commit("2025-03-03", "Near before");
  const inside = commit("2025-04-15", "Inside");
  const soon = commit("2025-05-30", "Soon after");
  const period = resolvePeriod("2025-04-01", "2025-04-30", "UTC");
  const pull = await pullOnce(gitDriver, gitSource(path), { period });
  expect(recordsOf(pull, "git.changed-paths").map(({ locator }) => locator.slice(4))).toEqual([soon, inside, near]);
  expect(Buffer.from(recordsOf(pull, "git.range-boundary")[0]?.bytes ?? []).toString()).toBe(`${far}\n`);
});

it("follows the release branch from its tip when the period lies far back, without what later commits brought", async () => {
  const { path, git, commit, merge } = createRepository(join(temporaryFolder(), "shop"));
  const base = commit("2024-01-01", "Before");
  const inside = commit("2025-04-15", "Inside");
  git("switch", "--quiet", "-c", "later");
  const side = commit("2025-08-01", "Later work");
  git("switch", "--quiet", "main");
  const merged = merge("2025-08-02", "later");
  git("branch", "-D", "later");
  const period = resolvePeriod("2025-04-01", "2025-04-30", "UTC");
  const pull = await pullOnce(gitDriver, gitSource(path), { period });
  const stored = recordsOf(pull, "git.commit").map(({ locator }) => locator.slice(4));
  expect(new Set(stored)).toEqual(new Set([merged, inside, base]));
  expect(stored).not.toContain(side);
  expect(pull.outcome.tieOuts[0]).toMatchObject({ expected: 2, received: 2 });
  expect(pull.outcome.counts["commits on the release branch"]).toBe(1);
  expect(pull.outcome.notes.join()).toContain("1 later commit ");
});

it("a period without a commit is an outcome with zero commits, and the refs are kept", async () => {
  const { path } = makeYear(join(temporaryFolder(), "shop"));
  const pull = await pullOnce(gitDriver, gitSource(path), { period: resolvePeriod("2019-01-01", "2019-03-31", "UTC") });
  expect(pull.outcome.counts).toMatchObject({
    "commits": 0,
    "commits on the release branch": 0,
    "merges": 0,
    "refs": 8,
  });
  expect(pull.outcome.tieOuts[0]).toMatchObject({ expected: 0, received: 0 });
  expect(pull.records.map(({ format }) => format)).toEqual(["git.refs"]);
  expect(pull.outcome.notes.join()).toContain("No commit of refs/heads/main is dated near the period");
});

it("reads a repository whose ids are SHA-256", async () => {
  const { path, git, base } = makeYear(join(temporaryFolder(), "shop"), ["--object-format=sha256"]);
  const pull = await pullOnce(gitDriver, gitSource(path), { period: year });
  const commits = recordsOf(pull, "git.commit");
  expect(commits).toHaveLength(git("rev-list", "--all", `^${base}`).split("\n").length + 1);
  for (const { bytes, locator } of commits) expect(`git:${idOf(bytes, "sha256")}`).toBe(locator);
});

it("reads bare repositories, work trees and clones with a detached HEAD alike", async () => {
  const folder = temporaryFolder();
  const { path, git } = makeYear(join(folder, "shop"));
  const whole = await pullOnce(gitDriver, gitSource(path), { period: year });
  git("clone", "--quiet", "--mirror", path, join(folder, "bare.git"));
  git("worktree", "add", "--quiet", "--detach", join(folder, "tree"), "v1");
  git("switch", "--quiet", "--detach", "v1");
  for (const location of [join(folder, "bare.git"), join(folder, "tree"), path]) {
    const pull = await pullOnce(gitDriver, gitSource(location), { period: year });
    expect(pull.outcome.counts, location).toEqual(whole.outcome.counts);
  }
});

it("takes the clone's own branch and says when its origin's is elsewhere", async () => {
  const folder = temporaryFolder();
  const { path, git, commit } = makeYear(join(folder, "shop"));
  git("clone", "--quiet", path, join(folder, "clone"));
  const newer = commit("2025-06-01", "Newer");
  gitIn(join(folder, "clone"), ["fetch", "--quiet"]);
  const behind = await pullOnce(gitDriver, gitSource(join(folder, "clone")), { period: year });
  expect(behind.outcome.notes.join()).toContain(`its origin's was last seen at ${newer}`);
  gitIn(join(folder, "clone"), ["switch", "--quiet", "--detach"]);
  gitIn(join(folder, "clone"), ["branch", "-D", "main"]);
  const remote = await pullOnce(gitDriver, gitSource(join(folder, "clone")), { period: year });
  expect(remote.outcome.endpoint).toContain(`refs/remotes/origin/main at ${newer}`);
});

it("replaced objects and grafts do not change what is read", async () => {
  const { path, git, commit } = createRepository(join(temporaryFolder(), "shop"));
  commit("2025-01-05", "Start");
  const pushed = commit("2025-02-01", "Pushed past review");
  const last = commit("2025-03-01", "Last");
  git("replace", "--graft", last);
  const pull = await pullOnce(gitDriver, gitSource(path), { period: year });
  expect(recordsOf(pull, "git.commit").map(({ locator }) => locator)).toContain(`git:${pushed}`);
});

it("tells of a repository what a person must know before pulling", async () => {
  const { path, git } = makeYear(join(temporaryFolder(), "shop"));
  const { context } = await pullOnce(gitDriver, gitSource(path), { period: year });
  const test = await gitDriver.test(gitSource(path), context);
  expect(test).toMatchObject({ identity: "", canWrite: null });
  const commits = git("rev-list", "--count", "main");
  expect(test.notes[0]).toBe(`Branch refs/heads/main is at ${git("rev-parse", "main")}, with ${commits} commits.`);
});
