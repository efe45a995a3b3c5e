import { describe, expect, test } from "vitest";
import { keepsRow } from "../../../../electron/export/viewer/page/matrix-view.js";
import { inventContent } from "../report/report-content.ts";

const [matrix] = inventContent({ changes: 8, deployments: 0 }).matrices;
const rows = matrix?.rows ?? [];
const everything = { filter: "all", control: "", search: "" };
const refs = (choice: Partial<typeof everything>) =>
  rows.filter((row) => keepsRow(row, { ...everything, ...choice })).map(({ ref }) => ref);

describe("the matrix of the page", () => {
  test("shows every item unless it is told otherwise", () => {
    expect(refs({})).toEqual(rows.map(({ ref }) => ref));
  });

  test("keeps items with the outcome that is looked for, under the control that is looked at", () => {
    const failed = rows.filter(({ outcomes }) => outcomes["REV-01"] === "fail").map(({ ref }) => ref);
    expect(failed.length).toBeGreaterThan(0);
    expect(refs({ filter: "fail", control: "REV-01" })).toEqual(failed);
    const deviating = rows.filter(({ outcomes }) =>
      Object.values(outcomes).some((outcome) => ["fail", "no-evidence"].includes(outcome)),
    );
    expect(refs({ filter: "deviations" })).toEqual(deviating.map(({ ref }) => ref));
    expect(deviating.length).toBeLessThan(rows.length);
  });

  test("finds items by all words, in any case, in title, people or ticket", () => {
    expect(refs({ search: "ROTATE key" })).toEqual(["C.2", "C.7"]);
    expect(refs({ search: "pay-103" })).toEqual(["C.4"]);
    expect(refs({ search: "lindqvist pay-101" })).toEqual(["C.2"]);
    expect(refs({ search: "nobody wrote this" })).toEqual([]);
  });
});
