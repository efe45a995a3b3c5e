import { describe, expect, it } from "vitest";
import { History } from "./history.ts";

const changesOf = (history: History) => history.population().items.change.map(({ commit }) => commit);

/** A release 9 cut from the common history, and a release 10 cut later; each with a fix of its own. */
function twoReleases(history: History) {
  const base = history.commit({ at: 0 });
  const shared = history.commit({ parents: [base], at: 1 });
  const later = history.commit({ parents: [shared], at: 2 });
  const fixOf9 = history.commit({ parents: [shared], at: 3, by: "ben" });
  const fixOf10 = history.commit({ parents: [later], at: 4, by: "cleo" });
  history.branch("release/10", fixOf10).branch("release/9", fixOf9).releasedFrom("release/*");
  return { base, shared, later, fixOf9, fixOf10 };
}

describe("several release lines", () => {
  it("count shared history once, on the first line that holds it, and each fix on its own line", () => {
    const history = new History();
    const { base, shared, later, fixOf9, fixOf10 } = twoReleases(history);
    expect(changesOf(history)).toEqual([base, shared, fixOf9, later, fixOf10]);
    expect(history.population().exclusions).toEqual([]);
  });

  it("take the patterns in the order in which they are written: what main holds is main's", () => {
    const history = new History();
    const { base, shared, later, fixOf9, fixOf10 } = twoReleases(history);
    history.main(later).releasedFrom("main release/*");
    expect(changesOf(history)).toEqual([base, shared, later, fixOf9, fixOf10]);
  });

  it("leave out a branch that has nothing of its own, and one of which nothing was read", () => {
    const history = new History();
    const all = twoReleases(history);
    history.branch("release/9.1", all.shared).branch("release/1", "a".repeat(40));
    expect(new Set(changesOf(history))).toEqual(new Set(Object.values(all)));
  });

  it("are the same as one line where the pattern fits one branch", () => {
    const one = new History();
    const other = new History();
    for (const history of [one, other]) {
      const { fixOf10 } = twoReleases(history);
      history.deploy(fixOf10, { hour: 10 });
    }
    one.releasedFrom("release/10");
    other.releasedFrom("release/1*");
    expect(other.population()).toEqual(one.population());
  });

  it("take a merge between lines for a change of the line that got it, with what came along", () => {
    const history = new History();
    const { fixOf9, fixOf10 } = twoReleases(history);
    const forward = history.merge(fixOf10, fixOf9, { at: 5 });
    history.branch("release/10", forward);
    expect(changesOf(history).filter((commit) => commit === fixOf9)).toHaveLength(1);
    expect(history.change(forward).commits.sort()).toEqual([forward, fixOf9].sort());
  });

  it("do not let a commit that was dated back leave the population because a branch was cut right after it", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const back = history.commit({ parents: [base], at: -5000 });
    const next = history.commit({ parents: [back], at: 2 });
    history.branch("release/1", back).branch("release/2", next).releasedFrom("release/*");
    expect(changesOf(history)).toEqual([base, back, next]);
    expect(history.population().remarks.map(({ id }) => id)).toEqual([`ledger@${back}`]);
  });
});

describe("deployments from several release lines", () => {
  it("bring what they share with another line too, and each is one item, placed on the line of its commit", () => {
    const history = new History();
    const { base, shared, later, fixOf9, fixOf10 } = twoReleases(history);
    history.deploy(fixOf9, { hour: 10 }).deploy(fixOf10, { hour: 11 });
    const deployments = history.deployments().toSorted((a, b) => (a.at < b.at ? -1 : 1));
    expect(deployments.map(({ place, change }) => [place, change])).toEqual([
      ["release-branch", `ledger@${fixOf9}`],
      ["release-branch", `ledger@${fixOf10}`],
    ]);
    const ids = (...commits: string[]) => commits.map((commit) => `ledger@${commit}`);
    expect(deployments.map(({ newChanges }) => newChanges)).toEqual([ids(base, shared, fixOf9), ids(later, fixOf10)]);
    expect(history.change(shared).releases.map(({ commit }) => commit)).toEqual([fixOf9]);
    expect(history.change(later).releases.map(({ commit }) => commit)).toEqual([fixOf10]);
    expect(deployments.map(({ next }) => next.found)).toEqual([true, false]);
  });

  it("roll back when what stood there before comes back without what stood there since, on whatever line", () => {
    const history = new History();
    const { fixOf9, fixOf10 } = twoReleases(history);
    const merged = history.merge(fixOf10, fixOf9, { at: 5 });
    history.branch("release/10", merged);
    for (const [hour, revision] of [fixOf9, fixOf10, fixOf9, merged, merged].entries()) {
      history.deploy(revision, { hour: 10 + hour });
    }
    const deployments = history.deployments().toSorted((a, b) => (a.at < b.at ? -1 : 1));
    expect(deployments.map(({ rollback }) => rollback)).toEqual([false, false, true, false, false]);
  });

  it("beside the lines are placed on the line that they were cut from", () => {
    const history = new History();
    const { fixOf10 } = twoReleases(history);
    const beside = history.commit({ parents: [fixOf10], at: 6 });
    history.deploy(beside, { hour: 10 });
    expect(history.deployments()).toMatchObject([{ place: "other-branch", change: `ledger@${fixOf10}` }]);
  });
});
