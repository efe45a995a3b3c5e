import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { createEngagement, openEngagement, openForReading } from "../../../electron/store/engagement-file.ts";
import { allMigrations } from "../../../electron/store/migrations/all-migrations.ts";
import type { ErrorCode } from "../../../shared/errors.ts";
import {
  createIn,
  engagement,
  faultFrom,
  hashFile,
  isClear,
  keepOpen,
  makeClock,
  makeClosedFile,
  makeFolder,
  reopen,
} from "./engagement-under-test.ts";

const now = makeClock();

/** Opens for work and for reading: both must refuse with the code, say so clearly, and leave every file as it was. */
function expectRefused(path: string, code: ErrorCode, because: RegExp): void {
  const before = existsSync(path) ? hashFile(path) : "absent";
  const files = readdirSync(join(path, ".."));
  for (const open of [() => openEngagement(path, { now }), () => openForReading(path)]) {
    const fault = faultFrom(open);
    expect(fault).toMatchObject({ code, message: expect.stringMatching(because) });
    expect(fault).toSatisfy(isClear);
  }
  expect(existsSync(path) ? hashFile(path) : "absent").toBe(before);
  expect(readdirSync(join(path, ".."))).toEqual(files);
}

function tamper(path: string, statements: string): void {
  const database = new Database(path);
  database.exec(statements);
  database.close();
}

it("an engagement has a journal beside it while it is open and is a single file when it is closed", () => {
  const folder = makeFolder();
  const { store } = createIn(folder);
  expect(readdirSync(folder)).toEqual(["audit.tickmark", "audit.tickmark-wal"]);
  store.close();
  expect(readdirSync(folder)).toEqual(["audit.tickmark"]);
});

it("what was created is there when it is opened again, for work and for reading", () => {
  const path = makeClosedFile();
  const store = reopen(path);
  expect(store.engagement()).toEqual(engagement);
  store.close();
  expect(keepOpen(openForReading(path)).engagement()).toEqual(engagement);
});

it("a handle for reading has no call that writes", () => {
  const reading = keepOpen(openForReading(makeClosedFile()));
  expect(
    Object.keys(reading).filter((call) => /^(add|save|append|begin|interrupt|complete|replace|inOneStep)/.test(call)),
  ).toEqual([]);
});

it("the file says by its application id and its version what it is", () => {
  const database = new Database(makeClosedFile(), { readonly: true });
  expect(database.pragma("application_id", { simple: true })).toBe(0x546b4d6b);
  expect(database.pragma("user_version", { simple: true })).toBe(allMigrations.length);
  database.close();
});

it("an existing file is never overwritten by a new engagement, whatever it is", () => {
  const path = join(makeFolder(), "notes.tickmark");
  writeFileSync(path, "my notes");
  expect(faultFrom(() => createEngagement(path, engagement, { now }))).toSatisfy(isClear);
  expect(faultFrom(() => createEngagement(path, engagement, { now })).code).toBe("engagement-exists");
  expect(readFileSync(path, "utf8")).toBe("my notes");
});

it("a new engagement in a folder that does not exist is refused by the folder's name", () => {
  const fault = faultFrom(() => createEngagement(join(makeFolder(), "none", "x.tickmark"), engagement, { now }));
  expect(fault).toMatchObject({ code: "file-unwritable", message: expect.stringContaining("none") });
});

it("a missing file is missing, and is not made by opening it", () => {
  expectRefused(join(makeFolder(), "none.tickmark"), "engagement-missing", /no engagement file none\.tickmark/);
});

it("a folder is not an engagement", () => {
  const folder = makeFolder();
  const path = join(folder, "folder.tickmark");
  mkdirSync(path);
  for (const open of [() => openEngagement(path, { now }), () => openForReading(path)]) {
    expect(faultFrom(open).code).toBe("engagement-corrupt");
  }
});

it("an empty file, a text and another program's database are not engagements", () => {
  const folder = makeFolder();
  const make = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  expectRefused(make("empty.tickmark", ""), "engagement-corrupt", /empty/);
  expectRefused(make("short.tickmark", "SQLite format 3\0"), "engagement-corrupt", /damaged or is not an engagement/);
  expectRefused(make("text.tickmark", "hello\n".repeat(1000)), "engagement-corrupt", /damaged or is not an engagement/);
  const other = join(folder, "other.tickmark");
  tamper(other, "CREATE TABLE t (x)");
  expectRefused(other, "engagement-corrupt", /another program/);
});

it("a file of a newer version is refused and says so", () => {
  const path = makeClosedFile();
  tamper(path, `PRAGMA user_version = ${allMigrations.length + 1}`);
  expectRefused(path, "engagement-newer", /newer version of Tickmark/);
});

it.each([0.3, 0.9, 0.99])("a file cut off at %f of its length is refused and tells how much is there", (part) => {
  const path = makeClosedFile();
  const size = readFileSync(path).length;
  truncateSync(path, Math.floor(size * part));
  expectRefused(path, "engagement-corrupt", new RegExp(`cut off: ${Math.floor(size * part)} of ${size} bytes`));
});

it("a page of rubbish in the place of the schema is refused", () => {
  const path = makeClosedFile();
  const content = readFileSync(path);
  content.fill(0x5a, 100, 8192);
  writeFileSync(path, content);
  expectRefused(path, "engagement-corrupt", /damaged/);
});

it("a file that lost a trigger, gained one or holds a view is refused: it may run or allow what is not Tickmark's", () => {
  const folder = makeFolder();
  const tampered = (name: string, statements: string) => {
    const path = join(folder, name);
    writeFileSync(path, readFileSync(makeClosedFile()));
    tamper(path, statements);
    return path;
  };
  expectRefused(
    tampered("a.tickmark", "DROP TRIGGER content_no_update"),
    "engagement-corrupt",
    /trigger content_no_update is missing/,
  );
  const hostile = "CREATE TRIGGER extra AFTER INSERT ON draw BEGIN DELETE FROM result; END";
  expectRefused(tampered("b.tickmark", hostile), "engagement-corrupt", /trigger extra is not Tickmark's/);
  expectRefused(tampered("c.tickmark", "CREATE VIEW v AS SELECT 1"), "engagement-corrupt", /view v is not Tickmark's/);
});

it("an engagement row that is no engagement is refused", () => {
  const path = makeClosedFile();
  // With the trigger put back as it was, only the row itself is wrong.
  const database = new Database(path);
  const trigger = database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'engagement_no_update'").pluck().get();
  database.exec(`DROP TRIGGER engagement_no_update; UPDATE engagement SET json = '{"name":1}'; ${trigger}`);
  database.close();
  expectRefused(path, "engagement-corrupt", /the engagement's own row cannot be read/);
});

it("a refused file with a journal beside it keeps its journal", () => {
  const path = makeClosedFile();
  tamper(path, `PRAGMA user_version = ${allMigrations.length + 1}`);
  appendFileSync(`${path}-wal`, "a journal that is not to be touched");
  expectRefused(path, "engagement-newer", /newer/);
  expect(readFileSync(`${path}-wal`, "utf8")).toBe("a journal that is not to be touched");
});

it("a closed engagement says that it is closed", () => {
  const { store } = createIn(makeFolder());
  store.close();
  const fault = faultFrom(() => store.listSources());
  expect(fault.code).toBe("engagement-not-open");
  expect(fault).toSatisfy(isClear);
  expect(() => store.close()).not.toThrow();
});

it("an engagement opened through a symbolic link has its journal beside the file itself", () => {
  const path = makeClosedFile();
  const folder = makeFolder();
  symlinkSync(path, join(folder, "link.tickmark"));
  reopen(join(folder, "link.tickmark")).addSource({ id: "people", kind: "roster", path: "people.csv" });
  expect(readdirSync(folder)).toEqual(["link.tickmark"]);
  expect(existsSync(`${path}-wal`)).toBe(true);
});
