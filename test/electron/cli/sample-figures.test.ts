import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCsv } from "../../../shared/model/csv.ts";
import type { HousePlan } from "../../../shared/model/house-table.ts";
import type { DeviationProjection, FurtherSample, ValidLimit } from "../../../shared/model/sample-limit.ts";
import type { SamplePlan, TwoStagePlan } from "../../../shared/model/sample-plan.ts";
import { writeRow } from "../../../shared/sample/sample-table.ts";
import { describeRecorded } from "../../recorded-data.ts";
import { tickmark, tickmarkJson } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-figures-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Status and fault of a command that must fail. */
async function failing(...args: string[]) {
  const ran = await tickmark("sample", ...args, "--json");
  const { fault } = JSON.parse(ran.out) as { fault: { code: string; message: string; action: string } };
  return { status: ran.status, ...fault };
}

const usual = ["--confidence", "0.95", "--tolerable", "0.05"];

describe("tickmark sample plan", () => {
  it("says size and reason in one sentence, without an engagement", async () => {
    const ran = await tickmark("sample", "plan", ...usual, "--population", "812440", "--items", "changes");
    expect(ran.status).toBe(0);
    expect(ran.out).toMatch(/^Discovery sample of 59 of 812,440 changes: [^\n]+\.\n$/);
  });

  it("gives the whole plan as JSON", async () => {
    const plan = await tickmarkJson<SamplePlan>("sample", "plan", ...usual, "--expected-rate", "0.01");
    expect(plan).toMatchObject({ status: "ok", size: 93, acceptableDeviations: 1, request: { expectedRate: "0.01" } });
    const finite = ["--method", "hypergeometric", "--population", "20", "--expected-deviations", "1"];
    expect(await tickmarkJson("sample", "plan", ...usual, ...finite)).toMatchObject({
      ...{ status: "infeasible_expected_not_below_tolerable", size: null, tolerableCount: 1 },
    });
    expect((await tickmarkJson<SamplePlan>("sample", "plan", ...usual, "--discovery")).size).toBe(59);
    const staged = await tickmarkJson<TwoStagePlan>("sample", "plan", ...usual, "--two-stage");
    expect(staged.stageSize).toBeGreaterThan(59);
  });

  it("takes a size from a house table, and says that it is not statistical", async () => {
    const weekly = ["--frequency", "weekly", "--risk", "lower", "--population", "52", "--items", "weeks"];
    const ran = await tickmark("sample", "plan", ...weekly);
    expect(ran.out).toMatch(
      /^5 of 52 weeks .* a house table, not a statistical plan, so that no confidence and no limit/,
    );
    const own = write(
      "own.yaml",
      "id: own\nversion: '1'\ntitle: Own\nstatistical: false\nremark: Ours.\nrows:\n" +
        "  - { frequency: weekly, sizes: { lower: 7, moderate: 8, higher: 9 }, sources: [{ grade: read, where: Handbook }] }\n",
    );
    expect(await tickmarkJson<HousePlan>("sample", "plan", "--table", own, ...weekly)).toMatchObject({
      ...{ statistical: false, size: 7, table: { id: "own" } },
    });
  });

  it.each([
    [["--tolerable", "0.05"], "usage", "--confidence is missing"],
    [["--confidence", "0.95"], "usage", "--tolerable is missing"],
    [["--confidence", "95", "--tolerable", "0.05"], "request-invalid", "confidence is not between 0 and 1"],
    [["--confidence", "0.95", "--tolerable", "5%"], "request-invalid", "tolerable rate is not a decimal number"],
    [[...usual, "--method", "normal"], "usage", "normal"],
    [[...usual, "--method", "hypergeometric"], "request-invalid", "population size is needed"],
    [[...usual, "--population", "many"], "usage", "many"],
    [[...usual, "--expected-rate", "0.01", "--expected-deviations", "1"], "usage", "expected"],
    [[...usual, "--expected-rate", "0.01", "--discovery"], "usage", "Discovery sampling takes no expected deviations"],
    [[...usual, "--frequency", "weekly"], "usage", "house table is not statistical"],
    [["--table", "common-practice"], "usage", "needs the frequency"],
    [["--frequency", "event-driven"], "request-invalid", "size of the population is not given"],
    [["--frequency", "hourly"], "usage", "hourly"],
  ] as const)("refuses %j", async (args, code, message) => {
    expect(await failing("plan", ...args)).toMatchObject({
      status: 2,
      code,
      message: expect.stringContaining(message),
    });
  });
});

describe("tickmark sample limit", () => {
  type Answer = ValidLimit & { furtherSample: FurtherSample | null; projection: DeviationProjection | null };

  it("says what the sample shows, and what would be needed where that is not enough", async () => {
    const ran = await tickmark(
      ...["sample", "limit", ...usual, "--tested", "60", "--deviations", "2", "--population", "812440"],
    );
    expect(ran.status).toBe(0);
    expect(ran.out.split("\n").map((line) => line.slice(0, 24))).toEqual([
      ...["2 deviations in 60 of 812", "Among 812,440 items the ", "64 more items without an", ""].map((line) =>
        line.slice(0, 24),
      ),
    ]);
  });

  it("gives everything as JSON", async () => {
    const clean = await tickmarkJson<Answer>("sample", "limit", ...usual, "--tested", "60", "--deviations", "0");
    expect(clean).toMatchObject({
      status: "ok",
      supportsTolerable: true,
      projection: null,
      furtherSample: { additional: 0 },
    });
    expect(clean.upper).toBeCloseTo(1 - 0.05 ** (1 / 60), 13);
    const open = await tickmarkJson<Answer>(
      ...["sample", "limit", "--confidence", "0.95", "--tested", "60", "--deviations", "0"],
    );
    expect(open).toMatchObject({ supportsTolerable: null, furtherSample: null });
  });

  it("ends as wrong usage on a sample that cannot be, with the reason", async () => {
    const ran = await tickmark("sample", "limit", ...usual, "--tested", "60", "--deviations", "61");
    expect(ran).toMatchObject({ status: 2, out: "61 deviations cannot be found in 60 items.\n" });
    expect(await failing("limit", ...usual, "--tested", "60")).toMatchObject({ status: 2, code: "usage" });
  });
});

describe("a table given with --csv", () => {
  const header =
    "kind,method,confidence,tolerable_rate,population,n,k,tolerable_count,achieved_risk,most_likely_rate,upper,upper_count," +
    "lower_two_sided,upper_two_sided,lower_two_sided_count,upper_two_sided_count,tail_at_tolerable,supports_tolerable,status";
  const planRow = `planning,binomial,0.95,0.05${",".repeat(15)}`;

  it("comes back on standard output with its plans filled in", async () => {
    const ran = await tickmark(
      "sample",
      "plan",
      "--csv",
      write("plans.csv", `${header}\n${planRow}\nother${",".repeat(18)}\n`),
    );
    const [names, row, other, ...rest] = ran.out.split("\n");
    expect(ran.status).toBe(0);
    expect(names).toBe(header);
    expect(row).toMatch(/^planning,binomial,0\.95,0\.05,,59,0,,0\.048\d+,,,,,,,,,,ok$/);
    expect([other, ...rest]).toEqual([`other${",".repeat(18)}`, ""]);
  });

  it("comes back as JSON too", async () => {
    const rows = await tickmarkJson<Record<string, string>[]>(
      "sample",
      "plan",
      "--csv",
      write("p.csv", `${header}\n${planRow}\n`),
    );
    expect(rows).toEqual([expect.objectContaining({ kind: "planning", n: "59", status: "ok" })]);
  });

  it("is refused as a whole with row and column when a cell cannot be read", async () => {
    const bad = write("bad.csv", `${header}\n${planRow}\n${planRow.replace("0.05", "five")}\n`);
    expect(await failing("plan", "--csv", bad)).toMatchObject({
      ...{ status: 2, code: "request-invalid" },
      message: expect.stringContaining('Row 2 (line 3), column tolerable_rate: "five"'),
    });
    expect((await tickmark("sample", "plan", "--csv", bad)).out).toBe("");
    expect(await failing("limit", "--csv", join(folder, "none.csv"))).toMatchObject({ code: "file-missing" });
  });
});

describeRecorded("../sampling", "a table of golden values, stripped of all that is computed,", (path) => {
  const golden = readCsv(readFileSync(join(path, "goldens.csv"), "utf8")).map((row) =>
    "cells" in row ? row.cells : [],
  );
  const names = golden[0] ?? [];
  const inputs = [
    "kind",
    "id",
    "method",
    "confidence",
    "tolerable_rate",
    "expected_rate",
    "expected_deviations",
    "population",
  ];
  const given: Readonly<Record<string, readonly string[]>> = {
    planning: inputs,
    two_stage: inputs,
    evaluation: [...inputs, "n", "k"],
    naive_expansion_risk: [...inputs, "n", "k"],
  };
  const free = ["edge", "source", "published"];

  it("is given back cell by cell by the two commands", async () => {
    const stripped = golden.map((cells, index) =>
      cells.map((cell, at) => {
        const name = names[at] ?? "";
        return index === 0 || free.includes(name) || given[cells[0] ?? ""]?.includes(name) ? cell : "";
      }),
    );
    const file = write("stripped.csv", stripped.map((cells) => `${writeRow(cells)}\n`).join(""));
    const planned = write("planned.csv", (await tickmark("sample", "plan", "--csv", file)).out);
    const { out, status } = await tickmark("sample", "limit", "--csv", planned);
    expect(status).toBe(0);
    const own = readCsv(out).map((row) => ("cells" in row ? row.cells : []));
    expect(own).toHaveLength(golden.length);
    for (const [index, cells] of golden.entries()) {
      for (const [at, cell] of cells.entries()) compare(own[index]?.[at], cell, `${cells[1]} ${names[at]}`);
    }
  });

  it("and by each command, with the rows of the other kinds as they were", async () => {
    const file = join(path, "goldens.csv");
    for (const [command, others] of [
      ["plan", ["evaluation"]],
      ["limit", ["planning", "two_stage", "naive_expansion_risk"]],
    ] as const) {
      const { out } = await tickmark("sample", command, "--csv", file);
      const lines = out.split("\n");
      for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
        if (index === 0 || others.some((kind) => line.startsWith(`${kind},`))) expect(lines[index]).toBe(line);
      }
    }
  });
});

/** Shares within 1e-9; everything else, counts too, to the letter. */
function compare(own: string | undefined, golden: string, where: string): void {
  if (!/^\d+\.\d+(e-\d+)?$/.test(golden)) expect(own, where).toBe(golden);
  else expect(Math.abs(Number(own || "NaN") - Number(golden)), where).toBeLessThanOrEqual(1e-9);
}
