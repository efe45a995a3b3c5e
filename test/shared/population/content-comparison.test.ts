import { describe, expect, it } from "vitest";
import { History } from "./history.ts";

const repository = "ledger";

function treeOf(history: History, commit: string): string {
  const found = history.facts.repositories.get(repository)?.commits.get(commit);
  if (!found) throw new Error(`There is no commit ${commit}.`);
  return found.tree;
}

/** A merged request, and what git makes of the head that it names by itself. */
function mergedRequest(given: {
  tree?: "same" | "other";
  outcome?: "clean" | "conflict" | "contents-missing";
  of?: string;
}) {
  const history = new History();
  const base = history.commit({ at: 0 });
  const head = history.commit({ parents: [base] });
  const merge = history.merge(base, head);
  history.main(merge).request(1, { head, mergeCommit: merge });
  history.fact({
    kind: "mechanical-merge",
    repository,
    commit: merge,
    head: given.of ?? head,
    onto: base,
    outcome: given.outcome ?? "clean",
    tree: given.tree === "other" ? "f".repeat(40) : treeOf(history, merge),
    paths: ["src/smuggled.ts"],
  });
  return history.change(merge).content;
}

/** A rebase merge of two commits; `lastPatch` is what the host's second copy carries. */
function rebase(lastPatch: string, copies: readonly number[] = [0, 1]) {
  const history = new History();
  const base = history.commit({ at: 0 });
  const first = history.commit({ parents: [base], message: "One\n" });
  const second = history.commit({ parents: [first], message: "Two\n" });
  let tip = base;
  const merged = copies.map((copy) => {
    tip = history.commit({ parents: [tip], message: copy === 0 ? "One\n" : "Two\n", committer: "noreply@github.com" });
    return tip;
  });
  history.main(tip).request(1, { head: second, listed: [first, second], mergeCommit: tip });
  const patch = (commit: string, letter: string) =>
    history.fact({ kind: "patch-id", repository, commit, patch: letter.repeat(40) });
  patch(first, "a");
  patch(second, "b");
  for (const [index, commit] of merged.entries()) patch(commit, index === merged.length - 1 ? lastPatch : "a");
  return merged.map((commit) => history.change(commit).content.outcome);
}

describe("what was merged, against what was approved", () => {
  it("is mechanical when git itself makes the same tree of the approved head", () => {
    expect(mergedRequest({})).toEqual({ outcome: "mechanical", paths: [] });
  });

  it("is different when the merge commit carries something of its own, with the paths", () => {
    expect(mergedRequest({ tree: "other" })).toEqual({ outcome: "different", paths: ["src/smuggled.ts"] });
  });

  it("is a conflict when somebody had to resolve, with the paths", () => {
    expect(mergedRequest({ outcome: "conflict" })).toEqual({ outcome: "conflict", paths: ["src/smuggled.ts"] });
  });

  it("is unknown when the contents are not there, or were compared with another head", () => {
    expect(mergedRequest({ outcome: "contents-missing" }).outcome).toBe("unknown");
    expect(mergedRequest({ of: "d".repeat(40) }).outcome).toBe("unknown");
  });

  it("is unknown when nothing was compared", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const head = history.commit({ parents: [base] });
    const merge = history.merge(base, head);
    history.main(merge).request(1, { head, mergeCommit: merge });
    expect(history.change(merge).content).toEqual({ outcome: "unknown", paths: [] });
  });
});

describe("a rebase merge", () => {
  it("is mechanical in each commit when all patches are the same", () => {
    expect(rebase("b")).toEqual(["mechanical", "mechanical"]);
  });

  it("is not told to be mechanical in any commit when one patch differs", () => {
    expect(rebase("c")).toEqual(["unknown", "different"]);
  });

  it("that leaves an approved patch out is not mechanical", () => {
    expect(rebase("b", [1])).toEqual(["unknown"]);
  });
});
