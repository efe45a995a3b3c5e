import { describe, expect, it } from "vitest";
import { History } from "./history.ts";

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

  it("resolve tags, whole and short commit ids, and say where the commit stands", () => {
    const history = new History();
    const [one, two] = threeCommits(history);
    const beside = history.commit({ parents: [two], at: 3 });
    history.branch("hotfix", beside).tag("old", "a".repeat(40));
    history
      .deploy("v1", { hour: 10 })
      .deploy(two, { hour: 11 })
      .deploy(one.slice(0, 8), { hour: 12 })
      .deploy(beside, { hour: 13 })
      .deploy("b".repeat(40), { hour: 14 })
      .deploy("old", { hour: 15 })
      .deploy("latest", { hour: 16 });
    expect(history.deployments().map(({ revisionKind, place }) => `${revisionKind} ${place}`)).toEqual([
      "tag release-branch",
      "commit release-branch",
      "commit release-branch",
      "commit other-branch",
      "commit absent",
      "tag older",
      "unknown unresolved",
    ]);
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

  it("to other environments than production are not in the population", () => {
    const history = new History();
    threeCommits(history);
    history.deploy("v1", { environment: "staging", production: false });
    expect(history.deployments()).toEqual([]);
  });
});
