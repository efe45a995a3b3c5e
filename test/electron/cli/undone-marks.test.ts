import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openEngagement } from "../../../electron/store/engagement-file.ts";
import { instantOf } from "../../../shared/model/instant.ts";
import type { LatestMark, MarkView } from "../../../shared/model/mark.ts";
import { tickmark, tickmarkJson } from "./command-line.ts";
import { makeSmallEngagement } from "./small-engagement.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-undo-"));
let file: string;
let item = "";
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Undone {
  readonly undone: MarkView;
  readonly stands: unknown;
  readonly latest: LatestMark;
}

const why = ["--reason", "By mistake."];
const undo = (...more: string[]) => tickmarkJson<Undone>("undo", file, ...why, ...more);
const show = () => tickmarkJson<LatestMark>("undo", file, "--show");
const judge = (...options: string[]) =>
  tickmarkJson("judge", file, "--control", "ODD-01", "--assertion", "is-another", "--item", item, ...options);
const mallory = ["--by", "Mallory Reed"];

/** Status, code and words of a command that must fail. */
async function failing(...args: string[]) {
  const { status, out } = await tickmark(...args, "--json");
  const { fault } = JSON.parse(out) as { fault: { code: string; message: string; action: string } };
  return { status, code: fault.code, says: `${fault.message} ${fault.action}` };
}

async function countEntries(): Promise<number> {
  const store = openEngagement(file, { now: () => instantOf(Date.now()) });
  const { length } = store.activities();
  store.close();
  return length;
}

beforeAll(async () => {
  file = await makeSmallEngagement(folder);
  writeFileSync(join(folder, "roster.csv"), "id,name,emails,logins,roles\nada,Ada Osei,ada@example.org,,developer\n");
  writeFileSync(join(folder, "roster.json"), JSON.stringify({ id: "people", kind: "roster", path: "roster.csv" }));
  await tickmarkJson("source", "add", file, join(folder, "roster.json"));
  await tickmarkJson("pull", file, "--source", "people");
  await tickmarkJson("population", file, "--freeze");
  const { draw } = await tickmarkJson<{ draw: { items: string[] } }>(
    ...["sample", "draw", file, "--method", "everything", "--rationale", "All."],
  );
  await tickmarkJson("evaluate", file);
  item = draw.items[0] ?? "";
});

it("nothing is undone where nothing was marked, where no reason is given, and where the entry is none", async () => {
  const before = await countEntries();
  expect(await failing("undo", file, ...why)).toMatchObject({
    ...{ status: 2, code: "request-invalid" },
    says: expect.stringMatching(/^There is nothing to undo.*A draw is never undone/),
  });
  expect((await tickmark("undo", file, "--show")).out).toMatch(/^There is nothing to undo[^\n]*\nA draw is never/);
  for (const args of [[], ["--reason", " "], [...why, "--entry", "1.5"], ["--show", ...why]]) {
    expect(await failing("undo", file, ...args)).toMatchObject({ status: 2, code: "usage" });
  }
  expect(await countEntries()).toBe(before);
});

it("a judgement is taken back for the one before it, then for what the rule found, by an entry each", async () => {
  await judge("--as", "fail", "--reason", "It is odd.");
  await judge("--as", "pass", "--reason", "It is not odd.");
  const before = await countEntries();
  const { mark } = await show();
  expect(mark).toMatchObject({ ref: "J.2", kind: "judgement", by: "Ada Osei", reversal: "judge-as-before" });
  const first = await undo(...mallory);
  expect(first).toMatchObject({
    undone: mark,
    stands: { ref: "J.3", standing: "stands", judgement: { outcome: "fail", by: "Mallory Reed" } },
    latest: { mark: { ref: "J.1" } },
  });
  const { status, out, err } = await tickmark("undo", file, ...why);
  expect([status, err]).toEqual([0, ""]);
  expect(out).toMatch(/^Undone: judgement J\.1 on ODD-01 is-another, .* by Ada Osei, \d{4}-/);
  expect(out).toContain(
    "What stands now:\n  the result counts as pass, as the rule found it\n  J.4 ODD-01 is-another on",
  );
  expect(out).toContain("Undoes J.1: By mistake.");
  expect(await countEntries()).toBe(before + 2);
  expect(await show()).toEqual({ mark: null, final: "sample-drawn" });
});

it("an exception, a note and a sign-off are undone in turn, the last two only by whose they are", async () => {
  const words = ["--criterion", "So.", "--condition", "Not so.", "--cause", "Haste.", "--effect", "Unseen."];
  await tickmarkJson("exception", "add", file, "--control", "ODD-01", "--title", "Odd", "--item", item, ...words);
  const answer = ["--response", "Yes.", "--owner", "S. Banerjee", "--due", "2026-05-31"];
  await tickmarkJson("exception", "answer", file, "G.1", ...answer);
  await tickmarkJson("note", "add", file, "--control", "ODD-01", "--text", "Why?", ...mallory);
  await tickmarkJson("note", "answer", file, "N.1", "--text", "Because.");
  await tickmarkJson("signoff", file, "--control", "ODD-01", "--as", "preparer");

  expect(await failing("undo", file, ...why, ...mallory)).toMatchObject({ status: 2, code: "sign-off-refused" });
  expect(await undo()).toMatchObject({ undone: { ref: "S.1" }, stands: { preparer: null, reviewer: null } });
  const later = await failing("undo", file, ...why);
  expect(later).toMatchObject({ status: 2, code: "request-invalid" });
  expect(later.says).toContain("A withdrawal is never undone");
  const { mark } = await show();
  const note = ["--entry", String(mark?.entry)];
  expect(later.says).toContain(`to undo it, give ${note.join(" ")}.`);
  expect(await failing("undo", file, ...why, "--entry", "1")).toMatchObject({
    says: expect.stringContaining("Entry 1 is not the last mark"),
  });
  expect(await failing("undo", file, ...why, ...note, ...mallory)).toMatchObject({ code: "note-not-yours" });
  expect(await undo(...note)).toMatchObject({ undone: { ref: "N.1" }, stands: { ref: "N.1", state: "open" } });
  // What is never undone came after the exception: it is named every time.
  const named = async () => ["--entry", String((await show()).mark?.entry)];
  expect(await undo(...(await named()))).toMatchObject({
    ...{ undone: { ref: "G.1", kind: "exception" }, stands: { state: "open", exception: { response: null } } },
  });
  const { out } = await tickmark("undo", file, ...why, ...(await named()));
  expect(out).toMatch(/^Undone: exception raised G\.1 on ODD-01: Odd by Ada Osei/);
  expect(out).toContain("closed by Ada Osei: withdrawn; Undoes G.1: By mistake.");
});

it("several acts on one exception are undone one after the other, each with its reason and name on record", async () => {
  const words = ["--criterion", "So.", "--condition", "Not so.", "--cause", "Haste.", "--effect", "Unseen."];
  const raised = await tickmarkJson<{ ref: string }>(
    ...["exception", "add", file, "--control", "ODD-01", "--title", "Odder", "--item", item, ...words],
  );
  const { ref } = raised;
  const answer = ["--owner", "S. Banerjee", "--due", "2026-05-31"];
  await tickmarkJson("exception", "answer", file, ref, "--response", "No.", ...answer);
  await tickmarkJson("exception", "answer", file, ref, "--response", "Yes.", ...answer);
  await tickmarkJson("exception", "close", file, ref, "--why", "risk-accepted", "--reason", "They live with it.");
  const undone = (revision: number, by: string) => ({ of: revision, by, reason: "By mistake." });
  expect(await undo(...mallory)).toMatchObject({
    stands: {
      state: "answered",
      exception: { response: { response: "Yes." }, restoration: undone(4, "Mallory Reed") },
    },
  });
  expect(await undo()).toMatchObject({
    stands: { exception: { response: { response: "No." }, restoration: undone(3, "Ada Osei") } },
  });
  const { out } = await tickmark("undo", file, ...why);
  expect(out).toContain("  what revision 2 did was undone by Ada Osei: By mistake.");
  expect(await tickmarkJson("exception", "answer", file, ref, "--response", "Later.", ...answer)).toMatchObject({
    exception: expect.not.objectContaining({ restoration: expect.anything() }),
  });
});

it("a decision on who is who is withdrawn under the name that was given, with a reason that can be read again", async () => {
  await tickmarkJson("people", "split", file, "--account", "git:ada@example.org", "--reason", "Not hers.");
  const entry = String((await show()).mark?.entry);
  const long = await failing("undo", file, "--reason", "x".repeat(2001));
  expect(long).toMatchObject({ status: 2, says: expect.stringContaining("too long for a decision") });
  const { out } = await tickmark("undo", file, ...why, "--entry", entry, ...mallory);
  expect(out).toContain(`decision ${entry} withdrawn by Mallory Reed`);
  expect((await tickmark("people", "list", file)).status).toBe(0);
});

it("a file that is in use, of a newer version, or not there ends with status 3 and its code", async () => {
  const holder = openEngagement(file, { now: () => instantOf(Date.now()) });
  expect(await failing("undo", file, ...why)).toMatchObject({ status: 3, code: "engagement-busy" });
  holder.close();
  const database = new Database(file);
  database.pragma("user_version = 9999");
  database.close();
  expect(await failing("undo", file, ...why)).toMatchObject({ status: 3, code: "engagement-newer" });
  expect(await failing("undo", join(folder, "none.tickmark"), ...why)).toMatchObject({
    status: 3,
    code: "engagement-missing",
  });
});
