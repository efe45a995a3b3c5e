import { join } from "node:path";
import { expect, it } from "vitest";
import { gitDriver } from "../../../../electron/sources/git/git-driver.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { pullOnce, recordsOf, temporaryFolder } from "../pull-double.ts";
import { createRepository, gitIn, gitSource, makeYear } from "./repository-under-test.ts";

const year = resolvePeriod("2025-01-01", "2025-12-31", "UTC");
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

it("a clone that is cut before the period gives the same commits as a whole one, and says where it is cut", async () => {
  const folder = temporaryFolder();
  const { path, git, base } = makeYear(join(folder, "shop"));
  git(
    "clone",
    "--quiet",
    "--mirror",
    "--no-single-branch",
    "--shallow-since=2024-10-01",
    `file://${path}`,
    join(folder, "cut.git"),
  );
  // A clone that lacks something is not compared, so neither is the whole one here.
  const whole = await pullOnce(gitDriver, { ...gitSource(path), compareContents: false }, { period: year });
  const cut = await pullOnce(gitDriver, gitSource(join(folder, "cut.git")), { period: year });
  const without = (pull: typeof cut): string[] =>
    pull.records
      .filter(({ format }) => format !== "git.boundary" && format !== "git.refs")
      .map((r) => `${r.format} ${r.locator} ${text(r.bytes)}`)
      .sort();
  expect(without(cut)).toEqual(without(whole));
  expect(text(recordsOf(cut, "git.boundary")[0]?.bytes)).toBe(`${base}\n`);
  expect(cut.outcome.notes.join()).toContain("The clone is shallow");
});

it("the commit at the cut is not said to have made every file", async () => {
  const folder = temporaryFolder();
  const { path, git, commit } = createRepository(join(folder, "shop"));
  commit("2024-01-01", "Start", { a: "1", b: "1" });
  const edge = commit("2024-12-20", "Edge", { a: "2" });
  commit("2025-01-20", "Inside", { a: "3" });
  git("clone", "--quiet", "--bare", "--depth", "2", `file://${path}`, join(folder, "cut.git"));
  const pull = await pullOnce(gitDriver, gitSource(join(folder, "cut.git")), { period: year });
  expect(recordsOf(pull, "git.commit").map(({ locator }) => locator)).toContain(`git:${edge}`);
  expect(recordsOf(pull, "git.changed-paths").map(({ locator }) => locator)).not.toContain(`git:${edge}`);
  expect(recordsOf(pull, "git.changed-paths")).toHaveLength(1);
});

it("a commit that the clone lists as cut though its parents are there is read with them", async () => {
  const folder = temporaryFolder();
  const { path, git, commit } = createRepository(join(folder, "shop"));
  commit("2023-01-01", "Long before", { a: "0" });
  const parent = commit("2024-01-01", "Before", { a: "1", b: "1" });
  const listed = commit("2025-01-20", "Listed as cut", { a: "2" });
  commit("2025-02-20", "Inside", { a: "3" });
  git("clone", "--quiet", "--bare", "--depth", "3", `file://${path}`, join(folder, "cut.git"));
  const { writeFileSync } = await import("node:fs");
  writeFileSync(join(folder, "cut.git/shallow"), `${parent}\n${listed}\n`);
  const pull = await pullOnce(gitDriver, gitSource(join(folder, "cut.git")), { period: year });
  expect(text(recordsOf(pull, "git.boundary")[0]?.bytes)).toBe(`${parent}\n`);
  const paths = recordsOf(pull, "git.changed-paths").find(({ locator }) => locator === `git:${listed}`);
  expect(text(paths?.bytes).match(/\0[^\0:]+\0/g)).toEqual(["\0a\0"]);
  expect(pull.outcome.notes.join()).toContain("could be read with the parents");
});

it("a clone without file contents gives commits and changed paths; a .mailmap that it leaves out is said", async () => {
  const folder = temporaryFolder();
  const { path, git, commit } = makeYear(join(folder, "shop"));
  commit("2025-06-01", "Names", { ".mailmap": "Ada <ada@example.org>\n" });
  git("config", "uploadpack.allowFilter", "true");
  git("clone", "--quiet", "--mirror", "--filter=blob:none", `file://${path}`, join(folder, "blobless.git"));
  gitIn(join(folder, "blobless.git"), ["config", "remote.origin.url", `file://${folder}/gone.git`]);
  // A clone that lacks something is not compared, so neither is the whole one here.
  const whole = await pullOnce(gitDriver, { ...gitSource(path), compareContents: false }, { period: year });
  const pull = await pullOnce(gitDriver, gitSource(join(folder, "blobless.git")), { period: year });
  expect(pull.outcome.counts).toEqual(whole.outcome.counts);
  expect(recordsOf(pull, "git.changed-paths")).toEqual(recordsOf(whole, "git.changed-paths"));
  expect(recordsOf(whole, "git.mailmap")).toHaveLength(1);
  expect(recordsOf(pull, "git.mailmap")).toEqual([]);
  expect(pull.outcome.notes.join()).toMatch(/partial clone \(blob:none\).*leaves out the content of .mailmap/);
});

it("a clone that leaves out folders is refused, since what a commit changed cannot be told from it", async () => {
  const folder = temporaryFolder();
  const { path, git } = makeYear(join(folder, "shop"));
  git("config", "uploadpack.allowFilter", "true");
  git("clone", "--quiet", "--mirror", "--filter=tree:0", `file://${path}`, join(folder, "treeless.git"));
  const pull = pullOnce(gitDriver, gitSource(join(folder, "treeless.git")), { period: year });
  await expect(pull).rejects.toMatchObject({
    code: "git-failed",
    action: expect.stringContaining("--filter=blob:none"),
  });
});
