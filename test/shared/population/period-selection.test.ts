import { describe, expect, it } from "vitest";
import { History, loginOf } from "./history.ts";

const days = 24;

describe("period", () => {
  it("keeps a commit that its committer dated back, when it lies between commits of the period", () => {
    const history = new History();
    const first = history.commit({ at: 0 });
    const datedBack = history.commit({ parents: [first], at: -400 * days });
    const last = history.commit({ parents: [datedBack], at: 5 });
    history.main(last);
    const population = history.population();
    expect(population.items.change.map(({ commit }) => commit)).toEqual([first, datedBack, last]);
    expect(population.remarks.map(({ id }) => id)).toEqual([`ledger@${datedBack}`]);
  });

  it("leaves out what arrived before and after, and says why and by whose clock", () => {
    const history = new History();
    const before = history.commit({ at: -90 * days });
    const inside = history.commit({ parents: [before], at: 0 });
    const after = history.commit({ parents: [inside], at: 90 * days });
    history.main(after);
    const population = history.population();
    expect(population.items.change.map(({ commit }) => commit)).toEqual([inside]);
    expect(population.exclusions.map(({ id, reason }) => [id, reason])).toEqual([
      [`ledger@${before}`, "Arrived on 2025-11-04, before the period, by its committer's clock."],
      [`ledger@${after}`, "Arrived on 2026-05-03, after the period, by its committer's clock."],
    ]);
  });

  it("believes the host's merge time and not the committer's", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const squash = history.commit({ parents: [base], at: 1 });
    history.main(squash).request(1, { head: squash, mergeCommit: squash, hour: 90 * days });
    const population = history.population();
    expect(population.items.change.map(({ commit }) => commit)).toEqual([base]);
    expect(population.exclusions[0]?.reason).toBe("Arrived on 2026-05-03, after the period, by the host's clock.");
  });

  it("gives an empty population for a branch without commits in the period, and none for a branch that is not there", () => {
    const history = new History();
    history.main(history.commit({ at: -90 * days }));
    expect(history.population().items.change).toEqual([]);
    expect(new History().population().items.change).toEqual([]);
  });

  it("says whose clock tells when a change arrived", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const merged = history.commit({ parents: [base], at: 1 });
    history.main(merged).request(1, { head: merged, mergeCommit: merged, author: loginOf("ada") });
    expect(history.change(base).clock).toBe("committer");
    expect(history.change(merged).clock).toBe("host");
  });
});
