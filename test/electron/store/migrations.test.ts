import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { root } from "../../../build/install.mjs";
import { openEngagement, openForReading } from "../../../electron/store/engagement-file.ts";
import { createOrderKeeper } from "../../../electron/store/item-orders.ts";
import { allMigrations } from "../../../electron/store/migrations/all-migrations.ts";
import type { Migration } from "../../../electron/store/migrations/migration.ts";
import { migrateTo } from "../../../electron/store/schema.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";
import {
  faultFrom,
  hashFile,
  keepOpen,
  makeClock,
  makeClosedFile,
  makeFolder,
  sha256,
} from "./engagement-under-test.ts";

const newest = allMigrations.length;

/** The next version as a later release may have it: it adds a column, and rebuilds a table that others refer to. */
const nextVersion: Migration = {
  version: newest + 1,
  name: "rating-of-sources",
  change(database) {
    database.exec(`
      ALTER TABLE people ADD COLUMN note TEXT NOT NULL DEFAULT 'none';
      CREATE TABLE new_source (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, json TEXT NOT NULL, rating INTEGER NOT NULL
      ) STRICT;
      INSERT INTO new_source SELECT number, id, json, length(id) FROM source;
      DROP TRIGGER source_no_delete;
      DROP TABLE source;
      ALTER TABLE new_source RENAME TO source;
    `);
  },
};
const next = [...allMigrations, nextVersion];
const context = () => ({ now: makeClock() });

it("migrations are numbered from 1 without a gap, so that every version has one way to the newest", () => {
  expect(allMigrations.map(({ version }) => version)).toEqual(allMigrations.map((_, index) => index + 1));
});

it("0001: an empty file becomes one that holds a pull's evidence", () => {
  const database = new Database(":memory:");
  migrateTo(database, 0, allMigrations);
  expect(database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get()).toBe(0);
  migrateTo(database, 1, allMigrations);
  database.exec(`
    INSERT INTO source (id, json) VALUES ('git', '{}');
    INSERT INTO pull (id, source, state, started_at) VALUES ('1-git', 1, 'running', '2025-07-01T00:00:00.000Z');
    INSERT INTO content (sha256, size, codec, bytes) VALUES (zeroblob(32), 1, 'raw', x'61');
    INSERT INTO receipt VALUES (1, 1, 1, 'git.commit', 'git:a', 0, NULL, 0);
  `);
  expect(() => database.exec("INSERT INTO receipt VALUES (1, 2, 1, 'git.commit', 'git:a', 0, NULL, 0)")).toThrow(
    /UNIQUE/,
  );
  expect(() => database.exec("INSERT INTO receipt VALUES (1, 2, 9, 'git.commit', 'git:b', 0, NULL, 0)")).toThrow(
    /FOREIGN/,
  );
  expect(() =>
    database.exec("INSERT INTO pull SELECT 2, '2-git', 1, state, started_at, NULL, 0, 0, '', NULL FROM pull"),
  ).toThrow(/UNIQUE/);
  database.close();
});

it("0003: a receipt from before has no reading of its own, and a new one may", () => {
  const database = new Database(":memory:");
  migrateTo(database, 2, allMigrations);
  database.exec(`
    INSERT INTO source (id, json) VALUES ('log', '{}');
    INSERT INTO pull (id, source, state, started_at) VALUES ('1-log', 1, 'running', '2025-07-01T00:00:00.000Z');
    INSERT INTO content (sha256, size, codec, bytes) VALUES (zeroblob(32), 1, 'raw', x'61');
    INSERT INTO receipt VALUES (1, 1, 1, 'deployments.csv', 'log.csv', 1, '["at"]', 0);
  `);
  migrateTo(database, 3, allMigrations);
  database.exec(
    `INSERT INTO receipt VALUES (1, 2, 1, 'deployments.csv', 'log.csv', 9, '["at"]', 0, '{"separator":";"}')`,
  );
  expect(database.prepare("SELECT reading FROM receipt ORDER BY sequence").pluck().all()).toEqual([
    null,
    '{"separator":";"}',
  ]);
  database.close();
});

it.each([1, 3])(
  "0005: results of a file of version %i come back with every value, reason and place of evidence",
  (version) => {
    const path = join(makeFolder(), "ledger.tickmark");
    const frozen = join(root, `test/fixtures/engagements/v${version}/ledger.tickmark.gz`);
    writeFileSync(path, gunzipSync(readFileSync(frozen)));
    const old = new Database(path);
    const before = old.prepare<[], string>("SELECT json FROM result ORDER BY number").pluck().all();
    old.close();
    const store = keepOpen(openEngagement(path, context()));
    const after = store.draws().flatMap(({ id }) => [...store.results({ drawId: id })]);
    const inOrder = (results: readonly unknown[]) => results.map((result) => encodeCanonical(result)).sort();
    expect(inOrder(after)).toEqual(inOrder(before.map((json) => JSON.parse(json))));
    expect(after.length).toBeGreaterThan(0);
  },
);

it("0007: populations that were frozen before are listed in the same orders as those that are frozen now", () => {
  const path = join(makeFolder(), "ledger.tickmark");
  writeFileSync(path, gunzipSync(readFileSync(join(root, "test/fixtures/engagements/v3/ledger.tickmark.gz"))));
  openEngagement(path, context()).close();
  const database = new Database(path);
  const migrated = database.prepare("SELECT freeze, sort, places FROM item_order ORDER BY freeze, sort");
  const before = migrated.all();
  expect(before.length).toBeGreaterThan(0);
  const sizes = database.prepare<[], { number: number; json: string }>("SELECT number, json FROM freeze").all();
  database.exec("DROP TRIGGER item_order_no_delete; DELETE FROM item_order");
  const keepOrders = createOrderKeeper(database);
  for (const { number, json } of sizes) keepOrders(number, JSON.parse(json).size);
  expect(migrated.all()).toEqual(before);
  database.close();
});

it("0002: a file as version 1 wrote it opens with its draws as they were, and they can be gone on with", () => {
  const path = join(makeFolder(), "ledger.tickmark");
  writeFileSync(path, gunzipSync(readFileSync(join(root, "test/fixtures/engagements/v1/ledger.tickmark.gz"))));
  const store = keepOpen(openEngagement(path, context()));
  const [drawn, everything] = store.draws();
  if (!drawn || !everything) throw new Error("The draws are gone.");
  const asBefore = { purpose: { kind: "initial" }, basis: { kind: "judgement" }, strata: null, reasons: [] };
  expect(drawn).toMatchObject({ method: "rank", seed: "first format", size: 2, statistical: true, ...asBefore });
  expect(everything).toMatchObject({ method: "everything", size: 2, statistical: false, ...asBefore });
  expect([...store.results({ drawId: drawn.id })].length).toBeGreaterThan(0);
  const [replaces = ""] = drawn.items;
  const [item = ""] = store.itemIds(drawn.freezeId).filter((id) => !drawn.items.includes(id));
  const purpose = { kind: "replacement", of: drawn.id, replaces, reason: "void", explanation: "Withdrawn." } as const;
  store.appendDraw({ ...drawn, id: "next", purpose, size: 1, items: [item] });
  expect(store.draws().map(({ id }) => id)).toEqual([drawn.id, everything.id, "next"]);
  expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
  store.close();
  const database = new Database(path);
  for (const statement of ["UPDATE draw SET replaces = 'x'", "DELETE FROM draw"]) {
    expect(() => database.exec(statement), statement).toThrow(/draw is/);
  }
  expect(() =>
    database.exec(
      "INSERT INTO draw SELECT 9, 'other', freeze, population, 'other', json, 1, 'y' FROM draw WHERE number = 1",
    ),
  ).toThrow(/follows an initial one/);
  expect(() =>
    database.exec(
      "INSERT INTO draw SELECT 9, 'other', freeze, population, seed, json, 1, replaces FROM draw WHERE number = 3",
    ),
  ).toThrow(/UNIQUE/);
  database.close();
});

it("an older file is migrated when it is opened for work: everything in it is kept, and the log says so", () => {
  const folder = makeFolder();
  const path = makeClosedFile(folder);
  const store = keepOpen(openEngagement(path, context(), next));
  expect(store.listSources().map(({ id }) => id)).toEqual(["git"]);
  expect(Array.from(store.evidenceOf(), (record) => record.sha256)).toEqual([sha256("a"), sha256("b")]);
  expect(store.activities().at(-1)).toMatchObject({
    by: "Tickmark",
    kind: "engagement-migrated",
    before: { version: newest },
    after: { version: newest + 1 },
  });
  expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
  store.close();
  expect(readdirSync(folder)).toEqual(["audit.tickmark"]);
  const database = new Database(path, { readonly: true });
  expect(database.pragma("user_version", { simple: true })).toBe(newest + 1);
  expect(database.prepare("SELECT id, rating FROM source").all()).toEqual([{ id: "git", rating: 3 }]);
  database.close();
});

it("a migrated file is newer for the older program, which leaves it as it is", () => {
  const path = makeClosedFile();
  openEngagement(path, context(), next).close();
  const before = hashFile(path);
  expect(faultFrom(() => openEngagement(path, context())).code).toBe("engagement-newer");
  expect(hashFile(path)).toBe(before);
});

it("an older file that is only read stays as it was, and its copy is gone afterwards", () => {
  const folder = makeFolder();
  const path = makeClosedFile(folder);
  const before = hashFile(path);
  const reading = openForReading(path, next);
  expect(reading.listSources()).toHaveLength(1);
  expect(reading.countEvidence()).toBe(2);
  const copy = new Set(readdirSync(folder));
  reading.close();
  expect(copy).toEqual(new Set(["audit.tickmark"]));
  expect(hashFile(path)).toBe(before);
});

it.each([
  ["fails in the middle", "INSERT INTO people (json) VALUES ('{}'); SELECT no_such_function()"],
  ["breaks a reference", "DROP TRIGGER receipt_no_delete; DROP TRIGGER content_no_delete; DELETE FROM content"],
])("when a migration %s, the file stays as it was and can be opened by the older program", (_, statements) => {
  const folder = makeFolder();
  const path = makeClosedFile(folder);
  const before = hashFile(path);
  const broken: Migration = {
    version: newest + 1,
    name: "broken",
    change: (database) => void database.exec(statements),
  };
  for (const open of [
    () => openEngagement(path, context(), [...allMigrations, broken]),
    () => openForReading(path, [...allMigrations, broken]),
  ]) {
    expect(open).toThrow();
    expect(hashFile(path)).toBe(before);
    expect(readdirSync(folder)).toEqual(["audit.tickmark"]);
  }
  expect(keepOpen(openEngagement(path, context())).countEvidence()).toBe(2);
});

it("a half-made copy that an earlier migration left behind is not taken for the engagement", () => {
  const path = makeClosedFile();
  writeFileSync(`${path}-migrating`, "half a copy");
  const store = keepOpen(openEngagement(path, context(), next));
  expect(store.countEvidence()).toBe(2);
  expect(existsSync(`${path}-migrating`)).toBe(false);
});
