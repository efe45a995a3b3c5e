import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { verifyActivityChain } from "../../../shared/model/activity-chain.ts";
import { plainDraw } from "../../draw-entry.ts";
import {
  createIn,
  createStore,
  engagement,
  faultFrom,
  freezeOf,
  gitSource,
  ipeOf,
  makeFolder,
  makeRecord,
  pullAll,
  reopen,
  sha256,
} from "./engagement-under-test.ts";

const digest = (content: string | Uint8Array) => sha256(content);

/** The whole way of an engagement, closed: its path and what was drawn. */
function makeWorkedFile(): string {
  const { path, store } = createIn(makeFolder());
  store.addSource(gitSource);
  pullAll(store, "git", [makeRecord("a")]);
  const freeze = freezeOf(["x", "y"]);
  store.saveFreeze(freeze, [
    { id: "x", json: 1 },
    { id: "y", json: 2 },
  ]);
  store.appendDraw({
    id: "draw-1",
    freezeId: freeze.id,
    population: "change",
    populationDigest: freeze.digest,
    populationSize: 2,
    ...plainDraw,
    method: "rank",
    seed: "123456",
    size: 1,
    rationale: "One of two.",
    at: "2025-07-02T10:00:00.000Z",
    by: engagement.auditor,
    items: ["y"],
  });
  store.close();
  return path;
}

it("every act is in the log, by whom, on what, and with what came of it", () => {
  const store = reopen(makeWorkedFile());
  const entries = store.activities();
  expect(entries.map(({ number, by, kind, subject }) => [number, by, kind, subject])).toEqual([
    [1, "Ada Auditor", "engagement-created", engagement.id],
    [2, "Ada Auditor", "source-added", "git"],
    [3, "Ada Auditor", "pull-started", "1-git"],
    [4, "Ada Auditor", "pull-completed", "1-git"],
    [5, "Ada Auditor", "population-frozen", "freeze-1"],
    [6, "Ada Auditor", "sample-drawn", "draw-1"],
  ]);
  expect(entries[0]?.after).toEqual(engagement);
  expect(entries[3]?.after).toEqual(ipeOf(store, "1-git"));
  expect(entries[4]?.after).toEqual(store.latestFreeze("change"));
  expect(entries[5]?.after).toEqual(store.draws()[0]);
  expect(verifyActivityChain(entries, digest)).toEqual({ ok: true, head: store.activityHead().hash });
  expect(store.activityHead().number).toBe(6);
});

it("an interrupted pull and going on with it are in the log, once each", () => {
  const store = createStore();
  store.addSource(gitSource);
  const { pull } = store.beginPull("git");
  store.beginPull("git");
  store.interruptPull(pull.id);
  store.interruptPull(pull.id);
  store.beginPull("git");
  expect(
    store
      .activities()
      .map(({ kind }) => kind)
      .slice(2),
  ).toEqual(["pull-started", "pull-interrupted", "pull-started"]);
});

it("an act that is refused is not in the log", () => {
  const store = createStore();
  store.addSource(gitSource);
  const head = store.activityHead();
  faultFrom(() => store.addSource(gitSource));
  faultFrom(() => store.beginPull("none"));
  expect(store.activityHead()).toEqual(head);
});

it("the engine's own acts join the chain", () => {
  const store = createStore();
  const entry = store.appendActivity({
    by: "Bob",
    kind: "evaluated",
    subject: "draw-1",
    before: undefined,
    after: { results: 3, left: undefined },
  });
  expect(entry).toMatchObject({
    number: 2,
    by: "Bob",
    before: null,
    after: { results: 3 },
    previous: store.activities()[0]?.hash,
  });
  expect(store.activities()[1]).toEqual(entry);
  const { before: _, after: __, ...listed } = entry;
  expect(store.activityEntries({ offset: 1, limit: 1 })).toEqual([listed]);
  expect(store.activityEntries({ offset: 2, limit: 9 })).toEqual([]);
  expect(store.checkIntegrity().problems).toEqual([]);
});

/** Changes a closed file behind Tickmark's back, as somebody with an SQLite shell can, and puts the triggers back. */
function changeBehind(path: string, statements: string): void {
  const database = new Database(path);
  database.pragma("foreign_keys = OFF");
  const triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  database.exec(statements);
  for (const { sql } of triggers) database.exec(sql);
  database.close();
}

it.each([
  ["an entry that was edited", `UPDATE activity SET "by" = 'Eve' WHERE number = 4`, /breaks at entry 4/],
  ["an entry that was dropped", "DELETE FROM activity WHERE number = 3", /breaks at entry 3/],
  [
    "a last entry that was dropped",
    "DELETE FROM activity WHERE number = 6",
    /does not tell of "sample-drawn" for draw-1/,
  ],
  ["a draw that was taken back", "DELETE FROM draw", /"sample-drawn" for draw-1, which is not there/],
  [
    "a draw that was edited",
    "UPDATE draw SET json = json_set(json, '$.items[0]', 'x')",
    /"sample-drawn" for draw-1 otherwise/,
  ],
  [
    "a freeze that was edited",
    "UPDATE freeze SET json = json_set(json, '$.at', '2025-01-01T00:00:00.000Z')",
    /"population-frozen" for freeze-1 otherwise/,
  ],
  ["an item that was swapped", "UPDATE item SET id = 'z' WHERE id = 'x'", /not those of its digest/],
  [
    "an IPE record that was edited",
    "UPDATE pull SET ipe = json_set(ipe, '$.query', 'all')",
    /"pull-completed" for 1-git otherwise/,
  ],
  [
    "a period that was moved",
    "UPDATE engagement SET json = json_set(json, '$.period.to', '2025-03-31')",
    /"engagement-created" for .* otherwise/,
  ],
  ["evidence that was dropped", "DELETE FROM receipt", /Pull 1-git counts 1 records, and 0 are there/],
  [
    "a source that was edited",
    "UPDATE source SET json = json_set(json, '$.releaseBranch', 'dev')",
    /"source-added" for git otherwise/,
  ],
])("a whole look at the file finds %s", (_, statements, found) => {
  const path = makeWorkedFile();
  expect(reopen(path).checkIntegrity()).toEqual({ ok: true, problems: [] });
  const other = makeWorkedFile();
  changeBehind(other, statements);
  const report = reopen(other).checkIntegrity();
  expect(report.ok).toBe(false);
  expect(report.problems.join("\n")).toMatch(found);
});
