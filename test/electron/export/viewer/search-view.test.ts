import { expect, test } from "vitest";
import { findAll } from "../../../../electron/export/viewer/page/search-view.js";
import { populationWords } from "../../../../shared/model/population-words.ts";
import { inventContent } from "../report/report-content.ts";

const invented = inventContent({ changes: 6, deployments: 2 });
const content = { ...invented, results: [...invented.results], words: populationWords };

test("the page finds items, controls, results and evidence by all the words, whatever their case", () => {
  const kinds = (query: string) => findAll(content, query).map(({ kind }) => kind);
  const [change] = content.items.change;
  expect(kinds(change?.id.toUpperCase() ?? "none")).toContain("C.1 (changes)");
  expect(kinds("rev-01 independent peer")).toContain("REV-01");
  const control = content.catalog.controls.find(({ id }) => id === "REV-01");
  expect(kinds(control?.objective ?? "none")).toContain("REV-01");
  expect(findAll(content, "only approval somebody").every(({ text }) => /only approval/.test(text))).toBe(true);
  expect(findAll(content, "only approval somebody").length).toBeGreaterThan(0);
  expect(findAll(content, change?.evidence[0]?.evidence ?? "none")[0]).toMatchObject({ route: "item/C.1" });
});

test("the page finds nothing for no words, and nothing that is not there", () => {
  expect(findAll(content, "  ")).toEqual([]);
  expect(findAll(content, "no such words anywhere")).toEqual([]);
});
