import { hash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { makeChange } from "../../../build/bench/usual-change.ts";
import { createEngine } from "../../../electron/engine/handlers.ts";
import { openEngagement } from "../../../electron/store/engagement-file.ts";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import { CatalogCheck } from "../../../shared/model/catalog-check.ts";
import { CatalogComparison } from "../../../shared/model/catalog-comparison.ts";
import { instantOf } from "../../../shared/model/instant.ts";
import { digestPopulation } from "../../../shared/population/population-digest.ts";
import { type EditedControl, writeCatalog } from "../../shared/evaluation/edited-catalog.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-changed-catalog-"));
const now = () => instantOf(Date.now());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const items = Array.from({ length: 40 }, (_, number) => makeChange(number)).sort((a, b) => (a.id < b.id ? -1 : 1));
const first: EditedControl[] = [
  { id: "SML-01", limit: 200, assertions: ["small", "titled"] },
  { id: "SML-02", limit: 100, assertions: ["small", "reviewed"] },
];

function saveCatalog(controls: readonly EditedControl[]): string {
  const path = join(folder, "edited.yaml");
  writeFileSync(path, writeCatalog(controls));
  return path;
}

/** An engagement with a draw of everything, whose items no evidence stands behind. */
async function openDrawn(name: string) {
  const path = join(folder, `${name}.tickmark`);
  const engine = createEngine(() => {});
  const about = { name: "Edit", entity: "Edit", auditor: "Ada Osei", from: "2026-01-01", to: "2026-12-31" };
  await engine.call("engagement.create", { path, ...about, timeZone: "UTC", catalogPath: saveCatalog(first) });
  await engine.call("engagement.close", {});
  const store = openEngagement(path, { now });
  const ids = items.map(({ id }) => id);
  const digest = digestPopulation(ids, (content) => hash("sha256", content, "hex"));
  const freeze = { id: "change", population: "change", at: now(), by: "Ada Osei", size: ids.length, digest } as const;
  store.saveFreeze(
    freeze,
    items.map((item) => ({ id: item.id, json: item })),
  );
  store.close();
  await engine.call("engagement.open", { path });
  const draw = { population: "change", method: "everything", size: 0, seed: "", rationale: "All." } as const;
  await engine.call("sample.draw", draw);
  return { engine, path };
}

/** What the file holds, looked at while the engine has it closed. */
function look<T>(path: string, read: (store: ReturnType<typeof openEngagement>) => T): T {
  const store = openEngagement(path, { now });
  const found = read(store);
  store.close();
  return found;
}

async function tryCatalog(engine: ReturnType<typeof createEngine>, request: object): Promise<CatalogComparison> {
  return CatalogComparison.parse(await engine.call("catalog.try", { mostListed: 1000, ...request }));
}

const control = fc.record({
  id: fc.constantFrom("SML-01", "SML-02", "SML-03"),
  limit: fc.constantFrom(0, 100, 200, 400),
  assertions: fc.subarray(["small", "titled", "reviewed"] as const, { minLength: 1 }),
});
const catalogs = fc.array(fc.uniqueArray(control, { selector: ({ id }) => id, minLength: 1 }), {
  minLength: 1,
  maxLength: 4,
});

it("after any edits of the catalog the results are those of evaluating all of it anew, in the same order", async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(catalogs, async (editions) => {
      number += 1;
      const { engine, path } = await openDrawn(`property-${number}`);
      for (const edition of editions) {
        await engine.call("catalog.change", { catalogPath: saveCatalog(edition) });
        await engine.call("evaluation.run", {});
      }
      await engine.close();
      const catalog = compileCatalog(writeCatalog(editions.at(-1) ?? first));
      const anew = items.flatMap((item) => evaluateItem(catalog, "change", item));
      const held = look(path, (store) => store.draws().flatMap(({ id }) => [...store.results({ drawId: id })]));
      expect(held).toEqual(JSON.parse(JSON.stringify(anew)));
    }),
    { numRuns: 8 },
  );
});

it("of a changed parameter only its control is evaluated anew, and the log tells from what to what", async () => {
  const { engine, path } = await openDrawn("one-parameter");
  await engine.call("evaluation.run", {});
  await engine.call("catalog.change", { parameters: { "SML-01": { limit: 50 } } });
  await engine.call("engagement.close", {});
  const drawIdOf = (store: ReturnType<typeof openEngagement>) => store.draws()[0]?.id ?? "";
  // What the edit touches is gone at once, so that nobody sees results of a catalog that does not hold any more.
  expect(look(path, (store) => store.resultBases(drawIdOf(store)).map((each) => each.control))).toEqual(["SML-02"]);
  await engine.call("engagement.open", { path });
  const conclusions = (await engine.call("evaluation.conclusions", {})) as { control: string }[];
  expect(conclusions.map((each) => each.control)).toEqual(["SML-02"]);
  await engine.call("engagement.close", {});
  const kept = look(path, (store) => store.resultBases(drawIdOf(store)));
  await engine.call("engagement.open", { path });
  await engine.call("evaluation.run", {});
  await engine.close();
  const bases = look(path, (store) => store.resultBases(drawIdOf(store)));
  expect(bases.map((each) => each.control)).toEqual(["SML-01", "SML-02"]);
  expect(bases[1]).toEqual(kept[0]);
  const entry = look(path, (store) => store.activities().find(({ kind }) => kind === "catalog-changed"));
  expect(entry).toMatchObject({
    by: "Ada Osei",
    before: { parameters: {} },
    after: { parameters: { "SML-01": { limit: 50 } } },
  });
});

it("a trial says what would change and leaves the file as it was, with nothing in the log", async () => {
  const { engine, path } = await openDrawn("trial");
  await engine.call("evaluation.run", {});
  const state = async () => {
    await engine.call("engagement.close", {});
    const held = look(path, (store) => [store.activityHead(), ...store.draws().map(({ id }) => store.resultBases(id))]);
    await engine.call("engagement.open", { path });
    return held;
  };
  const before = await state();
  const parameters = { "SML-01": { limit: 50 } };
  const sample = await tryCatalog(engine, { parameters, scope: "sample" });
  const population = await tryCatalog(engine, { parameters, scope: "population" });
  expect(sample).toEqual({ ...population, scope: "sample" });
  expect(sample.totalChanges).toBe(items.filter(({ size }) => size.added <= 200 && size.added > 50).length);
  expect(await state()).toEqual(before);
  await engine.close();
});

it("an edited catalog with a mistake changes nothing, and the fault says where the mistake is", async () => {
  const { engine } = await openDrawn("mistake");
  const path = join(folder, "mistake.yaml");
  writeFileSync(path, writeCatalog(first).replace("change.title != ''", "change.titel != ''"));
  const requests = [
    () => engine.call("catalog.try", { catalogPath: path, scope: "sample" }),
    () => engine.call("catalog.change", { catalogPath: path }),
  ];
  for (const request of requests) {
    await expect(request()).rejects.toMatchObject({
      code: "catalog-invalid",
      message: expect.stringMatching(/line 1, column \d+: SML-01 pass: No such key: titel/),
    });
  }
  expect(await engine.call("catalog.show", {})).toMatchObject({ catalog: { id: "edited" } });
  await engine.close();
});

it("the text of a copy is checked, tried and taken over as a file is, and checking leaves no trace", async () => {
  const { engine, path } = await openDrawn("text");
  const { text } = (await engine.call("catalog.text", {})) as { text: string };
  expect(text).toBe(writeCatalog(first));
  const wrong = text.replace("change.title != ''", "change.titel != ''").replace("default: 100", "default: many");
  const check = CatalogCheck.parse(await engine.call("catalog.check", { text: wrong }));
  expect(check.total).toBe(2);
  expect(check.mistakes[0]).toMatchObject({
    place: { line: 1 },
    message: expect.stringMatching(/^SML-01 pass: No such key: titel/),
  });
  expect(check.mistakes[1]?.message).toMatch(/^SML-02: the default of limit is not of type int/);
  expect(await engine.call("catalog.check", { text })).toEqual({ mistakes: [], total: 0 });
  const edited = writeCatalog([{ id: "SML-01", limit: 400, assertions: ["small", "titled"] }]);
  const byText = await tryCatalog(engine, { catalogText: edited, scope: "sample" });
  const byFile = await tryCatalog(engine, {
    catalogPath: saveCatalog([{ id: "SML-01", limit: 400, assertions: ["small", "titled"] }]),
    scope: "sample",
  });
  expect(byText).toEqual(byFile);
  expect(await engine.call("catalog.change", { catalogText: edited })).toEqual({ changed: true });
  expect(await engine.call("catalog.text", {})).toMatchObject({ text: edited });
  await engine.close();
  const kinds = look(path, (store) => store.activities().map(({ kind }) => kind));
  expect(kinds.filter((kind) => kind === "catalog-changed")).toHaveLength(1);
});

it("a copy is checked with the engagement's parameters: one that it has no place for is told without a place", async () => {
  const { engine } = await openDrawn("parameters");
  await engine.call("catalog.change", { parameters: { "SML-02": { limit: 50 } } });
  const text = writeCatalog([{ id: "SML-01", limit: 200, assertions: ["small"] }]);
  expect(await engine.call("catalog.check", { text })).toEqual({
    mistakes: [{ place: null, message: expect.stringContaining("Parameter SML-02 limit is not in the catalog") }],
    total: 1,
  });
  await engine.close();
});

it("without an engagement a copy is of the catalog that Tickmark brings", async () => {
  const engine = createEngine(() => {});
  const { text } = (await engine.call("catalog.text", {})) as { text: string };
  expect(await engine.call("catalog.check", { text })).toEqual({ mistakes: [], total: 0 });
  await engine.close();
});
