import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repositoryFacts } from "../../../shared/facts/fact-set.ts";
import { readReleaseLine } from "../../../shared/population/release-line.ts";
import { History } from "./history.ts";

const lineOf = (history: History) => readReleaseLine(repositoryFacts(history.facts, "ledger"), "main");
const brought = (history: History) => lineOf(history).entries.map((entry) => entry.brought.map(({ id }) => id).sort());

describe("release line", () => {
  it("takes the first parents only, and gives each merge what came with it", () => {
    const history = new History();
    const base = history.commit();
    const one = history.commit({ parents: [base] });
    const two = history.commit({ parents: [one] });
    const merge = history.merge(base, two);
    const direct = history.commit({ parents: [merge] });
    history.main(direct);
    expect(lineOf(history).entries.map(({ commit }) => commit.id)).toEqual([base, merge, direct]);
    expect(brought(history)).toEqual([[base], [merge, one, two].sort(), [direct]]);
  });

  it("gives a commit to the first merge that brought it, when a later branch holds it too", () => {
    const history = new History();
    const base = history.commit();
    const shared = history.commit({ parents: [base] });
    const first = history.merge(base, shared);
    const later = history.commit({ parents: [shared] });
    const second = history.merge(first, later);
    history.main(second);
    expect(brought(history)).toEqual([[base], [first, shared].sort(), [second, later].sort()]);
    expect(lineOf(history).entries[2]?.restsOn).toEqual([1]);
  });

  it("brings what all parents of an octopus merge brought", () => {
    const history = new History();
    const base = history.commit();
    const left = history.commit({ parents: [base] });
    const right = history.commit({ parents: [base] });
    const octopus = history.commit({ parents: [base, left, right] });
    history.main(octopus);
    expect(brought(history)[1]).toEqual([octopus, left, right].sort());
  });

  it("is not whole where a parent is missing without a boundary", () => {
    const history = new History();
    const base = history.commit();
    const head = history.commit({ parents: ["f".repeat(40)] });
    history.main(history.merge(base, head));
    expect(lineOf(history).entries.map(({ whole }) => whole)).toEqual([true, false]);
  });

  it("is whole where the missing parent lies before the pulled range or the clone is shallow", () => {
    const history = new History();
    const base = history.commit({ parents: ["e".repeat(40)] });
    const head = history.commit({ parents: ["f".repeat(40)] });
    history.main(history.merge(base, head)).boundary(base, "shallow").boundary("f".repeat(40), "before-range");
    expect(lineOf(history).entries.every(({ whole }) => whole)).toBe(true);
  });

  it("is not whole where its branch begins before a shallow clone: who else wrote in it is not known", () => {
    const history = new History();
    const base = history.commit();
    const head = history.commit({ parents: ["f".repeat(40)] });
    const merge = history.merge(base, head);
    history.main(merge).boundary(head, "shallow");
    expect(lineOf(history).entries.map(({ whole }) => whole)).toEqual([true, false]);
    const cutAtMerge = new History();
    cutAtMerge.main(cutAtMerge.merge("e".repeat(40), "f".repeat(40)));
    cutAtMerge.boundary([...repositoryFacts(cutAtMerge.facts, "ledger").commits.keys()][0] ?? "", "shallow");
    expect(lineOf(cutAtMerge).entries.map(({ whole }) => whole)).toEqual([false]);
  });

  it("places a commit beside the line at the newest commit of the line that it contains", () => {
    const history = new History();
    const base = history.commit();
    const next = history.commit({ parents: [base] });
    const beside = history.commit({ parents: [next] });
    const tip = history.commit({ parents: [next] });
    history.main(tip);
    const line = lineOf(history);
    expect(line.positionOf(beside)).toBe(1);
    expect(line.isOnLine(beside)).toBe(false);
    expect(line.pathToLine(beside).map(({ id }) => id)).toEqual([beside]);
  });

  it("places every commit at the newest of the line among its ancestors, in whatever order it is asked", () => {
    const parentsOf = fc.array(fc.uniqueArray(fc.nat({ max: 30 }), { minLength: 1, maxLength: 2 }), { maxLength: 15 });
    fc.assert(
      fc.property(parentsOf, fc.nat(), (plan, tip) => {
        const history = new History();
        const ids = [history.commit()];
        for (const parents of plan) {
          ids.push(history.commit({ parents: [...new Set(parents.map((each) => ids[each % ids.length] ?? ""))] }));
        }
        history.main(ids[tip % ids.length] ?? "");
        const { commits } = repositoryFacts(history.facts, "ledger");
        const ancestors = new Map<string, Set<string>>();
        for (const { id, parents } of commits.values()) {
          ancestors.set(id, new Set([id, ...parents.flatMap((parent) => [...(ancestors.get(parent) ?? [])])]));
        }
        const line = lineOf(history);
        for (const id of ids.toReversed()) {
          const held = line.entries.filter(({ commit }) => ancestors.get(id)?.has(commit.id));
          expect(line.positionOf(id)).toBe(held.at(-1)?.position);
        }
      }),
    );
  });
});
