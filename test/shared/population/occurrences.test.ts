import { describe, expect, it } from "vitest";
import { resolvePeriod } from "../../../shared/model/period.ts";
import { quartersOf, weekOf, weeksOf } from "../../../shared/population/occurrences.ts";

describe("weeks of a period", () => {
  it("are named as ISO 8601 names them, also around New Year", () => {
    const weeks = weeksOf(resolvePeriod("2025-12-22", "2026-01-11", "UTC"));
    expect(weeks.map(({ id }) => id)).toEqual(["2025-W52", "2026-W01", "2026-W02"]);
    expect(weekOf("2027-01-01T12:00:00.000Z", "UTC")).toBe("2026-W53");
  });

  it("begin and end at midnight of the engagement's zone, whatever the clocks do", () => {
    const [week] = weeksOf(resolvePeriod("2026-03-23", "2026-03-29", "Europe/Berlin"));
    expect(week).toEqual({
      id: "2026-W13",
      from: "2026-03-22T23:00:00.000Z",
      to: "2026-03-29T22:00:00.000Z",
      whole: true,
      within: { from: "2026-03-22T23:00:00.000Z", to: "2026-03-29T22:00:00.000Z" },
    });
  });

  it("that lie in the period only in part are there, and say so", () => {
    const weeks = weeksOf(resolvePeriod("2026-01-01", "2026-01-14", "UTC"));
    expect(weeks.map(({ id, whole }) => [id, whole])).toEqual([
      ["2026-W01", false],
      ["2026-W02", true],
      ["2026-W03", false],
    ]);
    expect(weeks[0]).toMatchObject({ from: "2025-12-29T00:00:00.000Z", within: { from: "2026-01-01T00:00:00.000Z" } });
    expect(weeks[2]?.within.to).toBe("2026-01-15T00:00:00.000Z");
  });
});

describe("quarters of a period", () => {
  it("are those of the calendar, whole or in part", () => {
    const quarters = quartersOf(resolvePeriod("2025-11-15", "2026-06-30", "UTC"));
    expect(quarters.map(({ id, whole }) => [id, whole])).toEqual([
      ["2025-Q4", false],
      ["2026-Q1", true],
      ["2026-Q2", true],
    ]);
    expect(quarters[1]).toMatchObject({ from: "2026-01-01T00:00:00.000Z", to: "2026-04-01T00:00:00.000Z" });
  });
});
