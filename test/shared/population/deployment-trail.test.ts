import { describe, expect, it } from "vitest";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import { compiledCatalog, test } from "../evaluation/catalog-under-test.ts";
import { History } from "./history.ts";

const image = `sha256:${"d".repeat(64)}`;

function threeCommits(history: History): [string, string, string] {
  const one = history.commit({ at: 0 });
  const two = history.commit({ parents: [one], at: 1 });
  const three = history.commit({ parents: [two], at: 2 });
  history.main(three).tag("v1", one).tag("v2", two).tag("v3", three);
  return [one, two, three];
}

describe("deployments", () => {
  it("follow the release branch: each brings what reached the environment for the first time", () => {
    const history = new History();
    const [one, two, three] = threeCommits(history);
    history.deploy("v1", { hour: 10 }).deploy("v3", { hour: 11 });
    const [first, second] = history.deployments();
    expect(first?.newChanges).toEqual([`ledger@${one}`]);
    expect(second?.newChanges).toEqual([`ledger@${two}`, `ledger@${three}`]);
    expect(history.change(two).releases.map(({ revision, commit }) => [revision, commit])).toEqual([["v3", three]]);
  });

  it("tell a rollback by what is put back, and do not release anything anew with it", () => {
    const history = new History();
    threeCommits(history);
    for (const [hour, revision] of ["v2", "v3", "v2", "v3"].entries()) history.deploy(revision, { hour: 10 + hour });
    expect(history.deployments().map(({ rollback }) => rollback)).toEqual([false, false, true, false]);
    expect(history.deployments().map(({ newChanges }) => newChanges.length)).toEqual([2, 1, 0, 0]);
  });

  it("do not take an older release that never stood there for a rollback", () => {
    const history = new History();
    threeCommits(history);
    history.deploy("v3", { hour: 10 }).deploy("v2", { hour: 11 });
    expect(history.deployments().map(({ rollback }) => rollback)).toEqual([false, false]);
  });

  it.each([
    ["a tag", "v2", "tag release-branch two"],
    ["a commit id", "{two}", "commit release-branch two"],
    ["the first digits of a commit id", "{short two}", "commit release-branch two"],
    ["the digest of an image", image, "digest release-branch two"],
    [
      "an image with its tag and digest",
      `registry.example:5000/shop/ledger:latest@${image}`,
      "digest release-branch two",
    ],
    ["an image with a tag that git has too", "registry.example/shop/ledger:v2", "tag release-branch two"],
    ["an image tagged with a commit id", "ledger:{two}", "commit release-branch two"],
    ["a version whose tag has a v", "2", "version release-branch two"],
    ["a version whose tag has the service's name", "3.1.0", "version release-branch three"],
    ["a version of a package that was built", "1.4.2", "version release-branch one"],
    ["the name of a package that was built", "ledger-1.4.2.tar.gz", "version release-branch one"],
    ["a commit of another branch", "{hotfix}", "commit other-branch hotfix"],
    ["a tag that leads before the pulled history", "old", "tag older -"],
    ["a commit id that nothing leads to", "b".repeat(40), "commit absent -"],
    ["a package that was built from two commits", "ledger-9.9.9.tar.gz", "unknown unresolved -"],
    ["an image of which only the digest is known", `sha256:${"0".repeat(64)}`, "unknown unresolved -"],
    ["a moving name", "latest", "unknown unresolved -"],
  ])("name %s, which leads to its commit or to none", (_words, revision, expected) => {
    const history = new History();
    const [one, two, three] = threeCommits(history);
    const hotfix = history.commit({ parents: [two], at: 3 });
    history.branch("hotfix", hotfix).tag("old", "a".repeat(40)).tag("ledger-v3.1.0", three);
    const built = (name: string, commit: string, digest = "") =>
      history.fact({ kind: "artifact", repository: "ledger", name, digest, commit, build: "", at: null });
    built("registry.example/shop/ledger:main-7", two, image);
    built("ledger-1.4.2.tar.gz", one);
    built("ledger-9.9.9.tar.gz", one);
    built("ledger-9.9.9.tar.gz", three);
    const name = (id: string) => Object.entries({ one, two, three, hotfix }).find(([, commit]) => commit === id)?.[0];
    history.deploy(revision.replace("{two}", two).replace("{short two}", two.slice(0, 8)).replace("{hotfix}", hotfix));
    const [found] = history.deployments();
    expect(`${found?.revisionKind} ${found?.place} ${name(found?.commit ?? "") ?? "-"}`).toBe(expected);
  });

  it("may name a commit that is older than the pulled history, and no rule can tell", () => {
    const history = new History();
    const [one] = threeCommits(history);
    const before = "c".repeat(40);
    history.boundary(before, "before-range").boundary(one, "shallow");
    history.deploy(before, { hour: 10 }).deploy("b".repeat(40), { hour: 11 });
    const [known, unknown] = history.deployments();
    expect([known?.place, unknown?.place]).toEqual(["older", "beyond"]);
    for (const item of history.deployments()) expect(test("DEP-01", item).outcome).toBe("no-evidence");
  });

  it("by a commit id that nothing leads to fail where the whole history was pulled", () => {
    const history = new History();
    threeCommits(history);
    history.deploy("b".repeat(40));
    for (const item of history.deployments()) expect(test("DEP-01", item).outcome).toBe("fail");
  });

  it("hold what came with them since the one before in their environment, and what they took away", () => {
    const history = new History();
    const [one, two, three] = threeCommits(history);
    for (const [hour, revision] of ["v1", "v3", "v1", "v2"].entries()) history.deploy(revision, { hour: 10 + hour });
    history.deploy("v3", { hour: 20, environment: "other" });
    const ids = (...commits: string[]) => commits.map((commit) => `ledger@${commit}`);
    expect(
      history
        .deployments()
        .map(({ previous, added, removed, rollback }) => ({ before: previous.revision, added, removed, rollback })),
    ).toEqual([
      { before: "", added: ids(one), removed: [], rollback: false },
      { before: "v1", added: ids(two, three), removed: [], rollback: false },
      { before: "v3", added: [], removed: ids(two, three), rollback: true },
      { before: "v1", added: ids(two), removed: [], rollback: false },
      { before: "", added: ids(one, two, three), removed: [], rollback: false },
    ]);
  });

  it("do not count a failed one as what stood there before", () => {
    const history = new History();
    threeCommits(history);
    history.deploy("v1", { hour: 10 }).deploy("v3", { hour: 11, status: "failed" }).deploy("v2", { hour: 12 });
    expect(history.deployments().map(({ previous }) => previous.revision)).toEqual(["", "v1", "v1"]);
  });

  it("of a hotfix from another branch name the commits that are on no release branch, and are orphans", () => {
    const history = new History();
    const [, two, three] = threeCommits(history);
    const first = history.commit({ parents: [two], at: 3, by: "ben" });
    const hotfix = history.commit({ parents: [first], at: 4, by: "ben" });
    history.branch("hotfix", hotfix).deploy("v2", { hour: 9 }).deploy(hotfix, { hour: 10 }).deploy("v3", { hour: 11 });
    const [, fix, next] = history.deployments();
    expect(fix).toMatchObject({ place: "other-branch", beside: [hotfix, first], added: [], rollback: false });
    expect(next).toMatchObject({ beside: [], added: [`ledger@${three}`], rollback: false });
    expect(history.population().reconciliation.deployments.otherBranch).toEqual([fix?.id]);
    expect(fix && test("DEP-01", fix).outcome).toBe("fail");
  });

  it("count a commit of another branch as releasing what it contains of the release branch", () => {
    const history = new History();
    const [, two, three] = threeCommits(history);
    const beside = history.commit({ parents: [two], at: 3 });
    history.deploy(beside, { hour: 10 });
    expect(history.change(two).releases.map(({ commit }) => commit)).toEqual([beside]);
    expect(history.change(three).releases).toEqual([]);
  });

  it("put nothing there when the log says that they failed", () => {
    const history = new History();
    const [one] = threeCommits(history);
    history.deploy("v1", { hour: 10, status: "failure" }).deploy("v1", { hour: 11, status: "success" });
    expect(history.change(one).releases.map(({ id }) => id)).toEqual([history.deployments()[1]?.id.split("/").at(-1)]);
  });

  it.each([
    ["Succeeded", "took, good"],
    ["Success", "took, good"],
    ["", "took, good"],
    ["superseded", "took, good"],
    ["TERMINAL", "failed"],
    ["Stopped", "failed"],
    ["SKIPPED", "failed"],
    ["TimedOut", "failed"],
    ["RUNNING", "took"],
    ["InProgress", "took"],
    ["pending-upgrade", "took"],
    ["Succeeded, 2 instances Failed", "took"],
    ["a word of next year", "took"],
  ])("that ended as %s are what this word says, and one that is not known speaks for nothing", (status, expected) => {
    const history = new History();
    const [, two] = threeCommits(history);
    history.deploy("v2", { hour: 9, environment: "staging", production: false, status });
    history.deploy("v1", { hour: 10, status: "failed" }).deploy("v2", { hour: 11, status });
    const [broken, item] = history.deployments();
    const isGood = expected === "took, good";
    expect(item?.failed).toBe(expected === "failed");
    expect(history.change(two).releases.length).toBe(expected === "failed" ? 0 : 1);
    expect(item?.earlier.map(({ failed }) => failed)).toEqual([!isGood]);
    expect(broken?.next.found).toBe(isGood);
    const results = item ? evaluateItem(compiledCatalog(), "deployment", item) : [];
    const promoted = results.find(({ assertion }) => assertion === "promoted-through-environments")?.outcome;
    expect(promoted).toBe(expected === "failed" ? "not-applicable" : isGood ? "pass" : "fail");
  });

  it("to other environments than production are not in the population", () => {
    const history = new History();
    threeCommits(history);
    history.deploy("v1", { environment: "staging", production: false });
    expect(history.deployments()).toEqual([]);
  });
});
