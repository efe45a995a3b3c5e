import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { openEngagement } from "../../../electron/store/engagement-file.ts";
import type { ItemOrder } from "../../../shared/model/item-order.ts";
import type { Draw } from "../../../shared/model/sample.ts";
import { plainDraw } from "../../draw-entry.ts";
import {
  createIn,
  createStore,
  engagement,
  faultFrom,
  freezeOf,
  keepOpen,
  makeClock,
  makeFolder,
  sha256,
} from "./engagement-under-test.ts";

// Byte order is not JavaScript's order: U+FFFD sorts before U+1F600 in bytes and after it in UTF-16.
const ids = ["shop!10", "shop!9", "Shop!1", "é", "\u{1F600}", "\uFFFD", "shop|1"];
const inByteOrder = ["Shop!1", "shop!10", "shop!9", "shop|1", "é", "\uFFFD", "\u{1F600}"];

function frozen(many: readonly string[] = ids) {
  const store = createStore();
  const freeze = freezeOf(many);
  store.saveFreeze(
    freeze,
    many.map((id, index) => ({ id, json: { id, index } })),
  );
  return { store, freeze };
}

function drawOf(more: Partial<Draw> = {}): Draw {
  const freeze = freezeOf(ids);
  return {
    id: "draw-1",
    freezeId: freeze.id,
    population: "change",
    populationDigest: freeze.digest,
    populationSize: freeze.size,
    ...plainDraw,
    method: "rank",
    seed: "14 2 37 8 21 40",
    size: 2,
    rationale: "Two of seven, as planned.",
    at: "2025-07-02T10:00:00.000Z",
    by: engagement.auditor,
    items: ["é", "shop!9"],
    ...more,
  };
}

it("a frozen population comes back with its digest, its items, and its ids in byte order", () => {
  const { store, freeze } = frozen();
  expect(store.latestFreeze("change")).toEqual(freeze);
  expect(store.latestFreeze("deployment")).toBeUndefined();
  expect(store.freezeById("freeze-1")).toEqual(freeze);
  expect(store.itemIds(freeze.id)).toEqual(inByteOrder);
  expect(store.itemById(freeze.id, "é")).toEqual({ id: "é", index: 3 });
});

it.each([
  ["its size is another", { size: 6 }, ids],
  ["its digest is of other ids", { digest: sha256("other") }, ids],
  ["an id occurs twice", {}, [...ids.slice(1), "é"]],
  ["an id is empty", {}, ["", ...ids.slice(1)]],
  ["an id has a line break", {}, ["a\nb", ...ids.slice(1)]],
])("a population is not frozen when %s, and nothing of it is kept", (_, wrong, many) => {
  const store = createStore();
  const fault = faultFrom(() =>
    store.saveFreeze(
      { ...freezeOf(ids), ...wrong },
      many.map((id) => ({ id, json: null })),
    ),
  );
  expect(fault.code).toBe("request-invalid");
  expect(store.freezes()).toEqual([]);
  expect(store.activities().map(({ kind }) => kind)).toEqual(["engagement-created"]);
});

it("an empty population can be frozen", () => {
  const { store, freeze } = frozen([]);
  expect(store.itemIds(freeze.id)).toEqual([]);
});

it("the newest freeze of a kind is the latest; the older ones stay", () => {
  const { store, freeze } = frozen();
  const again = freezeOf(["x"], { id: "freeze-2" });
  store.saveFreeze(again, [{ id: "x", json: 1 }]);
  store.saveFreeze(freezeOf([], { id: "freeze-3", population: "deployment" }), []);
  expect(store.latestFreeze("change")).toEqual(again);
  expect(store.itemIds(freeze.id)).toEqual(inByteOrder);
  expect(store.freezes().map(({ id }) => id)).toEqual(["freeze-1", "freeze-2", "freeze-3"]);
  expect(faultFrom(() => store.saveFreeze(again, [{ id: "x", json: 1 }])).code).toBe("request-invalid");
});

const listed = [
  { id: "1", title: "Fix the basket", at: "2025-01-03T00:00:00.000Z", repository: "shop" },
  { id: "2", title: "100% of orders", at: "2025-01-01T00:00:00.000Z", repository: "shop" },
  { id: "3", title: "basket again", at: "2025-01-02T00:00:00.000Z", repository: "till" },
];

function listedStore() {
  const store = createStore();
  const freeze = freezeOf(["1", "2", "3"]);
  const about = ["Élodie\nPAY-1", "Ada\nPAY-2", "Ada\nPAY-11"];
  store.saveFreeze(
    freezeOf(["first"], { id: "freeze-0" }),
    ["first"].map((id) => ({ id, json: {} })),
  );
  store.saveFreeze(
    freeze,
    listed.map((item, index) => ({ ...item, json: { n: item.id }, about: about[index] ?? "" })),
  );
  const idsAt = (positions: Iterable<number>) => store.itemsAt(freeze.id, positions).map(({ id }) => id);
  return { store, freeze, idsAt };
}

it("items are read by their positions, in whatever order", () => {
  const { store, freeze, idsAt } = listedStore();
  expect(store.itemsAt(freeze.id, [1])).toEqual([{ ...listed[1], position: 1, json: { n: "2" } }]);
  expect(idsAt([2, 0])).toEqual(["3", "1"]);
  expect(faultFrom(() => store.itemsAt(freeze.id, [3])).code).toBe("internal");
});

it("items are sorted without regard to case, and equal ones stay as they were frozen, up and down", () => {
  const { store, freeze, idsAt } = listedStore();
  const sorted = (by: ItemOrder, descending = false) => idsAt(store.sortItems(freeze.id, by, descending)).join("");
  expect(sorted("at")).toBe("231");
  expect(sorted("title")).toBe("231");
  expect(sorted("title", true)).toBe("132");
  expect(sorted("repository")).toBe("123");
  expect(sorted("repository", true)).toBe("312");
  expect(sorted("id", true)).toBe("321");
  expect(sorted("people")).toBe("321");
  expect(sorted("people", true)).toBe("123");
});

it("an order that hides an item, or shows one twice, is not believed", () => {
  const { store, freeze } = listedStore();
  const path = store.path;
  store.close();
  const database = new Database(path);
  const trigger = database
    .prepare("SELECT sql FROM sqlite_schema WHERE name = 'item_order_no_update'")
    .pluck()
    .get() as string;
  database.exec(`DROP TRIGGER item_order_no_update;
    UPDATE item_order SET places = x'000000000000000001000000' WHERE sort = 'title';
    UPDATE item_order SET places = x'0000000001000000' WHERE sort = 'at'; ${trigger}`);
  database.close();
  const opened = keepOpen(openEngagement(path, { now: makeClock() }));
  for (const by of ["title", "at"] as const)
    expect(faultFrom(() => opened.sortItems(freeze.id, by, false)).code).toBe("engagement-corrupt");
  expect([...opened.sortItems(freeze.id, "id", false)]).toEqual([0, 1, 2]);
});

it("words are found in all texts of an item, in any script without regard to case", () => {
  const { store, freeze } = listedStore();
  const found = (...words: string[]) => [...store.itemTexts(freeze.id).find(words)].join("");
  expect(found()).toBe("111");
  expect(found("BASKET")).toBe("101");
  expect(found("till")).toBe("001");
  expect(found("0%")).toBe("010");
  expect(found("_")).toBe("000");
  expect(found("ada", "pay-1")).toBe("001");
  expect(found("élodie")).toBe("100");
  expect(found("ÉLODIE", "pay")).toBe("100");
  expect(store.itemTexts(freeze.id)).toBe(store.itemTexts(freeze.id));
});

it("items are bounded in time, without the end of the stretch", () => {
  const { store, freeze, idsAt } = listedStore();
  const within = ["2025-01-02T00:00:00.000Z", "2025-01-03T00:00:00.000Z"] as const;
  expect(idsAt(store.itemsBetween(freeze.id, ...within))).toEqual(["3"]);
  expect(store.countBetween(freeze.id, ...within)).toBe(1);
});

it("what is not there is asked for in vain, by name", () => {
  const { store, freeze } = frozen();
  expect(faultFrom(() => store.itemById(freeze.id, "none"))).toMatchObject({
    code: "request-invalid",
    message: expect.stringContaining(`"none"`),
  });
  expect(faultFrom(() => store.itemIds("none")).message).toContain('"none"');
  expect(faultFrom(() => store.freezeById("none")).code).toBe("request-invalid");
});

it("a document is kept beside its freeze, once; one without a freeze belongs to the engagement", () => {
  const { store, freeze } = frozen();
  store.saveDocument(freeze.id, "reconciliation", { orphans: ["a"] });
  store.saveDocument("", "catalog", "controls: []");
  expect(store.document(freeze.id, "reconciliation")).toEqual({ orphans: ["a"] });
  expect(store.document("", "catalog")).toBe("controls: []");
  expect(store.document("", "reconciliation")).toBeUndefined();
  expect(faultFrom(() => store.saveDocument(freeze.id, "reconciliation", {})).code).toBe("request-invalid");
  expect(faultFrom(() => store.saveDocument("none", "reconciliation", {})).code).toBe("request-invalid");
});

it("persons come back as last saved", () => {
  const store = createStore();
  expect(store.people()).toBeUndefined();
  store.savePeople({ roster: false, persons: [] });
  const people = {
    roster: true,
    persons: [{ id: "p1", name: "Ada", accounts: [], roles: [], bot: false }],
  };
  store.savePeople(people);
  expect(store.people()).toEqual(people);
});

it("draws are logged in order and come back whole", () => {
  const { store } = frozen();
  const everything = drawOf({
    ...{ id: "draw-2", method: "everything", statistical: false, seed: "" },
    ...{ size: 7, items: ids },
  });
  store.appendDraw(drawOf());
  store.appendDraw(everything);
  store.appendDraw({ ...everything, id: "draw-3" });
  expect(store.draws()).toEqual([drawOf(), everything, { ...everything, id: "draw-3" }]);
});

it("a seed is used once for a population, whatever else is different", () => {
  const { store } = frozen();
  store.appendDraw(drawOf());
  store.saveFreeze(freezeOf(["x"], { id: "freeze-2" }), [{ id: "x", json: 1 }]);
  const again = drawOf({ ...anotherPopulation(), id: "draw-2" });
  expect(faultFrom(() => store.appendDraw(again))).toMatchObject({
    code: "seed-used",
    message: expect.stringContaining("14 2 37 8 21 40"),
  });
  expect(store.draws()).toHaveLength(1);
  expect(store.activities().filter(({ kind }) => kind === "sample-drawn")).toHaveLength(1);
});

function anotherPopulation(): Partial<Draw> {
  const { digest, size } = freezeOf(["x"]);
  return { freezeId: "freeze-2", populationDigest: digest, populationSize: size, size: 1, items: ["x"] };
}

it.each([
  ["without a frozen population", { freezeId: "none" }],
  ["with another digest than was frozen", { populationDigest: sha256("other") }],
  ["with another size than was frozen", { populationSize: 8 }],
  ["of another kind of population", { population: "deployment" as const }],
  ["that tells another number of items", { size: 3 }],
  ["that has an item twice", { items: ["é", "é"] }],
  ["from before the freeze", { at: "2025-07-02T08:59:59.999Z" }],
  ["that says it is not statistical though chance chose", { statistical: false }],
])("a draw %s is not logged", (_, wrong) => {
  const { store } = frozen();
  expect(faultFrom(() => store.appendDraw(drawOf(wrong))).code).toBe("request-invalid");
  expect(store.draws()).toEqual([]);
});

it("what follows a draw goes on with its seed, and is logged after it", () => {
  const { store } = frozen();
  store.appendDraw(drawOf());
  const next = drawOf({ id: "draw-2", size: 1, items: ["shop!10"], purpose: replacing("é") });
  store.appendDraw(next);
  store.appendDraw({ ...next, id: "draw-3", items: ["Shop!1"], purpose: replacing("shop!10") });
  expect(store.draws().map(({ id }) => id)).toEqual(["draw-1", "draw-2", "draw-3"]);
  expect(store.activities().filter(({ kind }) => kind === "sample-drawn")).toHaveLength(3);
  expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
});

function replacing(replaces: string, of = "draw-1"): Draw["purpose"] {
  return { kind: "replacement", of, replaces, reason: "void", explanation: "Withdrawn." };
}

it.each([
  ["no draw of the log", { purpose: replacing("é", "none") }],
  ["another seed", { seed: "other" }],
  ["another method", { method: "systematic" as const }],
  ["an item that was not drawn", { purpose: replacing("Shop!1") }],
  ["an item that was replaced already", { purpose: replacing("shop!9") }],
  ["a draw that is not an initial one", { purpose: replacing("é", "draw-2") }],
  ["an item again that was drawn before", { items: ["é"] }],
])("a draw that follows with %s is not logged", (_, wrong) => {
  const { store } = frozen();
  store.appendDraw(drawOf());
  store.appendDraw(drawOf({ id: "draw-2", size: 1, items: ["shop!10"], purpose: replacing("shop!9") }));
  const good = drawOf({ id: "draw-3", size: 1, items: ["Shop!1"], purpose: replacing("é") });
  expect(faultFrom(() => store.appendDraw({ ...good, ...wrong })).code).toBe("request-invalid");
  store.appendDraw(good);
});

it("a second stage is logged once", () => {
  const { store } = frozen();
  store.appendDraw(drawOf());
  const purpose: Draw["purpose"] = { kind: "second-stage", of: "draw-1", controls: ["TRC-01"] };
  store.appendDraw(drawOf({ id: "draw-2", items: ["shop!10", "Shop!1"], purpose }));
  const again = drawOf({ id: "draw-3", items: ["shop|1", "\uFFFD"], purpose });
  expect(faultFrom(() => store.appendDraw(again)).message).toContain("drawn already");
});

it("a draw is logged once", () => {
  const { store } = frozen();
  store.appendDraw(drawOf());
  expect(faultFrom(() => store.appendDraw(drawOf({ seed: "another" }))).code).toBe("request-invalid");
});

it.each([
  "UPDATE freeze SET json = '{}'",
  "DELETE FROM freeze",
  "UPDATE item SET id = 'other'",
  "DELETE FROM item",
  "UPDATE item_content SET json = '{}'",
  "DELETE FROM item_content",
  "UPDATE document SET json = '{}'",
  "DELETE FROM document",
  "UPDATE draw SET seed = 'other'",
  "DELETE FROM draw",
  "INSERT OR REPLACE INTO draw SELECT * FROM draw",
  "UPDATE drawn_item SET item = 1",
  "DELETE FROM drawn_item",
])("the schema refuses %s", (statement) => {
  const { path, store } = createIn(makeFolder());
  store.saveFreeze(
    freezeOf(ids),
    ids.map((id) => ({ id, json: id })),
  );
  store.saveDocument("freeze-1", "reconciliation", {});
  store.appendDraw(drawOf());
  store.close();
  const database = new Database(path);
  database.pragma("recursive_triggers = ON");
  database.pragma("foreign_keys = OFF");
  expect(() => database.exec(statement)).toThrow(/written once|never deleted/);
  database.close();
});
