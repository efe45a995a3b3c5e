import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeChange } from "../../../build/bench/usual-change.ts";
import { createEngine } from "../../../electron/engine/handlers.ts";
import { openEngagement } from "../../../electron/store/engagement-file.ts";
import { type Procedure, procedures, type ResponseOf } from "../../../shared/ipc/contract.ts";
import { instantOf } from "../../../shared/model/instant.ts";
import { digestPopulation } from "../../../shared/population/population-digest.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-undone-"));
const path = join(folder, "undone.tickmark");
const engine = createEngine(() => {});
const items = Array.from({ length: 12 }, (_, number) => makeChange(number));

async function ask<P extends Procedure>(procedure: P, request: object = {}): Promise<ResponseOf<P>> {
  const { request: asked, response } = procedures[procedure];
  return response.parse(await engine.call(procedure, asked.parse(request))) as ResponseOf<P>;
}

beforeAll(async () => {
  const about = { name: "Undone", entity: "Undone", auditor: "Ada Osei", from: "2026-01-01", to: "2026-12-31" };
  await engine.call("engagement.create", { path, ...about, timeZone: "UTC" });
  await engine.call("engagement.close", {});
  const now = () => instantOf(Date.now());
  const store = openEngagement(path, { now });
  const ids = items.map(({ id }) => id);
  const digest = digestPopulation(ids, (content) => hash("sha256", content, "hex"));
  store.saveFreeze(
    { id: "change", population: "change", at: now(), by: "Ada Osei", size: ids.length, digest },
    items.map((item) => ({ id: item.id, json: item })),
  );
  store.close();
  await engine.call("engagement.open", { path });
  await drawAll("All of them.");
  await engine.call("evaluation.run", {});
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const drawAll = (rationale: string) => ask("sample.draw", { population: "change", method: "everything", rationale });

async function undo(more: object = {}): Promise<ResponseOf<"mark.undo">> {
  const { mark } = await ask("mark.latest");
  return ask("mark.undo", { entry: mark?.entry, reason: "By mistake.", ...more });
}

async function failing() {
  const matrix = await ask("evaluation.matrix", { population: "change" });
  const item = matrix?.rows.find(({ outcomes }) => outcomes["REV-01"] === "fail")?.id ?? "";
  const { results } = await ask("evaluation.item", { population: "change", id: item });
  const result = results.find(({ control, outcome }) => control === "REV-01" && outcome === "fail");
  return { population: "change", control: "REV-01", assertion: result?.assertion ?? "", item };
}

it("a judgement that is undone leaves the result as it was judged before, and then as the rule found it", async () => {
  expect(await ask("mark.latest")).toEqual({ mark: null, final: "sample-drawn" });
  const key = await failing();
  await ask("judgement.make", { ...key, outcome: "fail", reason: "Nobody approved it." });
  await ask("judgement.make", { ...key, outcome: "pass", reason: "The protocol has the approval." });
  const judged = async () => {
    const rows = (await ask("evaluation.rows", { query: { population: "change" }, offset: 0, limit: 100 })).rows;
    return rows.find(({ id }) => id === key.item)?.judged["REV-01"];
  };
  expect(await judged()).toBe("pass");
  expect((await undo()).mark).toMatchObject({ ref: "J.1", kind: "judgement" });
  expect(await judged()).toBe("fail");
  expect((await undo({ by: "Ben Ito" })).mark).toBeNull();
  expect(await judged()).toBeUndefined();
  const [, , restored, takenBack] = await ask("judgement.list");
  expect(restored?.judgement).toMatchObject({
    outcome: "fail",
    reason: expect.stringContaining("Nobody approved it."),
  });
  expect(restored?.judgement.reason).toMatch(/^Undoes J\.2: By mistake\./);
  expect(takenBack?.judgement).toMatchObject({ outcome: null, by: "Ben Ito", reason: "Undoes J.1: By mistake." });
});

it("what was judged, signed and written up is undone one after the other, the last first, and the file stays whole", async () => {
  const key = await failing();
  const scope = { kind: "control", control: "REV-01" } as const;
  const words = { criterion: "So.", condition: "Not so.", cause: "Haste.", effect: "Unseen." };
  const linked = [{ population: "change", item: key.item }];
  await ask("judgement.make", { ...key, outcome: "pass", reason: "Approved elsewhere." });
  const raised = { control: "REV-01", title: "Not approved", severity: "deficiency", ...words, items: linked };
  await ask("exception.raise", raised);
  await ask("exception.act", { kind: "answer", number: 1, response: "Yes.", owner: "S. Ba", due: "2026-05-31" });
  await ask("note.raise", { about: scope, text: "Why?", by: "Mallory Reed" });
  await ask("note.act", { kind: "answer", number: 1, text: "Because." });
  await ask("sign-off.sign", { scope, role: "preparer" });

  await expect(undo({ by: "Mallory Reed" })).rejects.toMatchObject({ code: "sign-off-refused" });
  expect(await undo()).toMatchObject({ mark: { ref: "N.1", kind: "note" }, final: "sign-off-withdrawn" });
  const standing = async () => (await ask("sign-off.list")).find((each) => each.scope.kind === "control");
  expect(await standing()).toMatchObject({ preparer: null });
  await expect(undo({ by: "Mallory Reed" })).rejects.toMatchObject({ code: "note-not-yours" });
  expect((await undo()).mark).toMatchObject({ ref: "G.1", kind: "exception" });
  expect((await ask("note.list"))[0]).toMatchObject({ state: "open", note: { answers: [], revision: 3 } });
  expect((await undo()).mark).toMatchObject({ ref: "G.1", kind: "new-exception" });
  expect((await ask("exception.list"))[0]).toMatchObject({ state: "open", exception: { response: null } });
  expect((await undo()).mark).toMatchObject({ kind: "judgement" });
  expect((await ask("exception.list"))[0]?.exception.closure).toMatchObject({ why: "withdrawn" });
  expect((await undo()).mark).toBeNull();
  const { activities } = await ask("activity.list", { offset: 0, limit: 1000 });
  expect(activities.filter(({ kind }) => kind === "signed-off" || kind === "sign-off-withdrawn")).toHaveLength(2);
  await engine.call("engagement.close", {});
  const store = openEngagement(path, { now: () => instantOf(Date.now()) });
  expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
  store.close();
  await engine.call("engagement.open", { path });
});

it("a draw is never undone: it is said, before anything that was marked earlier is offered", async () => {
  const key = await failing();
  const { ref } = await ask("judgement.make", { ...key, outcome: "fail", reason: "Seen." });
  const shown = (await ask("mark.latest")).mark?.entry;
  await drawAll("All of them again.");
  expect(await ask("mark.latest")).toMatchObject({ mark: { ref, entry: shown }, final: "sample-drawn" });
  expect(await ask("sample.list")).toHaveLength(2);
});

it("what was marked since it was shown is not undone in its place", async () => {
  await ask("evaluation.run");
  const shown = (await ask("mark.latest")).mark?.entry ?? 0;
  const { length } = await ask("judgement.list");
  await ask("judgement.make", { ...(await failing()), outcome: "pass", reason: "Seen since." });
  const late = ask("mark.undo", { entry: shown, reason: "By mistake." });
  await expect(late).rejects.toMatchObject({ code: "request-invalid" });
  expect(await ask("judgement.list")).toHaveLength(length + 1);
});
