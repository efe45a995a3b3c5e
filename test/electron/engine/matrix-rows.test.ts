import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { makeChange } from "../../../build/bench/usual-change.ts";
import { createEngine } from "../../../electron/engine/handlers.ts";
import { openEngagement } from "../../../electron/store/engagement-file.ts";
import { procedures } from "../../../shared/ipc/contract.ts";
import { instantOf } from "../../../shared/model/instant.ts";
import { type MatrixQuery, type MatrixRow, MatrixRows } from "../../../shared/model/matrix-rows.ts";
import { MatrixView } from "../../../shared/model/view.ts";
import { digestPopulation } from "../../../shared/population/population-digest.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-matrix-rows-"));
const path = join(folder, "rows.tickmark");
const engine = createEngine(() => {});
const items = Array.from({ length: 80 }, (_, number) => makeChange(number));
const drawn = { size: 30, replaced: 4 };
let all: MatrixView["rows"] = [];

beforeAll(async () => {
  const about = { name: "Rows", entity: "Rows", auditor: "Ada Osei", from: "2026-01-01", to: "2026-12-31" };
  await engine.call("engagement.create", { path, ...about, timeZone: "UTC" });
  await engine.call("engagement.close", {});
  freezeMadeUp();
  await engine.call("engagement.open", { path });
  const request = { population: "change", method: "rank", size: drawn.size, seed: "12 40 7", rationale: "Thirty." };
  const draw = (await engine.call("sample.draw", procedures["sample.draw"].request.parse(request))) as {
    draw: { id: string; items: string[] };
  };
  const replaces = draw.draw.items[drawn.replaced] ?? "";
  const reason = { reason: "void", explanation: "Never merged." } as const;
  await engine.call("sample.replace", { drawId: draw.draw.id, item: replaces, ...reason });
  await engine.call("evaluation.run", {});
  all = MatrixView.parse(await engine.call("evaluation.matrix", { population: "change" })).rows;
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function freezeMadeUp(): void {
  const now = () => instantOf(Date.now());
  const store = openEngagement(path, { now });
  const ids = items.map(({ id }) => id);
  const digest = digestPopulation(ids, (content) => hash("sha256", content, "hex"));
  store.saveFreeze(
    { id: "change", population: "change", at: now(), by: "Ada Osei", size: ids.length, digest },
    items.map((item) => ({
      ...{ id: item.id, json: item, title: item.title, at: item.at, repository: item.repository },
      about: item.authors.map(({ name }) => name).join(", "),
    })),
  );
  store.close();
}

async function ask(query: Partial<z.input<typeof MatrixQuery>>, page: object = {}): Promise<MatrixRows> {
  const request = procedures["evaluation.rows"].request.parse({
    query: { population: "change", ...query },
    ...{ offset: 0, limit: 1000, ...page },
  });
  return MatrixRows.parse(await engine.call("evaluation.rows", request));
}

const isDeviation = (outcome: string | undefined) => outcome === "fail" || outcome === "no-evidence";

describe("rows of the matrix in pages", () => {
  it("are the rows of the whole matrix, one after the other, without what was replaced", async () => {
    const { total } = await ask({});
    const pages = await Promise.all([0, 7, 14, 21, 28].map((offset) => ask({}, { offset, limit: 7 })));
    expect(total).toBe(drawn.size);
    expect(pages.flatMap(({ rows }) => rows)).toEqual(all);
    expect(all.map(({ ref }) => ref)).not.toContain(`C.${drawn.replaced + 1}`);
    expect(all.at(-1)?.ref).toBe(`C.${drawn.size + 1}`);
  });

  it("are not in the head that a window asks for, which has the same counts", async () => {
    const head = MatrixView.parse(await engine.call("evaluation.matrix", { population: "change", rows: false }));
    const whole = MatrixView.parse(await engine.call("evaluation.matrix", { population: "change" }));
    expect(head).toEqual({ draw: { ...whole.draw, items: [] }, summaries: whole.summaries, rows: [] });
  });

  it("follow what is done in the engagement: nothing that was worked out before is shown after", async () => {
    await ask({ control: "SOD-01", outcome: "pass" });
    await engine.call("catalog.change", { parameters: { "REV-01": { openObjections: true } } });
    // The results that the change touches are gone until the sample is evaluated again.
    expect(Object.keys((await ask({})).rows[0]?.outcomes ?? {})).not.toContain("REV-01");
    await engine.call("evaluation.run", {});
    expect(Object.keys((await ask({})).rows[0]?.outcomes ?? {})).toContain("REV-01");
    await engine.call("catalog.change", { parameters: { "REV-01": { openObjections: false } } });
    await engine.call("evaluation.run", {});
    expect((await ask({})).rows).toEqual(all);
  });

  it("are those with a deviation, of any or of one control, or with one outcome of one control", async () => {
    const deviating = all.filter(({ outcomes }) => Object.values(outcomes).some(isDeviation));
    expect((await ask({ show: "deviations" })).rows).toEqual(deviating);
    const failed = all.filter(({ outcomes }) => outcomes["REV-01"] === "fail");
    expect(failed.length).toBeGreaterThan(0);
    expect((await ask({ control: "REV-01", outcome: "fail" })).rows).toEqual(failed);
    const ofControl = all.filter(({ outcomes }) => isDeviation(outcomes["REV-01"] ?? "pass"));
    expect(ofControl.length).toBeLessThan(deviating.length);
    expect((await ask({ control: "REV-01", show: "deviations" })).rows).toEqual(ofControl);
  });

  it("are found by words of id, title and people, by part of a word, and by their reference", async () => {
    const [, second] = all;
    const number = /\d+/.exec(second?.title ?? "")?.[0] ?? "";
    expect((await ask({ search: `pay-${number} NUMBER` })).rows).toContainEqual(second);
    expect((await ask({ search: second?.id.slice(8, 30) ?? "" })).rows).toEqual([second]);
    expect((await ask({ search: second?.ref.toLowerCase() ?? "" })).rows).toEqual([second]);
    expect((await ask({ search: "author-3, helper-3" })).total).toBeLessThan(drawn.size);
    expect((await ask({ search: "100%_nothing" })).total).toBe(0);
  });

  it("are sorted by each column and by the worst outcome, and equal ones stay in order, up and down", async () => {
    const sorted = async (query: Partial<z.input<typeof MatrixQuery>>) => (await ask(query)).rows;
    const frozen = new Map(items.map(({ id }, position) => [id, position]));
    const inOrder = all.toSorted((one, other) => (frozen.get(one.id) ?? 0) - (frozen.get(other.id) ?? 0));
    for (const by of ["id", "title", "repository", "people", "at"] as const) {
      const compare = (one: MatrixRow, other: MatrixRow) => (one[by] < other[by] ? -1 : one[by] > other[by] ? 1 : 0);
      expect(await sorted({ sort: by })).toEqual(inOrder.toSorted(compare));
      const down = inOrder.toSorted((one, other) => compare(other, one));
      expect(await sorted({ sort: by, descending: true })).toEqual(down);
    }
    expect(await sorted({ descending: true })).toEqual(all.toReversed());
    const worstFirst = ["fail", "no-evidence", "pass", "not-applicable"];
    const badness = (row: MatrixRow, controls: string[]) =>
      Math.min(...controls.map((control) => worstFirst.indexOf(row.outcomes[control] ?? "")));
    for (const sortControl of ["REV-01", undefined]) {
      const weigh = (row: MatrixRow) => badness(row, sortControl ? [sortControl] : Object.keys(row.outcomes));
      const query = { sort: "outcome" as const, ...(sortControl ? { sortControl } : {}) };
      expect(await sorted(query)).toEqual(all.toSorted((one, other) => weigh(one) - weigh(other)));
      const down = all.toSorted((one, other) => weigh(other) - weigh(one));
      expect(await sorted({ ...query, descending: true })).toEqual(down);
    }
  });

  it("tell where an item stands among those that are found", async () => {
    const { rows } = await ask({ show: "deviations" });
    const item = rows.at(-1)?.id ?? "";
    expect((await ask({ show: "deviations" }, { limit: 0, item })).index).toBe(rows.length - 1);
    const clean = all.find(({ outcomes }) => !Object.values(outcomes).some(isDeviation));
    if (clean) expect((await ask({ show: "deviations" }, { limit: 0, item: clean.id })).index).toBeNull();
  });

  it("hold for any query what filtering the whole matrix gives", async () => {
    const query = fc.record({
      show: fc.constantFrom("all" as const, "deviations" as const),
      search: fc.constantFrom("", "PAY", "author-1", "3", "bench", "helper-2 4"),
      control: fc.constantFrom("REV-01", "TST-01", "SOD-01"),
      outcome: fc.constantFrom("pass" as const, "fail" as const, "no-evidence" as const, "not-applicable" as const),
    });
    await fc.assert(
      fc.asyncProperty(query, async ({ show, search, control, outcome }) => {
        const wanted = all.filter((row) => {
          const texts = [row.id, row.title, row.repository, row.people].join("\n").toLowerCase();
          const words = search.toLowerCase().split(" ").filter(Boolean);
          const isShown = show === "all" || isDeviation(row.outcomes[control] ?? "pass");
          return isShown && row.outcomes[control] === outcome && words.every((word) => texts.includes(word));
        });
        expect((await ask({ show, search, control, outcome })).rows).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
  });
});

it("a draw log comes without the items of draws that are larger than what is asked for", async () => {
  const list = async (request: object) =>
    procedures["sample.list"].response.parse(await engine.call("sample.list", request)).map(({ draw }) => draw);
  const whole = await list({});
  expect(whole.map(({ items: { length }, size }) => [length, size])).toEqual([
    [drawn.size, drawn.size],
    [1, 1],
  ]);
  expect(await list({ itemsUpTo: drawn.size })).toEqual(whole);
  expect(await list({ itemsUpTo: 1 })).toEqual([{ ...whole[0], items: [] }, whole[1]]);
});

it("every draw is seen to its last item, page by page in its order", async () => {
  const [first, replacement] = procedures["sample.list"].response.parse(await engine.call("sample.list", {}));
  const page = async (drawId: string, offset: number, limit: number) =>
    procedures["sample.items"].response.parse(await engine.call("sample.items", { drawId, offset, limit }));
  const pages = await Promise.all([0, 13, 26].map((offset) => page(first?.draw.id ?? "", offset, 13)));
  const rows = pages.flatMap((each) => each.rows);
  expect(pages.map(({ total }) => total)).toEqual([drawn.size, drawn.size, drawn.size]);
  expect(rows.map(({ id }) => id)).toEqual(first?.draw.items);
  expect(rows.map(({ place }) => place)).toEqual(rows.map((_, index) => index + 1));
  const titles = new Map(items.map(({ id, title }) => [id, title]));
  expect(rows.map(({ title }) => title)).toEqual(rows.map(({ id }) => titles.get(id)));
  expect((await page(replacement?.draw.id ?? "", 0, 13)).rows.map(({ id }) => id)).toEqual(replacement?.draw.items);
  await expect(page("none", 0, 1)).rejects.toMatchObject({ code: "request-invalid" });
});

describe("a list of a population", () => {
  const list = async (more: object) => {
    const request = { population: "change", offset: 0, limit: 100, ...more };
    const answer = await engine.call("population.items", procedures["population.items"].request.parse(request));
    return procedures["population.items"].response.parse(answer);
  };

  it("is filtered by words and by week, and sorted by any column, a page at a time", async () => {
    const whole = await list({});
    expect(whole.rows.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    const wanted = whole.rows.filter(({ people, title }) => /author-1/.test(people) && /PAY-1/.test(title));
    expect(wanted).toHaveLength(11);
    expect(await list({ search: "AUTHOR-1 pay-1" })).toEqual({ total: wanted.length, rows: wanted });
    const byTitle = whole.rows.toSorted((one, other) => (one.title < other.title ? 1 : -1));
    const page = await list({ sort: "title", descending: true, offset: 7, limit: 5 });
    expect(page).toEqual({ total: items.length, rows: byTitle.slice(7, 12) });
    expect((await list({ monday: "2025-12-29" })).total).toBe(items.length);
    expect(await list({ monday: "2026-01-05", search: "pay" })).toEqual({ total: 0, rows: [] });
  });
});

it("a sample of the whole population is searched in the population's own texts, and shows the same rows", async () => {
  const request = { population: "change", method: "everything", rationale: "All of them." };
  await engine.call("sample.draw", procedures["sample.draw"].request.parse(request));
  const { rows, total } = await ask({});
  expect(total).toBe(items.length);
  const wanted = rows.filter(({ people, title }) => /author-1/.test(people) && /PAY-1/.test(title));
  expect(wanted.length).toBeGreaterThan(5);
  expect((await ask({ search: "author-1 pay-1" })).rows).toEqual(wanted);
  const byTitle = wanted.toSorted((one, other) => (one.title < other.title ? 1 : -1));
  expect((await ask({ search: "author-1 pay-1", sort: "title", descending: true })).rows).toEqual(byTitle);
  expect((await ask({ search: "C.7 pay" })).rows).toEqual(rows.slice(6, 7));
});
