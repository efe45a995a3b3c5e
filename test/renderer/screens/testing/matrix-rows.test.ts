import { describe, expect, test } from "vitest";
import { filterRows, type MatrixRow } from "../../../../renderer/screens/testing/matrix-rows.ts";
import type { Outcome } from "../../../../shared/model/result.ts";

function row(ref: string, title: string, outcome: Outcome): MatrixRow {
  return {
    ref,
    id: `ledger-core@${ref}`,
    title,
    repository: "ledger-core",
    at: "2026-01-05T10:00:00.000Z",
    kind: "merge",
    people: "M. Lindqvist",
    reference: "LED-12",
    outcomes: { "TRC-01": "pass", "REV-01": outcome },
    judged: {},
  };
}

const rows = [
  row("C.1", "Fix rounding", "pass"),
  row("C.2", "Rotate key", "fail"),
  row("C.3", "Raise ceiling", "no-evidence"),
  row("C.4", "Fix key", "not-applicable"),
];
const refs = (found: readonly MatrixRow[]) => found.map(({ ref }) => ref);

describe("rows of the testing matrix", () => {
  test("all are shown without a filter", () => {
    expect(filterRows(rows, "  ", "all")).toBe(rows);
  });

  test("missing evidence is a deviation, just as a failure; what does not apply is none", () => {
    expect(refs(filterRows(rows, "", "deviations"))).toEqual(["C.2", "C.3"]);
  });

  test("every word of the filter must be found, in whatever field and case", () => {
    expect(refs(filterRows(rows, "KEY lindqvist", "all"))).toEqual(["C.2", "C.4"]);
    expect(refs(filterRows(rows, "key fix", "all"))).toEqual(["C.4"]);
    expect(refs(filterRows(rows, "key fix", "deviations"))).toEqual([]);
  });
});
