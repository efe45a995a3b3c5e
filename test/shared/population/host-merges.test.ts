import { describe, expect, it } from "vitest";
import { approvedBy } from "../../../shared/model/approval.ts";
import type { CodeHost } from "../../../shared/model/request-facts.ts";
import { emailOf, History, loginOf, repository } from "./history.ts";

/** What git makes of the head by itself, against the merge: the same, something else, or nothing that could be told. */
type Comparison = "mechanical" | "smuggled" | "contents-missing" | "none";

function compare(history: History, merge: string, comparison: Comparison): void {
  const commit = history.facts.repositories.get(repository)?.commits.get(merge);
  if (!commit || comparison === "none") return;
  const [onto = "", head = ""] = commit.parents;
  const missing = comparison === "contents-missing";
  const tree = comparison === "mechanical" ? commit.tree : missing ? "" : "f".repeat(40);
  const outcome = missing ? "contents-missing" : "clean";
  history.fact({ kind: "mechanical-merge", repository, commit: merge, head, onto, outcome, tree, paths: [] });
}

describe("the name on a merge commit of a host that signs with nobody's own address", () => {
  /** Cleo's request, approved and merged by Ben. */
  function merged(system: CodeHost, comparison: Comparison) {
    const history = new History();
    const base = history.commit({ at: 0, by: "dan" });
    const head = history.commit({ parents: [base], by: "cleo" });
    const merge = history.commit({ parents: [base, head], by: "ben" });
    history.main(merge).request(1, { head, mergeCommit: merge, author: loginOf("cleo"), system, hour: 9 });
    compare(history, merge, comparison);
    return history.change(merge).authors.map(({ id }) => id);
  }

  const systems = ["gitlab", "gerrit", "bitbucket", "azure-devops"] as const;

  it.each(systems)("%s: is no author of a merge that git makes by itself", (system) => {
    expect(merged(system, "mechanical")).toEqual(["cleo"]);
  });

  it.each(systems)("%s: is an author of a merge that holds something of its own", (system) => {
    expect(merged(system, "smuggled")).toEqual(["cleo", "ben"]);
  });

  it.each(systems)("%s: is an author where nothing can be compared", (system) => {
    expect(merged(system, "contents-missing")).toEqual(["cleo", "ben"]);
    expect(merged(system, "none")).toEqual(["cleo", "ben"]);
  });
});

describe("a merge that Gerrit made on submit, which no change names", () => {
  const system = "gerrit";

  /** Changes 1 and on, each on the commit of the one before, submitted with one merge to main. */
  function submitted(
    authors: readonly string[],
    options: { approvers?: readonly (readonly string[])[]; branch?: string; unsubmitted?: number } = {},
  ) {
    const history = new History();
    const base = history.commit({ at: 0, by: "dan" });
    const heads: string[] = [];
    for (const by of authors) heads.push(history.commit({ parents: [heads.at(-1) ?? base], by }));
    const meanwhile = history.commit({ parents: [base], by: "dan" });
    const merge = history.commit({ parents: [meanwhile, heads.at(-1) ?? ""], by: "dan", committer: "gerrit@host" });
    history.main(merge);
    for (const [index, head] of heads.entries()) {
      if (index === options.unsubmitted) continue;
      const number = index + 1;
      const author = emailOf(authors[index] ?? "");
      for (const by of options.approvers?.[index] ?? []) history.review(number, by, head, { reviewer: emailOf(by) });
      history.request(number, {
        ...{ head, mergeCommit: head, author, system, mergedBy: emailOf("dan") },
        ...(options.branch === undefined ? {} : { targetBranch: options.branch }),
      });
    }
    compare(history, merge, "mechanical");
    return { change: history.change(merge), merge, history };
  }

  it("is the merge of the change whose reviewed commit is its second parent, at the time of the submit", () => {
    const { change } = submitted(["cleo"], { approvers: [["ben"]] });
    expect(change).toMatchObject({
      request: { found: true, via: "host", number: 1, mergedBy: { id: "dan" } },
      clock: "host",
      mergesHead: true,
      authors: [{ id: "cleo" }],
    });
    expect(approvedBy(change, "ben")).toBe(true);
  });

  it("is of no request when the change was submitted to another branch", () => {
    expect(submitted(["cleo"], { branch: "stable" }).change.request.found).toBe(false);
  });

  it("is of no request when it took along a commit that was never submitted", () => {
    expect(submitted(["ada", "cleo"], { unsubmitted: 0 }).change.request.found).toBe(false);
  });

  it("took along changes that rest on each other, and is approved by who approved each of them", () => {
    const { change } = submitted(["ada", "cleo"], { approvers: [["ben"], ["ben"]] });
    expect(change.request).toMatchObject({ found: true, number: 2 });
    expect(change.authors.map(({ id }) => id).sort()).toEqual(["ada", "cleo"]);
    expect(approvedBy(change, "ben")).toBe(true);
  });

  it.each([
    ["by nobody", [[], ["ben"]]],
    ["by another person", [["dan"], ["ben"]]],
    ["by its author", [["ada"], ["ben"]]],
  ])("is not approved where a change that it took along was approved %s", (_words, approvers) => {
    const { change } = submitted(["ada", "cleo"], { approvers });
    expect(["ada", "ben", "cleo", "dan"].some((person) => approvedBy(change, person))).toBe(false);
  });
});
