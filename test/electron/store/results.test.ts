import Database from "better-sqlite3";
import { expect, it } from "vitest";
import type { WritableEngagement } from "../../../electron/store/engagement-file.ts";
import type { Outcome, Result } from "../../../shared/model/result.ts";
import type { Draw } from "../../../shared/model/sample.ts";
import type { TestedControl } from "../../../shared/model/tested-control.ts";
import { plainDraw } from "../../draw-entry.ts";
import { createIn, engagement, faultFrom, freezeOf, makeFolder, reopen, sha256 } from "./engagement-under-test.ts";

const ids = ["a", "b", "c"];
const evidence: Result["evidence"] = [{ evidence: sha256("e"), place: "/0", as: "review" }];

function drawOf(id: string, items: readonly string[] = ["b", "c"]): Draw {
  const { id: freezeId, digest, size } = freezeOf(ids);
  return {
    ...{ id, freezeId, population: "change", populationDigest: digest, populationSize: size, ...plainDraw },
    ...{ method: "rank", seed: id, size: items.length, rationale: "As planned.", items: [...items] },
    ...{ at: "2025-07-02T10:00:00.000Z", by: engagement.auditor },
  };
}

function drawn() {
  const { path, store } = createIn(makeFolder());
  store.saveFreeze(
    freezeOf(ids),
    ids.map((id) => ({ id, json: { id, title: `Change ${id}`, evidence } })),
  );
  store.appendDraw(drawOf("draw-1"));
  return { path, store };
}

function controlOf(control: string, limit = 5): TestedControl {
  return { control, parameters: { limit }, assertions: [{ id: "small", reads: ["change.title", "params.limit"] }] };
}

function resultOf(control: string, item: string, outcome: Outcome, limit = 5): Result {
  return {
    ...{ control, assertion: "small", population: "change", item, outcome, reason: `${outcome} of ${item}`, evidence },
    values: { "change.title": `Change ${item}`, "params.limit": limit },
  };
}

/** Outcomes by control, in the order of the draw. */
function test(store: WritableEngagement, outcomes: Readonly<Record<string, readonly Outcome[]>>, kept = [""]): void {
  const controls = Object.keys(outcomes);
  const writing = store.beginTesting(
    "draw-1",
    controls.map((control) => ({ tested: controlOf(control), basis: `of ${control}` })),
  );
  for (const [position, item] of ["b", "c"].entries()) {
    const verdicts = controls.map((control) => {
      const outcome = outcomes[control]?.[position] ?? "pass";
      return [{ outcome, reason: `${outcome} of ${item}` }];
    });
    writing.save([verdicts]);
  }
  writing.finish([...controls, ...kept].sort());
}

const all = [
  resultOf("REV-01", "b", "fail"),
  resultOf("TRC-01", "b", "no-evidence"),
  resultOf("REV-01", "c", "pass"),
  resultOf("TRC-01", "c", "no-evidence"),
];
const tested = { "REV-01": ["fail", "pass"], "TRC-01": ["no-evidence", "no-evidence"] } as const;

it("results come back with the values and the evidence of their item, by control, item and outcome, and counted", () => {
  const { store } = drawn();
  test(store, tested);
  const list = (filter: object) => [...store.results({ drawId: "draw-1", ...filter })];
  expect(list({})).toEqual(all);
  expect(list({ control: "REV-01" })).toEqual([all[0], all[2]]);
  expect(list({ item: "b" })).toEqual(all.slice(0, 2));
  expect(list({ item: "b", outcome: "fail", control: "REV-01" })).toEqual([all[0]]);
  expect(list({ outcome: "not-applicable" })).toEqual([]);
  expect(list({ item: "a" })).toEqual([]);
  expect([...store.results({ drawId: "none" })]).toEqual([]);
  expect(store.resultCounts("draw-1")).toEqual([
    { control: "REV-01", assertion: "small", outcome: "fail", count: 1 },
    { control: "REV-01", assertion: "small", outcome: "pass", count: 1 },
    { control: "TRC-01", assertion: "small", outcome: "no-evidence", count: 2 },
  ]);
});

it("a control that is tested anew takes the place of its results, another keeps its own, and one that is gone has none", () => {
  const { store } = drawn();
  test(store, { ...tested, "ABC-01": ["pass", "pass"] });
  test(store, { "REV-01": ["pass", "pass"] }, ["TRC-01"]);
  expect([...store.results({ drawId: "draw-1" })]).toEqual([
    resultOf("REV-01", "b", "pass"),
    resultOf("TRC-01", "b", "no-evidence"),
    resultOf("REV-01", "c", "pass"),
    resultOf("TRC-01", "c", "no-evidence"),
  ]);
  expect(store.resultBases("draw-1")).toEqual([
    { control: "REV-01", basis: "of REV-01" },
    { control: "TRC-01", basis: "of TRC-01" },
  ]);
});

it("results of one draw are not those of another", () => {
  const { store } = drawn();
  store.appendDraw(drawOf("draw-2"));
  test(store, tested);
  expect([...store.results({ drawId: "draw-2" })]).toEqual([]);
  expect(faultFrom(() => store.beginTesting("none", [])).code).toBe("request-invalid");
});

it("until an evaluation is finished the earlier results stand, and what a stopped one left is removed by the next", () => {
  const { path, store } = drawn();
  test(store, tested);
  const writing = store.beginTesting("draw-1", [{ tested: controlOf("REV-01"), basis: "" }]);
  writing.save([[[{ outcome: "pass", reason: "" }]]]);
  expect([...store.results({ drawId: "draw-1" })]).toEqual(all);
  expect(faultFrom(() => writing.finish(["REV-01", "TRC-01"])).code).toBe("internal");
  expect([...store.results({ drawId: "draw-1" })]).toEqual(all);
  store.close();
  const again = reopen(path);
  expect([...again.results({ drawId: "draw-1" })]).toEqual(all);
  test(again, tested);
  again.close();
  const database = new Database(path);
  expect(database.prepare("SELECT count(*) FROM verdict").pluck().get()).toBe(2);
  database.close();
});

it("an item without a verdict of each assertion is not saved as tested", () => {
  const { store } = drawn();
  const writing = store.beginTesting("draw-1", [{ tested: controlOf("REV-01"), basis: "" }]);
  expect(faultFrom(() => writing.save([[[]]])).code).toBe("internal");
});

it("drawn items are read on from any place of the draw", () => {
  const { store } = drawn();
  expect(store.drawnItems("draw-1", 0, 9).map(({ id }) => id)).toEqual(["b", "c"]);
  expect(store.drawnItems("draw-1", 1, 9)).toEqual([
    { id: "c", position: 1, json: { id: "c", title: "Change c", evidence } },
  ]);
  expect(store.drawnItems("draw-1", 2, 9)).toEqual([]);
});

it("a draw of an item that its population has not is not logged", () => {
  const { store } = drawn();
  expect(faultFrom(() => store.appendDraw(drawOf("draw-2", ["b", "z"]))).message).toContain('no item "z"');
  expect(store.draws()).toHaveLength(1);
});
