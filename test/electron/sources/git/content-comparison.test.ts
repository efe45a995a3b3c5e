import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gitDriver } from "../../../../electron/sources/git/git-driver.ts";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { MechanicalMerge, PatchId } from "../../../../shared/model/git-facts.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { pullOnce, temporaryFolder } from "../pull-double.ts";
import { createRepository, gitIn, gitSource, type TestRepository } from "./repository-under-test.ts";

const year = resolvePeriod("2025-01-01", "2025-12-31", "UTC");
const base = { "a.py": "if x:\n    one()\n    two()\n", "b.txt": "b\n" };

function begin(): TestRepository {
  const repository = createRepository(join(temporaryFolder(), "shop"));
  repository.commit("2025-02-01", "Begin", base);
  return repository;
}

async function compare(path: string, source: Partial<SourceOf<"git">> = {}) {
  const own = { ...gitSource(path), ...source };
  const { records, outcome } = await pullOnce(gitDriver, own, { period: year });
  const facts = records.flatMap((record) => {
    const read = readEvidence({ ...record, sha256: "e".repeat(64), sourceId: "code", reading: undefined }, own);
    expect(read.unread).toEqual([]);
    return read.facts;
  });
  return {
    outcome,
    mergeOf: (commit: string) =>
      facts.find((fact): fact is MechanicalMerge => fact.kind === "mechanical-merge" && fact.commit === commit),
    patchOf: (commit: string) =>
      facts.find((fact): fact is PatchId => fact.kind === "patch-id" && fact.commit === commit)?.patch,
  };
}

/** A branch with a change, and the branch that it goes to moved on meanwhile. */
function branchOut(repository: TestRepository, files: Record<string, string>): string {
  repository.git("checkout", "--quiet", "-b", "work");
  const head = repository.commit("2025-03-01", "Work", files);
  repository.git("checkout", "--quiet", "main");
  repository.commit("2025-03-02", "Meanwhile", { "c.txt": "c\n" });
  return head;
}

describe("what git makes of a merge by itself", () => {
  it("is the tree of an honest merge", async () => {
    const repository = begin();
    const head = branchOut(repository, { "d.txt": "d\n" });
    const merge = repository.merge("2025-03-03", "work");
    const found = (await compare(repository.path)).mergeOf(merge);
    expect(found).toMatchObject({ head, outcome: "clean", paths: [] });
    expect(found?.tree).toBe(repository.git("rev-parse", `${merge}^{tree}`));
  });

  it("differs from an evil merge in the paths that were smuggled in", async () => {
    const repository = begin();
    branchOut(repository, { "d.txt": "d\n" });
    repository.git("merge", "--quiet", "--no-ff", "--no-commit", "work");
    const merge = repository.commit("2025-03-03", "Merge", { "evil/backdoor.sh": "true\n", "b.txt": "changed\n" });
    const found = (await compare(repository.path)).mergeOf(merge);
    expect(found).toMatchObject({ outcome: "clean", paths: ["b.txt", "evil/backdoor.sh"] });
    expect(found?.tree).not.toBe(repository.git("rev-parse", `${merge}^{tree}`));
  });

  it("is a conflict, with its paths, where somebody had to resolve", async () => {
    const repository = begin();
    repository.git("checkout", "--quiet", "-b", "work");
    repository.commit("2025-03-01", "Work", { "b.txt": "mine\n" });
    repository.git("checkout", "--quiet", "main");
    repository.commit("2025-03-02", "Meanwhile", { "b.txt": "theirs\n" });
    expect(() => repository.merge("2025-03-03", "work")).toThrow();
    const merge = repository.commit("2025-03-03", "Merge", { "b.txt": "both\n" });
    const honest = repository.git("rev-parse", "HEAD");
    expect(honest).toBe(merge);
    expect((await compare(repository.path)).mergeOf(merge)).toMatchObject({
      outcome: "conflict",
      tree: "",
      paths: ["b.txt"],
    });
  });

  it("is compared for a squash with the head of the request that its title names", async () => {
    const repository = begin();
    const head = branchOut(repository, { "d.txt": "d\n" });
    repository.git("update-ref", "refs/pull/7/head", head);
    repository.git("merge", "--quiet", "--squash", "work");
    const squash = repository.commit("2025-03-03", "Do it (#7)", { "e.txt": "not approved\n" });
    expect((await compare(repository.path)).mergeOf(squash)).toMatchObject({
      head,
      outcome: "clean",
      paths: ["e.txt"],
    });
  });

  it("is left out for a partial clone, and coverage does not claim it", async () => {
    const repository = begin();
    branchOut(repository, { "d.txt": "d\n" });
    repository.merge("2025-03-03", "work");
    const clone = join(temporaryFolder(), "clone.git");
    gitIn(repository.path, ["config", "uploadpack.allowFilter", "true"]);
    gitIn(repository.path, ["clone", "--quiet", "--bare", "--filter=blob:none", `file://${repository.path}`, clone]);
    const { outcome } = await compare(clone);
    expect(outcome.coverage.map(({ kind }) => kind)).toEqual(["commits"]);
  });

  it("is left out where the source does not want it", async () => {
    const repository = begin();
    branchOut(repository, { "d.txt": "d\n" });
    const merge = repository.merge("2025-03-03", "work");
    expect((await compare(repository.path, { compareContents: false })).mergeOf(merge)).toBeUndefined();
  });

  it("writes nothing into the repository and runs no program that it names", async () => {
    const repository = begin();
    const marker = join(temporaryFolder(), "ran");
    repository.git("config", "merge.evil.driver", `touch ${marker}`);
    writeFileSync(join(repository.path, ".git", "info", "attributes"), "* merge=evil\n");
    repository.git("checkout", "--quiet", "-b", "work");
    repository.commit("2025-03-01", "Work", {
      "a.py": "if x:\n    one()\n    three()\n",
      ".gitattributes": "* merge=evil\n",
    });
    repository.git("checkout", "--quiet", "main");
    repository.commit("2025-03-02", "Meanwhile", { "a.py": "if y:\n    one()\n    two()\n" });
    repository.git("-c", "merge.evil.driver=true", "merge", "--quiet", "--no-ff", "-m", "Merge", "work");
    const before = repository.git("count-objects", "-v");
    await compare(repository.path);
    expect(existsSync(marker)).toBe(false);
    expect(repository.git("count-objects", "-v")).toBe(before);
  });
});

describe("patch ids", () => {
  it("are the same for a commit and its rebased copy, and differ when only the indentation differs", async () => {
    const repository = begin();
    const head = branchOut(repository, { "a.py": "if x:\n    one()\n    two()\n    three()\n" });
    repository.git("update-ref", "refs/pull/8/head", head);
    const copy = repository.commit("2025-03-03", "Work (#8)", { "a.py": "if x:\n    one()\n    two()\n    three()\n" });
    const honest = await compare(repository.path);
    expect(honest.patchOf(copy)).toBeDefined();
    expect(honest.patchOf(copy)).toBe(honest.patchOf(head));

    const other = begin();
    const otherHead = branchOut(other, { "a.py": "if x:\n    one()\n    two()\n    three()\n" });
    other.git("update-ref", "refs/pull/8/head", otherHead);
    const moved = other.commit("2025-03-03", "Work (#8)", { "a.py": "if x:\n    one()\n    two()\nthree()\n" });
    const found = await compare(other.path);
    expect(found.patchOf(moved)).not.toBe(found.patchOf(otherHead));
  });

  it("differ for two binary files", async () => {
    const repository = begin();
    const head = branchOut(repository, { "logo.bin": "a\0b" });
    repository.git("update-ref", "refs/pull/9/head", head);
    const copy = repository.commit("2025-03-03", "Logo (#9)", { "logo.bin": "a\0c" });
    const found = await compare(repository.path);
    expect(found.patchOf(copy)).not.toBe(found.patchOf(head));
  });
});
