import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stepsTo } from "../../../shared/model/plot-axis.ts";
import { plotConclusions, plotControl } from "../../../shared/model/plot-interval.ts";
import { plotPlanning } from "../../../shared/model/plot-planning.ts";
import { plotWeeks } from "../../../shared/model/plot-weeks.ts";
import { formatRate, formatTypedRate } from "../../../shared/model/rate-text.ts";
import { planCurve, planSample } from "../../../shared/sample/plan.ts";
import { conclude, houseTable, plan } from "../evaluation/sample-under-test.ts";

const request = { method: "binomial", confidence: "0.95", tolerableRate: "0.1" } as const;
const tested = { populationSize: 400, basis: plan(request) };
const clean = conclude({ ...tested, found: { pass: 30 } });
const deviating = conclude({ ...tested, found: { pass: 20, fail: 10 } });
const counted = conclude({ ...tested, basis: houseTable, found: { pass: 24, fail: 1 } });

describe("the picture of limits against the tolerable rate", () => {
  const { rows, tolerable, ticks } = plotConclusions([clean, deviating, counted]);

  test("keeps the order of the numbers: rate, one-sided limit, end of the two-sided interval", () => {
    const [row] = rows;
    expect(row?.rate).toBe(0);
    expect(row?.interval?.[0]).toBe(0);
    expect(row?.upper).toBeGreaterThan(0);
    expect(row?.interval?.[1]).toBeGreaterThan(row?.upper ?? 1);
  });

  test("has the limit of a supported control on the left of the tolerable rate", () => {
    expect(rows[0]?.upper).toBeLessThanOrEqual(tolerable[0]?.at ?? 0);
    expect(rows[0]?.standing).toBe("good");
  });

  test("points beyond its right end where a rate is far above what is tolerable", () => {
    expect(rows[1]?.isCut).toBe(true);
    expect(rows[1]?.upper).toBe(1);
    expect(rows[1]?.value).toBe("49.95 %");
  });

  test("says in words what it shows", () => {
    expect(rows[0]?.description).toBe(
      "REV-01: 0 of 30 deviate, most likely 0.00 %, upper limit 9.51 %, tolerable 10 %: supported.",
    );
  });

  test("shows no limit for a sample that nothing may be projected from", () => {
    expect(rows[2]).toMatchObject({ upper: null, interval: null, tolerable: null, value: "4.00 % of the tested" });
  });

  test("stays between the ends of its axis", () => {
    for (const { at } of [...ticks, ...tolerable]) {
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThanOrEqual(1);
    }
  });

  test("shows each stratum below its control", () => {
    const strata = [{ ...clean, stratum: "ledger", populationSize: 200 }];
    expect(plotControl({ ...clean, strata }).rows.map(({ label }) => label)).toEqual(["REV-01", "ledger"]);
  });
});

describe("the picture of what a lower tolerable rate costs", () => {
  test("falls from left to right and has the plan on its line", () => {
    const { lines, plan: marked } = plotPlanning(planCurve(request), planSample(request));
    const [line = []] = lines;
    for (const [index, { y }] of line.entries()) expect(y).toBeLessThanOrEqual(line[index - 1]?.y ?? 1);
    expect(line).toContainEqual({ x: marked?.x, y: marked?.y });
    expect(marked?.label).toBe("29 at 10 %");
  });

  test("marks no plan where there is none", () => {
    const infeasible = { ...request, expectedRate: "0.1" };
    expect(plotPlanning(planCurve(infeasible), planSample(infeasible)).plan).toBeNull();
  });
});

describe("the picture of a population by week", () => {
  test("keeps its bars apart, in order and within the picture", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ monday: fc.constant("2026-01-05"), count: fc.nat(99), sampled: fc.nat(9) }), {
          minLength: 1,
        }),
        (weeks) => {
          const { bars } = plotWeeks(weeks);
          for (const [index, { x, width, height }] of bars.entries()) {
            expect(x).toBeGreaterThan((bars[index - 1]?.x ?? -1) + (bars[index - 1]?.width ?? 0));
            expect(x + width).toBeLessThanOrEqual(1);
            expect(height).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});

test("the steps of an axis are round and end within it", () => {
  expect(stepsTo(0.125, 8)).toEqual([0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12]);
  expect(stepsTo(0.4, 8)).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4]);
  expect(stepsTo(24_500, 5)).toEqual([0, 5000, 10_000, 15_000, 20_000]);
});

test("rates are rounded to the side that claims less, and never pushed by the last digits", () => {
  expect([formatRate(0.04871, "up"), formatRate(0.04879, "down"), formatRate(1 / 30)]).toEqual([
    "4.88 %",
    "4.87 %",
    "3.33 %",
  ]);
  expect(formatRate(0.05 + 1e-16, "up")).toBe("5.00 %");
  expect(formatRate(1.2, "up")).toBe("100.00 %");
  expect([formatTypedRate("0.035"), formatTypedRate("5e-2"), formatTypedRate("0.07")]).toEqual(["3.5 %", "5 %", "7 %"]);
});
