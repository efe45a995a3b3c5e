import { describe, expect, it } from "vitest";
import { readCsv } from "../../../shared/model/csv.ts";
import { limitRows } from "../../../shared/sample/limit-table.ts";
import { planRows } from "../../../shared/sample/plan-table.ts";
import { fillTable, writeRow, writeShare } from "../../../shared/sample/sample-table.ts";

const columns =
  "kind,id,method,confidence,tolerable_rate,expected_rate,expected_deviations,population,n,k,tolerable_count,achieved_risk," +
  "most_likely_rate,upper,upper_count,lower_two_sided,upper_two_sided,lower_two_sided_count,upper_two_sided_count," +
  "tail_at_tolerable,supports_tolerable,status,note";
const names = columns.split(",");

type Cells = Readonly<Record<string, string>>;
const rowOf = (cells: Cells) => writeRow(names.map((name) => cells[name] ?? ""));
const table = (...rows: Cells[]) => [columns, ...rows.map(rowOf)].map((row) => `${row}\n`).join("");

function fill(kinds: typeof planRows, ...rows: Cells[]): Cells[] {
  const [, ...filled] = fillTable(table(...rows), kinds);
  return filled.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""])));
}
const plan = (cells: Cells) =>
  fill(planRows, { kind: "planning", method: "binomial", confidence: "0.95", tolerable_rate: "0.05", ...cells })[0] ??
  {};
const limit = (cells: Cells) =>
  fill(limitRows, {
    ...{
      kind: "evaluation",
      method: "binomial",
      confidence: "0.95",
      tolerable_rate: "0.05",
      n: "60",
      k: "0",
      ...cells,
    },
  })[0] ?? {};

describe("a table of plans", () => {
  it("gets size, acceptable deviations, risk and status", () => {
    expect(plan({ expected_deviations: "0" })).toMatchObject({ n: "59", k: "0", tolerable_count: "", status: "ok" });
    expect(plan({ method: "hypergeometric", population: "10" })).toMatchObject({
      ...{ n: "10", tolerable_count: "1", achieved_risk: "0.0", status: "ok" },
    });
    expect(plan({ expected_rate: "0.06" })).toMatchObject({
      ...{ n: "", k: "", achieved_risk: "", status: "infeasible_expected_not_below_tolerable" },
    });
    expect(plan({ population: "58" })).toMatchObject({ n: "59", status: "exceeds_population" });
  });

  it("gets two stages, and the true risk of expanding", () => {
    expect(plan({ kind: "two_stage" })).toMatchObject({ k: "1;0", status: "ok" });
    expect(plan({ kind: "two_stage", tolerable_rate: "0" })).toMatchObject({ n: "", k: "", status: "exceeds_max" });
    const naive = plan({ kind: "naive_expansion_risk", n: "59;93", k: "0;1" });
    expect(Number(naive["achieved_risk"])).toBeCloseTo(0.95 ** 59 + 59 * 0.05 * 0.95 ** 92, 13);
    expect(naive).toMatchObject({ n: "59;93", k: "0;1", status: "ok" });
    expect(plan({ kind: "naive_expansion_risk", n: "93;59", k: "0;1" })).toMatchObject({
      achieved_risk: "",
      status: "invalid",
    });
  });

  it("takes the number of expected deviations where a rate is given too", () => {
    expect(plan({ expected_deviations: "0", expected_rate: "0.01" })).toMatchObject({ n: "59", k: "0" });
  });

  it("replaces what was computed before", () => {
    expect(plan({ n: "1", k: "1", achieved_risk: "1", status: "?" })).toMatchObject({ n: "59", k: "0", status: "ok" });
  });
});

describe("a table of tested samples", () => {
  it("gets rates, limits, the tail and whether the rate is supported", () => {
    const own = limit({});
    expect(own).toMatchObject({
      most_likely_rate: "0.0",
      lower_two_sided: "0.0",
      supports_tolerable: "true",
      status: "ok",
    });
    expect(Number(own["upper"])).toBeCloseTo(1 - 0.05 ** (1 / 60), 13);
    expect(Number(own["tail_at_tolerable"])).toBeCloseTo(0.95 ** 60, 13);
    expect(limit({ n: "1", k: "1" })).toMatchObject({ upper: "1.0", supports_tolerable: "false" });
    expect(limit({ tolerable_rate: "" })).toMatchObject({
      supports_tolerable: "",
      tail_at_tolerable: "",
      status: "ok",
    });
  });

  it("gets counts where the population is counted", () => {
    expect(limit({ method: "hypergeometric", population: "60", k: "3" })).toMatchObject({
      ...{ upper_count: "3", lower_two_sided_count: "3", upper_two_sided_count: "3", tolerable_count: "3" },
    });
  });

  it.each([
    [{ n: "0" }],
    [{ n: "" }],
    [{ n: "-1" }],
    [{ k: "-1" }],
    [{ k: "" }],
    [{ k: "61" }],
    [{ population: "59" }],
    [{ method: "hypergeometric" }],
    [{ confidence: "1" }],
    [{ confidence: "0" }],
    [{ confidence: "" }],
    [{ tolerable_rate: "1.01" }],
    [{ tolerable_rate: "-0.05" }],
    [{ population: "0" }],
  ])("says invalid where a sample cannot be: %j", (cells) => {
    const own = limit({ ...cells, upper: "0.5", supports_tolerable: "true" });
    expect(own).toMatchObject({ status: "invalid", upper: "", supports_tolerable: "", most_likely_rate: "" });
  });

  it("says what is tolerable of a population also where the sample is invalid", () => {
    expect(limit({ method: "hypergeometric", population: "40", n: "50" })).toMatchObject({
      ...{ status: "invalid", tolerable_count: "2" },
    });
  });
});

describe("any table", () => {
  const strange = { kind: "remark", id: "7", method: "anything", note: 'a "quoted", long\nremark', upper: "x" };

  it("keeps rows of other kinds, other cells and the order of columns as they are", () => {
    const [, kept] = fillTable(table(strange), { ...planRows, ...limitRows });
    expect(kept?.map((cell, index) => [names[index], cell]).filter(([, cell]) => cell !== "")).toEqual([
      ...[
        ["kind", "remark"],
        ["id", "7"],
        ["method", "anything"],
        ["upper", "x"],
        ["note", strange.note],
      ],
    ]);
    const reordered = fillTable(
      "status,kind,n,method,k,achieved_risk,tolerable_count,confidence,tolerable_rate\n,planning,,binomial,,,,0.95, 0.05 \n",
      planRows,
    );
    expect(reordered[1]?.slice(0, 5)).toEqual(["ok", "planning", "59", "binomial", "0"]);
    expect(reordered[1]?.at(-1)).toBe(" 0.05 ");
  });

  it("reads back as it was written, whatever its cells hold", () => {
    const cells = ["plain", "a,b", 'say "no"', "two\nlines", " space ", "", "1;0", "\r"];
    expect(readCsv(`${writeRow(cells)}\n`)).toEqual([{ line: 1, cells }]);
  });

  it("may begin with a byte order mark and end its lines as Windows does", () => {
    const windows = `\uFEFF${table({ kind: "planning", method: "poisson", confidence: "0.95", tolerable_rate: "0.05" })}`;
    expect(fillTable(windows.replaceAll("\n", "\r\n"), planRows)[1]?.slice(8, 10)).toEqual(["60", "0"]);
  });

  it("has numbers that read back as the same number", () => {
    for (const value of [0, 1, 0.1, 1 / 3, 4.863713528234672e-17, 4.743864518390578, 5e-324]) {
      expect(Number(writeShare(value))).toBe(value);
    }
    expect([writeShare(0), writeShare(1), writeShare(null)]).toEqual(["0.0", "1.0", ""]);
  });

  const good = { kind: "planning", method: "binomial", confidence: "0.95", tolerable_rate: "0.05" };

  it.each([
    ["an unknown method", { method: "normal" }, 'Row 2 (line 3), column method: "normal" is not one of: binomial'],
    ["no method", { method: "" }, "Row 2 (line 3), column method"],
    ["a rate in per cent", { tolerable_rate: "5 %" }, 'column tolerable_rate: "5 %" is not a decimal number'],
    ["a decimal comma", { confidence: "0,95" }, 'column confidence: "0,95" is not a decimal number'],
    ["a count that is none", { expected_deviations: "1.5" }, 'column expected_deviations: "1.5" is not a whole number'],
    ["a population beyond counting", { population: "1000000001" }, "column population"],
    ["half a pair", { kind: "naive_expansion_risk", n: "29", k: "0;1" }, 'column n: "29" is not two whole numbers'],
  ])("with %s is refused, naming row and column", (_name, cells, message) => {
    const text = table(good, { ...good, ...cells });
    expect(() => fillTable(text, planRows)).toThrowError(message);
    expect(() => fillTable(text, planRows)).toThrowError(expect.objectContaining({ code: "request-invalid" }));
  });

  it.each([
    [
      "of other columns",
      "a;b\n1;2\n",
      "The table has no column kind, method, n, k, tolerable_count, achieved_risk, status",
    ],
    ["that is empty", "", "The table has no column kind"],
    ["with a column twice", columns.replace("note", "n"), "The table has the column n twice"],
    ["with a row that is too short", `${columns}\nplanning,1\n`, "Row 1 (line 2) has 2 cells, and the table has 23"],
    ["with a quotation mark that is not closed", `${columns}\n"planning\n`, "Line 2 is not comma-separated values"],
  ])("%s is refused", (_name, text, message) => {
    expect(() => fillTable(text, planRows)).toThrowError(message);
  });
});
