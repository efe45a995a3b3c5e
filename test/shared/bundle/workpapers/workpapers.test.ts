import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { csvLines } from "../../../../shared/bundle/workpapers/csv-text.ts";
import { type Cell, type WorkpaperTable, workpaperTables } from "../../../../shared/bundle/workpapers/tables.ts";
import { workbookFiles } from "../../../../shared/bundle/workpapers/workbook.ts";
import { auditRecordOf } from "../audit-record-under-test.ts";

const tables = workpaperTables(auditRecordOf());
const table = (name: string) => tables.find((each) => each.name === name);
const rowsIn = (name: string) => [...(table(name)?.rows ?? [])];

describe("workpapers as tables", () => {
  test("have what was concluded, tested, drawn and frozen", () => {
    expect(tables.map(({ name }) => name)).toEqual([
      ...[
        "conclusions",
        "matrix-changes",
        "items",
        "results",
        "deviations",
        "exceptions",
        "draw-log",
        "populations",
        "population-items",
      ],
    ]);
    expect(table("matrix-changes")?.columns).toEqual(["Ref", "Item", "REV-01"]);
    expect(
      rowsIn("matrix-changes")
        .map((row) => row[2])
        .slice(55, 58),
    ).toEqual(["pass", "fail", "no-evidence"]);
    expect(rowsIn("deviations").map(([ref, , control, , outcome]) => [ref, control, outcome])).toEqual([
      ["C.57", "REV-01", "fail"],
      ["C.58", "REV-01", "no-evidence"],
    ]);
    expect(rowsIn("population-items")).toHaveLength(60);
  });

  test("have as many cells in each row as there are columns", () => {
    for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
  });

  test("list no population that would be a burden to a spreadsheet", () => {
    const ids = { change: Array.from({ length: 100_001 }, (_, index) => `ledger@${index}`) };
    const names = workpaperTables({ ...auditRecordOf(), ids }).map(({ name }) => name);
    expect(names).toContain("populations");
    expect(names).not.toContain("population-items");
  });
});

/** Anything that somebody may have written into a title, a ticket or a log, and above all what starts a formula. */
const sign = fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠");
const blank = fc.constantFrom("", " ", "\u00a0", "\u200b", "\ufeff", "\u2060", "\u0000", " \t");
const hostile = fc.tuple(blank, sign, fc.string({ unit: "binary", maxLength: 12 })).map((parts) => parts.join(""));
const text = fc.oneof(
  hostile,
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom('"', "a;b", "x,=1", "_x000D_", "]]>", "<f>1</f>"),
);
const rowsOf = fc.array(fc.tuple(text, fc.oneof(fc.integer(), fc.constant(null)), text), {
  minLength: 1,
  maxLength: 6,
});

function tableOf(rows: readonly (readonly Cell[])[]): WorkpaperTable {
  return { name: "anything", columns: ["A", "B", "C"], rows };
}

describe("a table in CSV", () => {
  test("begins no cell with what a spreadsheet computes, and loses nothing of the text", () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const cells: string[][] = parse([...csvLines(tableOf(rows))].join(""), { bom: true, record_delimiter: "\r\n" });
        expect(cells[0]).toEqual(["A", "B", "C"]);
        for (const [index, row] of rows.entries()) {
          for (const [column, written] of row.entries()) {
            const read = cells[index + 1]?.[column] ?? "missing";
            if (typeof written !== "string") expect(read).toBe(written === null ? "" : String(written));
            else {
              expect(read).not.toMatch(/^[\s\p{C}\p{Z}]*[=+\-@\t\r\n|%＝＋－＠]/u);
              const shown = Buffer.from(written).toString();
              expect([shown, `'${shown}`]).toContain(Buffer.from(read).toString());
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("is the same cells by whatever separator it is cut", () => {
    const csv = [...csvLines(tableOf([["a;=1", 5, "b,+2\t-3"]]))].join("");
    const cells: string[][] = parse(csv, { bom: true, delimiter: ";", relax_quotes: true, relax_column_count: true });
    for (const cell of cells.flat()) expect(cell).not.toMatch(/^[=+\-@]/);
  });
});

/** What is in a sheet: its cells by place, and every element that occurs. */
function readSheet(xml: Iterable<string>): {
  cells: Map<string, { type: string; text: string }>;
  elements: Set<string>;
} {
  const cells = new Map<string, { type: string; text: string }>();
  const elements = new Set<string>();
  const parser = new SaxesParser();
  let cell = { type: "", text: "" };
  parser.on("error", (fault) => {
    throw fault;
  });
  parser.on("opentag", ({ name, attributes }) => {
    elements.add(name);
    if (name !== "c") return;
    cell = { type: attributes.t ?? "n", text: "" };
    cells.set(attributes.r ?? "", cell);
  });
  parser.on("text", (content) => {
    cell.text += content;
  });
  for (const piece of xml) parser.write(piece);
  parser.close();
  return { cells, elements };
}

const sheetOf = (rows: readonly (readonly Cell[])[]) =>
  readSheet(workbookFiles([tableOf(rows)]).find(({ path }) => path.endsWith("sheet1.xml"))?.text ?? []);

describe("a table in a workbook", () => {
  test("is well formed, with every text an inline string and not one formula", () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const { cells, elements } = sheetOf(rows);
        expect(elements).not.toContain("f");
        for (const [index, row] of rows.entries()) {
          for (const [column, written] of row.entries()) {
            const cell = cells.get(`${"ABC"[column]}${index + 2}`);
            if (written === null || written === "") expect(cell).toBeUndefined();
            else if (typeof written === "number") expect(cell).toEqual({ type: "n", text: String(written) });
            else expect(cell?.type).toBe("inlineStr");
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("keeps what can be kept: markup, line ends, and text that looks like an escape", () => {
    const { cells } = sheetOf([['a < b & "c"', 1, "one\r\ntwo _x000D_ \u0001"]]);
    expect(cells.get("A2")?.text).toBe('a < b & "c"');
    expect(cells.get("C2")?.text).toBe("one\ntwo _x005F_x000D_ \uFFFD");
  });

  test("cuts text that is too long for a cell, and says so", () => {
    const cut = sheetOf([["x".repeat(40_000), 1, ""]]).cells.get("A2")?.text ?? "";
    expect(cut).toHaveLength(32_767);
    expect(cut).toMatch(/the whole text is in the CSV file/);
  });

  test("has what is urgent first where a sheet has no room for all, and says what is left", () => {
    const isUrgent = ([, outcome]: readonly Cell[]) => outcome === "fail";
    const outcomes = ["pass", "pass", "fail", "pass", "fail"];
    const long = { name: "long", columns: ["A", "B"], rows: outcomes.map((each, index) => [index, each]), isUrgent };
    const [sheet] = workbookFiles([long], 3).filter(({ path }) => path.endsWith("sheet1.xml"));
    const text = [...(sheet?.text ?? [])].join("");
    expect(text).toContain('<dimension ref="A1:B6"/>');
    expect(text).toContain('<autoFilter ref="A1:B4"/>');
    const { cells } = readSheet([text]);
    expect(["A2", "A3", "A4"].map((place) => cells.get(place)?.text)).toEqual(["2", "4", "0"]);
    expect(cells.get("A6")?.text).toBe(
      "Deviations stand first in this sheet. 2 more rows are in long.csv alone, which has all of them.",
    );
    const whole = workbookFiles([long], 5).find(({ path }) => path.endsWith("sheet1.xml"));
    expect([...readSheet(whole?.text ?? []).cells.keys()]).not.toContain("A8");
    expect(readSheet(whole?.text ?? []).cells.get("B2")?.text).toBe("pass");
  });
});
