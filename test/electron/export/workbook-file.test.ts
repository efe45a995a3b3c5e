import { writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { packWorkbook } from "../../../electron/export/workbook-file.ts";
import { workpaperTables } from "../../../shared/bundle/workpapers/tables.ts";
import { workbookFiles } from "../../../shared/bundle/workpapers/workbook.ts";
import { auditRecordOf } from "../../shared/bundle/audit-record-under-test.ts";
import { run, temporaryFolder } from "./real-tools.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const files = workbookFiles(workpaperTables(auditRecordOf()));

test("a workbook is a ZIP without faults that holds its files, and the same bytes each time", async () => {
  const path = folder.at("workpapers.xlsx");
  writeFileSync(path, await packWorkbook(files));
  expect(run("unzip", ["-t", path])).toContain("No errors detected");
  for (const { path: name, text } of files)
    expect(run("unzip", ["-p", path, name.replaceAll("[", "\\[").replaceAll("]", "\\]")])).toBe([...text].join(""));
  expect((await packWorkbook(files)).equals(await packWorkbook(files))).toBe(true);
});

test("every part of a workbook is declared, and every relation leads to one", () => {
  const paths = files.map(({ path }) => path);
  const textOf = (path: string) => [...(files.find((each) => each.path === path)?.text ?? [])].join("");
  const declared = [...textOf("[Content_Types].xml").matchAll(/PartName="\/([^"]+)"/g)].map(([, name]) => name);
  expect(declared.toSorted()).toEqual(paths.filter((path) => /^xl\/[^_]/.test(path)).toSorted());
  const targets = [...textOf("xl/_rels/workbook.xml.rels").matchAll(/Target="([^"]+)"/g)].map(
    ([, name]) => `xl/${name}`,
  );
  expect(targets.toSorted()).toEqual(paths.filter((path) => /^xl\/(worksheets|styles)/.test(path)).toSorted());
});
