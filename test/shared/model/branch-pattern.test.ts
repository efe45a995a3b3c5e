import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBranchPattern, listBranchNames, orderBranches } from "../../../shared/model/branch-pattern.ts";

describe("release branches by pattern", () => {
  it("a name without a star or a space is a branch, whatever other characters it has", () => {
    expect(["main", "release/1.0", "a+b(c)?", "feature/naïve"].map(isBranchPattern)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(["release/*", "main release/*", "*"].map(isBranchPattern)).toEqual([true, true, true]);
  });

  it("a star stands for any characters, slashes too, and everything else for itself", () => {
    const names = ["release/1", "release/2024/1", "releases/1", "release.1", "prerelease/1", "release/"];
    expect(orderBranches(names, ["release/*"])).toEqual(["release/", "release/1", "release/2024/1"]);
    expect(orderBranches(["a-1-b", "a-b", "a-b-c", "ab"], ["a-*b"])).toEqual(["a-1-b", "a-b"]);
    expect(orderBranches(["aba", "ab", "aXbYa"], ["a*b*a"])).toEqual(["aXbYa", "aba"]);
  });

  it("the order is that of the patterns, and within one by name with numbers by their value", () => {
    const names = ["release/10", "release/1.10", "main", "release/9", "release/1.9", "release/1.9.1"];
    expect(orderBranches(names, ["main", "release/*"])).toEqual([
      ...["main", "release/1.9", "release/1.9.1", "release/1.10", "release/9", "release/10"],
    ]);
    expect(orderBranches(names, ["release/1.*", "*"])[0]).toBe("release/1.9");
  });

  it("the order never depends on the order in which the branches are listed, and no branch comes twice", () => {
    const name = fc.stringMatching(/^[a-b0-2./-]{1,6}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 8 }), fc.nat(), (names, seed) => {
        const shuffled = [...names].sort((a, b) => ((a.length * seed) % 7) - ((b.length * seed) % 7));
        const ordered = orderBranches(names, ["a*", "*"]);
        expect(orderBranches(shuffled.reverse(), ["a*", "*"])).toEqual(ordered);
        expect([...ordered].sort()).toEqual([...names].sort());
      }),
    );
  });

  it("a branch of the clone and its origin's is one, and the origin's HEAD is none", () => {
    const refs = ["refs/heads/main", "refs/remotes/origin/main", "refs/remotes/origin/HEAD", "refs/tags/v1"];
    expect(listBranchNames(refs)).toEqual(["main"]);
  });
});
