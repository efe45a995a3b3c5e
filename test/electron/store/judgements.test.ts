import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { root } from "../../../build/install.mjs";
import { openEngagement } from "../../../electron/store/engagement-file.ts";
import { allMigrations } from "../../../electron/store/migrations/all-migrations.ts";
import { migrateTo } from "../../../electron/store/schema.ts";
import { actOnException, raiseException } from "../../../shared/judgement/exception-acts.ts";
import { actOnNote, raiseNote } from "../../../shared/judgement/note-acts.ts";
import type { Judgement } from "../../../shared/model/judgement.ts";
import type { SignOff } from "../../../shared/model/sign-off.ts";
import {
  createIn,
  createStore,
  faultFrom,
  keepOpen,
  makeClock,
  makeFolder,
  reopen,
  sha256,
} from "./engagement-under-test.ts";

const at = "2025-07-02T09:00:00.000Z";
const done = { by: "A. Osei", at };
const judgement: Judgement = {
  number: 1,
  population: "change",
  control: "REV-01",
  assertion: "approved",
  item: "shop@1",
  tested: "no-evidence",
  result: sha256("result"),
  outcome: "pass",
  reason: "It was approved on paper.",
  procedure: { done: "The form was read.", seen: "It is signed.", documents: [] },
  ...done,
};
const signOff: SignOff = {
  number: 1,
  scope: { kind: "engagement" },
  role: "preparer",
  ...done,
  digests: Object.fromEntries(
    ["catalog", "evidence", "population", "sample", "results", "judgements", "exceptions", "conclusions"].map(
      (part) => [part, sha256(part)],
    ),
  ) as SignOff["digests"],
};
const writeUp = {
  control: "REV-01",
  title: "One was not approved",
  severity: "deficiency" as const,
  criterion: "All are.",
  condition: "One is not.",
  cause: "Haste.",
  effect: "Nobody saw it.",
  items: [],
};
const raised = raiseException(writeUp, 1, done);
const answer = { kind: "answer", number: 1, response: "Agreed.", owner: "S. Banerjee", due: "2025-12-31" } as const;
const note = raiseNote({ about: { kind: "engagement" }, text: "Why?" }, 1, { by: "M. Lindqvist", at });

it("what people said is there when the file is opened again, exceptions and notes in their newest revision", () => {
  const { path, store } = createIn(makeFolder());
  const answered = actOnException(raised, answer, done);
  const replied = actOnNote(note, { kind: "answer", number: 1, text: "So." }, done);
  store.appendJudgement(judgement);
  store.appendException(raised, "A. Osei");
  store.appendException(answered, "R. Tanaka");
  store.appendSignOff(signOff);
  store.appendReviewNote(note, "M. Lindqvist");
  store.appendReviewNote(replied, "A. Osei");
  store.close();
  const again = reopen(path);
  expect(again.judgements()).toEqual([judgement]);
  expect(again.exceptions()).toEqual([answered]);
  expect(again.signOffs()).toEqual([signOff]);
  expect(again.reviewNotes()).toEqual([replied]);
  expect(again.checkIntegrity()).toEqual({ ok: true, problems: [] });
});

it("every act is logged with who, what, before and after", () => {
  const store = createStore();
  const answered = actOnException(raised, answer, done);
  const revised = { ...judgement, number: 2, outcome: "fail" as const };
  store.appendJudgement(judgement);
  store.appendJudgement(revised);
  store.appendJudgement({ ...judgement, number: 3, item: "shop@2" });
  store.appendException(raised, "A. Osei");
  store.appendException(answered, "R. Tanaka");
  const acts = store.activities().slice(1);
  expect(acts.map(({ by, kind, subject, before, after }) => ({ by, kind, subject, before, after }))).toEqual([
    { by: "A. Osei", kind: "judged", subject: "J.1", before: null, after: judgement },
    { by: "A. Osei", kind: "judged", subject: "J.2", before: judgement, after: revised },
    { by: "A. Osei", kind: "judged", subject: "J.3", before: null, after: { ...judgement, number: 3, item: "shop@2" } },
    { by: "A. Osei", kind: "exception-raised", subject: "G.1", before: null, after: raised },
    { by: "R. Tanaka", kind: "exception-changed", subject: "G.1", before: raised, after: answered },
  ]);
});

it("a record that does not follow the one before it is refused, and nothing of it is kept", () => {
  const store = createStore();
  const entries = store.activityHead().number;
  for (const act of [
    () => store.appendJudgement({ ...judgement, number: 2 }),
    () => store.appendSignOff({ ...signOff, number: 3 }),
    () => store.appendException({ ...raised, revision: 2 }, "A. Osei"),
    () => store.appendException({ ...raised, number: 2 }, "A. Osei"),
    () => store.appendReviewNote({ ...note, number: 2 }, "A. Osei"),
  ]) {
    expect(faultFrom(act).code).toBe("request-invalid");
  }
  store.appendException(raised, "A. Osei");
  expect(faultFrom(() => store.appendException(raised, "A. Osei")).code).toBe("request-invalid");
  expect(store.activityHead().number).toBe(entries + 1);
  expect(store.judgements()).toEqual([]);
});

it.each([
  [
    "a judgement that was edited",
    "judgement",
    `UPDATE judgement SET json = replace(json, '"pass"', '"fail"')`,
    /J\.1 otherwise/,
  ],
  ["a judgement that was removed", "judgement", "DELETE FROM judgement", /J\.1, which is not there/],
  ["an exception's revision that was removed", "exception", "DELETE FROM exception WHERE revision = 2", /G\.1 2/],
  [
    "a sign-off that was edited",
    "sign_off",
    "UPDATE sign_off SET json = replace(json, 'A. Osei', 'B. Osei')",
    /S\.1 otherwise/,
  ],
  [
    "a note that was put in",
    "review_note",
    "INSERT INTO review_note SELECT 2, 1, json FROM review_note",
    /does not tell .*N\.2 1/,
  ],
])("a whole look at the file finds %s", (_what, table, statement, said) => {
  const { path, store } = createIn(makeFolder());
  store.appendJudgement(judgement);
  store.appendException(raised, "A. Osei");
  store.appendException(actOnException(raised, answer, done), "A. Osei");
  store.appendSignOff(signOff);
  store.appendReviewNote(note, "M. Lindqvist");
  store.close();
  const database = new Database(path);
  const triggers = database
    .prepare<[string], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?",
    )
    .all(table);
  if (!statement.startsWith("INSERT")) expect(() => database.exec(statement)).toThrow(/written once|never deleted/);
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  database.exec(statement);
  for (const { sql } of triggers) database.exec(sql);
  database.close();
  const { ok, problems } = reopen(path).checkIntegrity();
  expect(ok).toBe(false);
  expect(problems.join("\n")).toMatch(said);
});

it("0004: a file as version 1 wrote it opens without anything said, and can be judged", () => {
  const path = join(makeFolder(), "ledger.tickmark");
  writeFileSync(path, gunzipSync(readFileSync(join(root, "test/fixtures/engagements/v1/ledger.tickmark.gz"))));
  const store = keepOpen(openEngagement(path, { now: makeClock() }));
  expect([store.judgements(), store.exceptions(), store.signOffs(), store.reviewNotes()]).toEqual([[], [], [], []]);
  store.appendJudgement(judgement);
  expect(store.judgements()).toEqual([judgement]);
  expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
});

it("0004: a file of version 3 gets tables in which nothing can be changed or removed", () => {
  const database = new Database(":memory:");
  migrateTo(database, 3, allMigrations);
  migrateTo(database, 4, allMigrations);
  for (const table of ["judgement", "sign_off"]) {
    database.exec(`INSERT INTO ${table} VALUES (1, '{}')`);
    expect(() => database.exec(`UPDATE ${table} SET json = ''`), table).toThrow(/written once/);
    expect(() => database.exec(`DELETE FROM ${table}`), table).toThrow(/never deleted/);
  }
  for (const table of ["exception", "review_note"]) {
    database.exec(`INSERT INTO ${table} VALUES (1, 1, '{}')`);
    expect(() => database.exec(`INSERT INTO ${table} VALUES (1, 1, '{}')`), table).toThrow(/UNIQUE/);
    expect(() => database.exec(`UPDATE ${table} SET json = ''`), table).toThrow(/written once/);
    expect(() => database.exec(`DELETE FROM ${table}`), table).toThrow(/never deleted/);
  }
  database.close();
});
