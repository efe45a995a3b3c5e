import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gitDriver } from "../../../../electron/sources/git/git-driver.ts";
import { factsOf } from "../deploy/tool-under-test.ts";
import { pullOnce, temporaryFolder } from "../pull-double.ts";
import { createRepository, gitIn, gitSource } from "./repository-under-test.ts";

async function rewritesOf(path: string) {
  const source = gitSource(path);
  return factsOf(await pullOnce(gitDriver, source), source, "branch-rewrite");
}

/** A repository whose origin was force-pushed between two fetches of its clone. */
function forced() {
  const { path, git, commit } = createRepository(join(temporaryFolder(), "shop"));
  const base = commit("2025-01-10", "Start", { "a.ts": "a\n" });
  const lost = [commit("2025-01-11", "One", { "b.ts": "b\n" }), commit("2025-01-12", "Two", { "b.ts": "c\n" })];
  const clone = join(temporaryFolder(), "clone");
  execFileSync("git", ["clone", "--quiet", path, clone], { stdio: "ignore" });
  gitIn(path, ["reset", "--quiet", "--hard", base], { day: "2025-01-13" });
  const after = commit("2025-01-14", "Instead", { "c.ts": "c\n" });
  return { path, git, commit, clone, base, lost, after };
}

it("a branch that was set back is told with what it lost, and steps forward are not", async () => {
  const { path, base, lost, after, commit } = forced();
  const [one = "", two = ""] = lost;
  commit("2025-01-15", "More", { "d.ts": "d\n" });
  expect(after).not.toBe(two);
  expect(await rewritesOf(path)).toMatchObject([
    {
      ...{ before: two, after: base, bases: [base], kept: [base], lost: [two, one], lostCount: 2, branch: "main" },
      ...{ at: "2025-01-13T12:00:00.000Z", by: "Carl Committer <carl@example.org>" },
    },
  ]);
});

it("a clone tells what its origin's branch lost, and not what was done to the branch of its own", async () => {
  const { clone, base, lost, after } = forced();
  gitIn(clone, ["fetch", "--quiet"], { day: "2025-01-16" });
  gitIn(clone, ["reset", "--quiet", "--hard", "origin/main"], { day: "2025-01-17" });
  gitIn(clone, ["commit", "--quiet", "--amend", "-m", "Amended before it was pushed"], { day: "2025-01-18" });
  expect(await rewritesOf(clone)).toMatchObject([
    { before: lost[1], after, bases: [base], kept: [base], at: "2025-01-16T12:00:00.000Z" },
  ]);
});

it("what git has thrown away was lost, though nothing else is known of it", async () => {
  const { path, lost, base } = forced();
  for (const id of lost) execFileSync("rm", ["-f", join(path, ".git", "objects", id.slice(0, 2), id.slice(2))]);
  expect(await rewritesOf(path)).toMatchObject([
    { before: lost[1], after: base, bases: [], kept: [base], lost: [], lostCount: 0 },
  ]);
});

it("a branch of which no reflog is kept tells nothing of it", async () => {
  const bare = join(temporaryFolder(), "bare");
  execFileSync("git", ["clone", "--quiet", "--bare", forced().path, bare], { stdio: "ignore" });
  expect(await rewritesOf(bare)).toEqual([]);
});
