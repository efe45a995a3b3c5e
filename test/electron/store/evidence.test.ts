import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { Readable } from "node:stream";
import Database from "better-sqlite3";
import { expect, it } from "vitest";
import type { RawRecord, Reading } from "../../../shared/model/evidence.ts";
import {
  createIn,
  createStore,
  deploySource,
  faultFrom,
  gitSource,
  ipeOf,
  makeClosedFile,
  makeFolder,
  makeRecord,
  pullAll,
  reopen,
  sha256,
} from "./engagement-under-test.ts";

function contentsOf(rows: Iterable<{ bytes: Uint8Array }>): string[] {
  return Array.from(rows, ({ bytes }) => Buffer.from(bytes).toString());
}

it("bytes come back exactly as they were received, of every size and kind", () => {
  const store = createStore();
  store.addSource(gitSource);
  const contents = [
    Buffer.alloc(0),
    Buffer.from([0]),
    Buffer.from("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"),
    Buffer.alloc(1023, "a"),
    Buffer.alloc(1024, "a"),
    randomBytes(1024),
    Buffer.from('{"title":"Ünïcödé"}\r\n'.repeat(5000)),
    randomBytes(3_000_000),
    // As many as lie in one row of the file, one more, and as many as lie in two.
    randomBytes(4 * 1024 * 1024),
    randomBytes(4 * 1024 * 1024 + 1),
    randomBytes(8 * 1024 * 1024),
  ];
  pullAll(
    store,
    "git",
    contents.map((bytes, index) => makeRecord(`record ${index}`, { bytes })),
  );
  for (const content of contents) expect(Buffer.compare(store.readEvidence(sha256(content)), content)).toBe(0);
  expect(Array.from(store.evidenceOf(), ({ size }) => size)).toEqual(contents.map(({ length }) => length));
  expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
});

it("bytes come in pieces as well, that together are the same, and none of them large", async () => {
  const store = createStore();
  store.addSource(gitSource);
  const contents = [
    Buffer.alloc(0),
    Buffer.from("short"),
    randomBytes(9 * 1024 * 1024 + 1),
    Buffer.from('{"title":"Ünïcödé"}\r\n'.repeat(100_000)),
  ];
  pullAll(
    store,
    "git",
    contents.map((bytes, index) => makeRecord(`record ${index}`, { bytes })),
  );
  for (const content of contents) {
    const pieces: Buffer[] = await Readable.from(store.streamEvidence(sha256(content))).toArray();
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
    expect(Math.max(0, ...pieces.map(({ length }) => length))).toBeLessThanOrEqual(1024 * 1024);
  }
  expect(faultFrom(() => store.streamEvidence(sha256("never received"))).code).toBe("request-invalid");
});

it("bytes that an earlier version kept as one large value come in pieces too", async () => {
  const path = makeClosedFile();
  const bytes = randomBytes(9 * 1024 * 1024);
  const database = new Database(path);
  const keep = database.prepare("INSERT INTO content (sha256, size, codec, bytes) VALUES (?, ?, 'raw', ?)");
  keep.run(Buffer.from(sha256(bytes), "hex"), bytes.length, bytes);
  database.close();
  const store = reopen(path);
  expect(Buffer.concat(await Readable.from(store.streamEvidence(sha256(bytes))).toArray()).equals(bytes)).toBe(true);
  expect(Buffer.compare(store.readEvidence(sha256(bytes)), bytes)).toBe(0);
});

it("bytes of which a part is gone from the file are never handed out", async () => {
  const { path, store } = createIn(makeFolder());
  store.addSource(gitSource);
  const bytes = randomBytes(9 * 1024 * 1024);
  pullAll(store, "git", [makeRecord("large", { bytes })]);
  store.close();
  const database = new Database(path);
  const trigger = database
    .prepare("SELECT sql FROM sqlite_schema WHERE name = 'content_piece_no_delete'")
    .pluck()
    .get();
  database.exec(`DROP TRIGGER content_piece_no_delete; DELETE FROM content_piece WHERE place = 2; ${trigger}`);
  database.close();
  const opened = reopen(path);
  expect(faultFrom(() => opened.readEvidence(sha256(bytes))).code).toBe("engagement-corrupt");
  const pieces = Readable.from(opened.streamEvidence(sha256(bytes))).toArray();
  await expect(pieces).rejects.toMatchObject({ code: "engagement-corrupt" });
});

it("of large records of a format that is read by its beginning comes no more", () => {
  const store = createStore();
  store.addSource(gitSource);
  const format = "attachment.document";
  const contents = [randomBytes(2_000_000), Buffer.from(randomBytes(2_000_000).toString("hex")), Buffer.from("short")];
  pullAll(store, "git", [
    ...contents.map((bytes, index) => makeRecord(`record ${index}`, { bytes, format })),
    makeRecord("whole", { bytes: randomBytes(2_000_001) }),
  ]);
  const beginnings = { of: new Set([format] as const), largerThan: 1_000_000 };
  const rows = [...store.evidenceOf({ beginnings })];
  expect(rows.map(({ size }) => size)).toEqual([2_000_000, 4_000_000, 5, 2_000_001]);
  for (const [index, content] of contents.entries()) {
    const { length } = rows[index]?.bytes ?? [];
    expect(length).toBe(index === 2 ? 5 : Math.min(Math.max(length, 128 * 1024), 600_000));
    expect(content.subarray(0, length).equals(rows[index]?.bytes ?? Buffer.alloc(0))).toBe(true);
  }
  expect(rows[3]?.bytes).toHaveLength(2_000_001);
});

it("text is kept compressed", () => {
  const { path, store } = createIn(makeFolder());
  store.addSource(gitSource);
  pullAll(store, "git", [makeRecord("page", { bytes: Buffer.from('{"merged":true,"number":1}\n'.repeat(100_000)) })]);
  store.close();
  expect(statSync(path).size).toBeLessThan(500_000);
});

it("a record is described by its receipts: hash, size, place, source, pull and time", () => {
  const store = createStore();
  store.addSource(gitSource);
  store.addSource(deploySource);
  const line = makeRecord("deploy 1\n", {
    format: "deployments.csv",
    locator: "deploys.csv",
    reading: { firstLine: 2, columns: ["at", "revision, with comma"] },
  });
  const first = pullAll(store, "git", [line]);
  const second = pullAll(store, "deploys", [line]);
  const common = {
    sha256: sha256("deploy 1\n"),
    size: 9,
    format: "deployments.csv",
    locator: "deploys.csv",
    receivedAt: "2025-07-01T10:00:00.123Z",
    reading: { firstLine: 2, columns: ["at", "revision, with comma"] },
  };
  expect(store.describeEvidence(sha256("deploy 1\n"))).toEqual([
    { ...common, sourceId: "git", pullId: first },
    { ...common, sourceId: "deploys", pullId: second },
  ]);
  expect(store.describeEvidence(sha256("never received"))).toEqual([]);
});

it("all that is known for reading a record comes back with it", () => {
  const reading: Reading = {
    firstLine: 9,
    columns: ["at"],
    separator: ";",
    encoding: "utf-16le",
    timeZone: "Europe/London",
    within: { from: "2025-01-01T00:00:00.000Z", to: "2025-07-01T00:00:00.000Z" },
    elements: { pointer: "/Records", first: 3, from: 0, to: 10 },
  };
  const store = createStore();
  store.addSource(gitSource);
  pullAll(store, "git", [makeRecord("a", { reading })]);
  expect(store.describeEvidence(sha256("a"))[0]?.reading).toEqual(reading);
});

it("a record without a reading has none when it comes back", () => {
  const store = createStore();
  store.addSource(gitSource);
  pullAll(store, "git", [makeRecord("a")]);
  expect(store.describeEvidence(sha256("a"))[0]).not.toHaveProperty("reading");
});

it("evidence comes back in order of receipt within its source, and sources in the order in which they were added", () => {
  const store = createStore();
  store.addSource(gitSource);
  store.addSource(deploySource);
  // Pulled in the other order, and in steps that take turns.
  const people = store.beginPull("deploys").pull.id;
  const git = store.beginPull("git").pull.id;
  const save = (pull: string, ...texts: string[]) =>
    store.savePullStep(pull, { records: texts.map((text) => makeRecord(text)), requests: [], cursor: null });
  save(people, "p1");
  save(git, "g9", "g1");
  save(people, "p0");
  save(git, "g5");
  for (const pull of [people, git]) store.completePull(pull, ipeOf(store, pull));
  expect(contentsOf(store.evidenceOf())).toEqual(["g9", "g1", "g5", "p1", "p0"]);
  expect(contentsOf(store.evidenceOf({ sourceId: "deploys" }))).toEqual(["p1", "p0"]);
});

it("evidence can be asked for by format, and counted the same way", () => {
  const store = createStore();
  store.addSource(gitSource);
  pullAll(store, "git", [
    makeRecord("c1"),
    makeRecord("paths", { format: "git.changed-paths" }),
    makeRecord("c2"),
    makeRecord("refs", { format: "git.refs" }),
  ]);
  expect(contentsOf(store.evidenceOf({ formats: ["git.commit"] }))).toEqual(["c1", "c2"]);
  expect(contentsOf(store.evidenceOf({ formats: ["git.refs", "git.changed-paths"] }))).toEqual(["paths", "refs"]);
  expect(contentsOf(store.evidenceOf({ formats: [] }))).toEqual([]);
  expect(store.countEvidence()).toBe(4);
  expect(store.countEvidence({ formats: ["git.commit"], sourceId: "git" })).toBe(2);
  expect(store.countEvidence({ sourceId: "nobody" })).toBe(0);
});

it("more evidence than one page of rows comes back whole and in order, also while the file is written to", () => {
  const store = createStore();
  store.addSource(gitSource);
  const texts = Array.from({ length: 2500 }, (_, index) => `commit ${index}`);
  pullAll(
    store,
    "git",
    texts.map((text) => makeRecord(text, { locator: text })),
  );
  const seen: string[] = [];
  for (const { bytes } of store.evidenceOf()) {
    seen.push(Buffer.from(bytes).toString());
    if (seen.length % 500 === 0) store.savePeople({ roster: false, persons: [] });
  }
  expect(seen).toEqual(texts);
});

it("reading can stop in the middle and the file can be worked on and closed", () => {
  const store = createStore();
  store.addSource(gitSource);
  pullAll(store, "git", [makeRecord("a"), makeRecord("b")]);
  for (const _ of store.evidenceOf()) break;
  store.addSource(deploySource);
  expect(() => store.close()).not.toThrow();
});

it("a second pull of a source supersedes the first, whose evidence stays in the file", () => {
  const store = createStore();
  store.addSource(gitSource);
  pullAll(store, "git", [makeRecord("old"), makeRecord("same")]);
  pullAll(store, "git", [makeRecord("same"), makeRecord("new")]);
  expect(contentsOf(store.evidenceOf())).toEqual(["same", "new"]);
  expect(Buffer.from(store.readEvidence(sha256("old"))).toString()).toBe("old");
  expect(store.describeEvidence(sha256("same"))).toHaveLength(2);
});

it("an open pull is not read: the last complete one stands until it is through", () => {
  const store = createStore();
  store.addSource(gitSource);
  const half = store.beginPull("git").pull.id;
  store.savePullStep(half, { records: [makeRecord("half")], requests: [], cursor: 1 });
  expect(contentsOf(store.evidenceOf())).toEqual([]);
  store.interruptPull(half);
  expect(contentsOf(store.evidenceOf())).toEqual([]);
  expect(store.countEvidence()).toBe(0);
});

it("the same record again in the same pull is not doubled", () => {
  const store = createStore();
  store.addSource(gitSource);
  const { pull } = store.beginPull("git");
  const step = { records: [makeRecord("a"), makeRecord("b"), makeRecord("a")], requests: [], cursor: null };
  expect(store.savePullStep(pull.id, step)).toMatchObject({ added: [{}, {}], records: 2 });
  expect(store.savePullStep(pull.id, step)).toEqual({ added: [], records: 2 });
});

it("the same bytes from another place, and the same lines further down in a file, are records of their own", () => {
  const store = createStore();
  store.addSource(gitSource);
  const part = (locator: string, firstLine: number): RawRecord =>
    makeRecord("deployed\n", { locator, reading: { firstLine }, format: "deployments.jsonl" });
  pullAll(store, "git", [part("log", 1), part("log", 7), part("other", 1), part("log", 7)]);
  expect(Array.from(store.evidenceOf(), ({ locator, reading }) => [locator, reading?.firstLine])).toEqual([
    ["log", 1],
    ["log", 7],
    ["other", 1],
  ]);
});

it("evidence that is not there is asked for in vain, by its hash", () => {
  const fault = faultFrom(() => createStore().readEvidence(sha256("x")));
  expect(fault).toMatchObject({ code: "request-invalid", message: expect.stringContaining(sha256("x")) });
});

it.each([
  "UPDATE content SET bytes = x'00'",
  "DELETE FROM content",
  "INSERT OR REPLACE INTO content SELECT * FROM content",
  "UPDATE content_piece SET bytes = x'00'",
  "DELETE FROM content_piece",
  "UPDATE receipt SET locator = 'elsewhere'",
  "DELETE FROM receipt",
  "INSERT OR REPLACE INTO receipt SELECT * FROM receipt",
  "UPDATE pull SET ipe = '{}'",
  "DELETE FROM pull",
  "DELETE FROM source",
  "UPDATE activity SET \"by\" = 'nobody'",
  "DELETE FROM activity",
  "UPDATE engagement SET json = '{}'",
])("the schema refuses %s", (statement) => {
  const database = new Database(makeClosedFile());
  database.pragma("recursive_triggers = ON");
  database.exec("INSERT INTO content_piece VALUES (1, 1, x'00')");
  expect(() => database.exec(statement)).toThrow(/written once|never deleted/);
  database.close();
});

it.each([
  ["as it is", (text: string) => text.replace("b", "B")],
  ["compressed", (text: string) => text.repeat(2000)],
])("bytes that were changed behind Tickmark's back are never handed out (%s)", async (_, change) => {
  const path = makeClosedFile();
  const database = new Database(path);
  const trigger = database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'content_no_update'").pluck().get();
  database.exec("DROP TRIGGER content_no_update");
  database
    .prepare("UPDATE content SET bytes = ? WHERE sha256 = ?")
    .run(Buffer.from(change("b")), Buffer.from(sha256("b"), "hex"));
  database.exec(String(trigger));
  database.close();
  const store = reopen(path);
  for (const read of [() => store.readEvidence(sha256("b")), () => [...store.evidenceOf()]]) {
    const fault = faultFrom(read);
    expect(fault).toMatchObject({ code: "engagement-corrupt", message: expect.stringContaining(sha256("b")) });
  }
  await expect(Readable.from(store.streamEvidence(sha256("b"))).toArray()).rejects.toMatchObject({
    code: "engagement-corrupt",
    message: expect.stringContaining(sha256("b")),
  });
  expect(store.checkIntegrity()).toMatchObject({ ok: false, problems: [expect.stringContaining(sha256("b"))] });
  expect(Buffer.from(store.readEvidence(sha256("a"))).toString()).toBe("a");
});
