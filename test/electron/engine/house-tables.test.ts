import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createEngine } from "../../../electron/engine/handlers.ts";
import { listHouseTables, readHouseTable, usualHouseTable } from "../../../electron/engine/house-tables.ts";
import { ControlRisk } from "../../../shared/model/house-table.ts";
import { lookUpSize } from "../../../shared/sample/house-table.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-sizes-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(text: string): string {
  const path = join(folder, "own.yaml");
  writeFileSync(path, text);
  return path;
}

describe("the house tables that Tickmark brings", () => {
  it.each(listHouseTables())(
    "%s parse, are named as their file and have sizes that do not fall with the risk",
    (name) => {
      const table = readHouseTable(name);
      expect(table).toMatchObject({ id: name, statistical: false });
      for (const { frequency } of table.rows) {
        const sizes = ControlRisk.options.map(
          (risk) => lookUpSize(table, { frequency, risk, populationSize: 2000, itemName: "items" }).size,
        );
        expect(sizes, frequency).toEqual([...sizes].sort((a, b) => a - b));
      }
    },
  );

  it("have, in the usual one, every frequency that auditors name", () => {
    expect(readHouseTable(usualHouseTable).rows.map(({ frequency }) => frequency)).toEqual([
      ...["annual", "quarterly", "monthly", "weekly", "daily", "many-times-a-day", "event-driven"],
    ]);
  });
});

describe("a house table of one's own", () => {
  const good = `id: firm
version: "1"
title: Firm
statistical: false
remark: Ours.
rows:
  - frequency: weekly
    sizes: { lower: 4, moderate: 6, higher: 9 }
    sources: [{ grade: read, where: Handbook }]
`;

  it("is what the planner is shown, and what it looks a size up in, in the place of the usual one", async () => {
    const engine = createEngine(() => {});
    const table = write(good);
    expect(await engine.call("sample.house-table", { table })).toEqual(readHouseTable(table));
    expect(await engine.call("sample.house-table", {})).toEqual(readHouseTable(usualHouseTable));
    await expect(engine.call("sample.house-table", { table: write("") })).rejects.toMatchObject({
      code: "request-invalid",
    });
    await engine.close();
  });

  it("is read from its path", () => {
    expect(readHouseTable(write(good)).rows[0]?.sizes.lower).toBe(4);
  });

  it.each([
    ["a table that says it is statistical", good.replace("false", "true"), "statistical"],
    ["a size that is no number", good.replace("lower: 4", "lower: many"), "line 8, column 21, rows.0.sizes.lower"],
    ["a row without its sources", good.replace(/ +sources:.*\n/, ""), "line 7, column 5, rows.0.sources"],
    ["no YAML", "id: a\nid: b\n", "cannot be used: line 2, column 1"],
    ["an alias", `${good}extra: &a 1\nmore: *a\n`, "alias"],
    ["nothing", "", "the table"],
  ])("that is %s is refused with the field", (_name, text, part) => {
    expect(() => readHouseTable(write(text))).toThrowError(expect.objectContaining({ code: "request-invalid" }));
    expect(() => readHouseTable(write(text))).toThrowError(part);
  });

  it("that is not there is missed, with the names of those that are", () => {
    expect(() => readHouseTable(join(folder, "none.yaml"))).toThrowError(
      expect.objectContaining({ code: "file-missing", action: expect.stringContaining("common-practice") }),
    );
  });
});
