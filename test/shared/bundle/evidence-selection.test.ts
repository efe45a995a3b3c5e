import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { footingOf } from "../../../shared/bundle/evidence-footing.ts";
import { type SampledItem, selectRecords } from "../../../shared/bundle/evidence-selection.ts";
import { FootingNames, readFooting, takeFootingDown } from "../../../shared/bundle/kept-footing.ts";
import type { Change } from "../../../shared/model/change.ts";
import { createItemFinder } from "../../../shared/population/item-assembly.ts";
import { createContexts } from "../../../shared/population/repository-context.ts";
import { History, loginOf, scope } from "../population/history.ts";

/** What a bundle always holds, whatever was sampled. */
const always: ReadonlySet<string> = new Set([
  "ref",
  "branch-rewrite",
  "boundary",
  "deployment",
  "roster-person",
  "mailmap-entry",
]);

/** Every item must come out of what a bundle with it alone holds just as out of everything. @returns how many were tried */
function checkEachAlone(history: History): number {
  const contexts = createContexts(history.input());
  const finder = createItemFinder(history.input(), contexts, scope);
  const { items } = history.population();
  const { change: changes, deployment: deployments, ...others } = items;
  const numbers = new Map<string, number>();
  const numberOf = (sha256: string) => {
    const number = numbers.get(sha256) ?? numbers.size + 1;
    numbers.set(sha256, number);
    return number;
  };
  const footing = footingOf(contexts, finder, numberOf);
  const { lists, names } = takeFootingDown(footing, items);
  const places = new Map(changes.map(({ id }, place) => [id, place]));
  const kept = readFooting(lists, FootingNames.parse(JSON.parse(JSON.stringify(names))), {
    placeOf: (id) => places.get(id),
    changeOf: (id) => changes.find((change) => change.id === id) as Change,
    changesOfRepository: (repository) => changes.filter((change) => change.repository === repository),
  });
  const sampled: SampledItem[] = [
    ...changes.map((item) => ({ population: "change" as const, item })),
    ...deployments.map((item) => ({ population: "deployment" as const, item })),
    ...others.incident.map((item) => ({ population: "incident" as const, item })),
    ...others["review-pattern"].map((item) => ({ population: "review-pattern" as const, item })),
    ...others.week.slice(4, 6).map((item) => ({ population: "week" as const, item })),
  ];
  for (const { population, item } of sampled) {
    const selected = selectRecords(footing, [{ population, item }], numberOf);
    const selectedByKept = selectRecords(kept, [{ population, item }], numberOf);
    for (const [sha256, number] of numbers) expect(selectedByKept.has(number), sha256).toBe(selected.has(number));
    const part = history.inputFrom(({ kind, origin }) => {
      return always.has(kind) || selected.has(numberOf(origin.evidence));
    });
    // Who is who is stated in the bundle, and not read from the part of the evidence that it holds.
    const input = { ...part, people: history.input().people };
    const again = createItemFinder(input, createContexts(input), scope);
    expect(again.assemble(population, item.id)).toEqual(item);
  }
  const ids = changes.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, newChanges } of deployments) {
    const brought = changes.filter(({ releases }) => releases.some((release) => id.endsWith(`/${release.id}`)));
    expect([...newChanges].sort()).toEqual(brought.map((change) => change.id).sort());
  }
  return changes.length + deployments.length;
}

/** Grows branches at random: commits, merges of one branch into another, picks, reverts, branches cut, deployments. */
const steps = fc.array(
  fc.record({
    what: fc.constantFrom("commit", "commit", "side", "cross", "merge", "cut", "deploy", "pick", "revert", "rewrite"),
    on: fc.nat({ max: 5 }),
    other: fc.nat({ max: 5 }),
  }),
  { minLength: 5, maxLength: 25 },
);

function grow(script: readonly { what: string; on: number; other: number }[]): History {
  const history = new History();
  const tips = [history.commit()];
  let number = 0;
  const at = (index: number) => tips[index % tips.length] ?? "";
  for (const { what, on, other } of script) {
    const place = on % tips.length;
    if (what === "rewrite") {
      const ids = { before: "d".repeat(40), after: at(on), bases: [at(other)], kept: [at(on)], lost: ["d".repeat(40)] };
      const noted = { at: "2026-02-03T09:00:00.000Z", by: "dan", branch: `release/${8 + (other % 2)}`, lostCount: 1 };
      history.fact({ kind: "branch-rewrite", repository: "ledger", ...ids, ...noted });
    } else if (what === "cut") tips.push(at(on));
    else if (what === "deploy") {
      const image = `sha256:${`${on}`.repeat(64)}`;
      if (other % 2 === 0) history.deploy(at(on));
      else {
        history.deploy(image);
        // Built twice, from the same commit or from another.
        for (const commit of [at(on), at(other)])
          history.fact({
            kind: "artifact",
            repository: "ledger",
            name: "x",
            digest: image,
            commit,
            build: "",
            at: null,
          });
      }
    } else if (what === "merge" && at(on) !== at(other)) tips[place] = history.merge(at(on), at(other));
    else if (what === "cross")
      tips[place] = history.merge(at(on), history.commit({ parents: [at(other)], by: "cleo" }));
    else if (what === "pick" || what === "revert") {
      const named = at(other);
      const says = what === "pick" ? `(cherry picked from commit ${named})` : `This reverts commit ${named}.`;
      const copy = history.commit({ parents: [at(on)], message: `Again\n\n${says}\n`, by: "cleo" });
      tips[place] = other % 2 === 0 ? copy : history.merge(at(on), copy);
      // Few patches, so that commits also share one by chance.
      const patch = { kind: "patch-id", repository: "ledger", patch: "abc".charAt(other % 3).repeat(40) } as const;
      history.fact({ ...patch, commit: copy });
      history.fact({ ...patch, commit: named, ...(what === "revert" ? { opposite: true } : {}) });
    } else if (what === "side") {
      const from = at(on);
      const head = history.commit({ parents: [from], by: "ben" });
      const merge = history.merge(from, head);
      tips[place] = merge;
      if (other % 2 === 0) continue;
      number += 1;
      history
        .request(number, { head, mergeCommit: merge, author: loginOf("ben") })
        .review(number, "dan", head, { hour: 1 });
      const tree = history.facts.repositories.get("ledger")?.commits.get(merge)?.tree ?? "";
      history.fact({
        ...{ kind: "mechanical-merge", repository: "ledger", commit: merge, head, onto: from, outcome: "clean" },
        ...{ tree: other % 3 === 0 ? "f".repeat(40) : tree, paths: [] },
      });
    } else tips[place] = history.commit({ parents: [at(on)] });
  }
  for (const [index, tip] of tips.entries()) history.branch(`release/${index + 8}`, tip);
  return history;
}

describe("evidence for a bundle", () => {
  it("of a sampled fix on a second release branch is enough to assemble it again", () => {
    const history = new History();
    const base = history.commit();
    const side = history.commit({ parents: [base], by: "ben" });
    const ours = history.merge(base, side);
    const hotfix = history.commit({ parents: [base], by: "cleo", message: "LED-1 Fix\n" });
    const fixed = history.merge(base, hotfix);
    history.branch("release/1", ours).branch("release/2", fixed).releasedFrom("release/*");
    history.request(1, { head: hotfix, mergeCommit: fixed }).review(1, "dan", hotfix);
    history.ticket("LED-1").deploy(fixed).deploy(ours);
    expect(history.change(fixed)).toMatchObject({ request: { number: 1 }, ticketKeys: ["LED-1"] });
    expect(checkEachAlone(history)).toBe(5);
  });

  it("of a change whose analysis only counted what it found tells that the tool's findings were received, on whatever commit", () => {
    const history = new History();
    const first = history.commit();
    const last = history.commit({ parents: [first], by: "ben" });
    const tool = { repository: "ledger", tool: "CodeQL" } as const;
    for (const commit of [first, last]) {
      const run = {
        sort: "security",
        build: "",
        at: "2026-02-03T09:00:00.000Z",
        succeeded: true,
        findings: 3,
      } as const;
      history.fact({ kind: "analysis-run", ...tool, ...run, toolVersion: "2", commit });
    }
    for (const id of ["1", "2"]) {
      const finding = { rule: "sql", severity: "high", message: "", path: "a.ts", line: 1, state: "fixed" } as const;
      const times = {
        openedAt: "2026-02-01T09:00:00.000Z",
        closedAt: "2026-02-01T10:00:00.000Z",
        closedBy: "",
        reason: "",
      };
      history.fact({ kind: "analysis-finding", ...tool, ...finding, ...times, id, commit: "" });
    }
    history.branch("release/1", last).releasedFrom("release/1").with("analysis");
    expect(history.change(last).findings).toEqual([]);
    expect(checkEachAlone(history)).toBe(2);
  });

  it("is enough for each item of any history of several release lines, and no change counts twice", () => {
    fc.assert(
      fc.property(steps, fc.constantFrom("release/8", "release/*", "release/9 release/*"), (script, branch) => {
        expect(checkEachAlone(grow(script).releasedFrom(branch))).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});
