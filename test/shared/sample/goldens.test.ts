import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readCsv } from "../../../shared/model/csv.ts";
import type { SamplingModel } from "../../../shared/model/sample-plan.ts";
import { riskOfExtension } from "../../../shared/sample/extension-risk.ts";
import { limitOf } from "../../../shared/sample/limit.ts";
import { planSample } from "../../../shared/sample/plan.ts";
import { planTwoStages } from "../../../shared/sample/two-stage-plan.ts";
import { describeRecorded } from "../../recorded-data.ts";

type Row = Readonly<Record<string, string>>;

/** What the functions answer for a row, by the column that it stands in. */
const answers: Readonly<Record<string, (row: Row) => Readonly<Record<string, unknown>>>> = {
  planning: (row) => {
    const plan = planSample({ ...commonOf(row), expectedRate: text(row["expected_rate"]), ...countOf(row) });
    const { size, acceptableDeviations, tolerableCount, achievedRisk, status } = plan;
    return { n: size, k: acceptableDeviations, tolerable_count: tolerableCount, achieved_risk: achievedRisk, status };
  },
  evaluation: (row) => {
    const limit = limitOf({ ...commonOf(row), size: Number(row["n"]), deviations: Number(row["k"]) });
    if (limit.status === "invalid") return { most_likely_rate: null, upper: null, status: "invalid" };
    return {
      most_likely_rate: limit.mostLikelyRate,
      tolerable_count: limit.tolerableCount,
      upper: limit.upper,
      upper_count: limit.upperCount,
      lower_two_sided: limit.lowerTwoSided,
      lower_two_sided_count: limit.lowerTwoSidedCount,
      upper_two_sided: limit.upperTwoSided,
      upper_two_sided_count: limit.upperTwoSidedCount,
      tail_at_tolerable: limit.tailAtTolerable,
      supports_tolerable: limit.supportsTolerable,
      status: limit.status,
    };
  },
  two_stage: (row) => {
    const { stageSize, achievedRisk, status } = planTwoStages(commonOf(row));
    return { n: stageSize, achieved_risk: achievedRisk, status };
  },
  naive_expansion_risk: (row) => {
    const [[firstSize = 0, totalSize = 0], [firstAcceptable = 0, totalAcceptable = 0]] = [
      pairOf(row["n"]),
      pairOf(row["k"]),
    ];
    return {
      achieved_risk: riskOfExtension({ ...commonOf(row), firstSize, firstAcceptable, totalSize, totalAcceptable }),
    };
  },
};

describeRecorded("../sampling", "golden values", (path) => {
  const [header, ...rows] = readCsv(readFileSync(join(path, "goldens.csv"), "utf8")).map((row) =>
    "cells" in row ? row.cells : [],
  );
  const golden = rows.map(
    (cells): Row => Object.fromEntries((header ?? []).map((name, index) => [name, cells[index] ?? ""])),
  );

  it("of every kind are there", () => {
    expect(new Set(golden.map((row) => row["kind"]))).toEqual(new Set(Object.keys(answers)));
  });

  it.each(golden.map((row) => [row["id"], row["kind"], row["method"], row] as const))(
    "%s (%s, %s) is reproduced: counts exactly, shares within 1e-9",
    (_id, kind, _method, row) => {
      const own = answers[kind ?? ""]?.(row) ?? {};
      for (const [column, value] of Object.entries(own)) compare(column, value, row[column] ?? "");
    },
  );
});

function compare(column: string, own: unknown, golden: string): void {
  if (typeof own !== "number") {
    expect(own === null ? "" : String(own), column).toBe(golden);
    return;
  }
  expect(golden, column).not.toBe("");
  const isCount = /^\d+$/.test(golden);
  expect(Math.abs(own - Number(golden)), column).toBeLessThanOrEqual(isCount ? 0 : 1e-9);
}

function commonOf(row: Row) {
  return {
    method: row["method"] as SamplingModel,
    confidence: row["confidence"] ?? "",
    tolerableRate: row["tolerable_rate"] ?? "",
    populationSize: row["population"] ? Number(row["population"]) : null,
  };
}

function countOf(row: Row) {
  return { expectedDeviations: row["expected_deviations"] ? Number(row["expected_deviations"]) : null };
}

function text(cell: string | undefined): string | null {
  return cell || null;
}

function pairOf(cell: string | undefined): number[] {
  return (cell ?? "").split(";").map(Number);
}
