import { describe, expect, it } from "vitest";
import type { Coverage } from "../../../shared/model/coverage.ts";
import { indexCoverage } from "../../../shared/population/coverage-index.ts";

const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();
const pulled = (scope: string, from: number, to: number, kind: Coverage["kind"] = "builds"): Coverage => ({
  ...{ kind, scope, from: day(from), to: day(to), sourceId: "any" },
});

describe("coverage of a span", () => {
  it("is that of pulls that meet, and not of those between which time is missing", () => {
    const months = indexCoverage([pulled("ledger", 15, 31), pulled("ledger", 1, 15)]);
    expect(months.coversSpan("builds", day(3), day(30), ["ledger"])).toBe(true);
    const apart = indexCoverage([pulled("ledger", 1, 14), pulled("ledger", 15, 31)]);
    expect(apart.coversSpan("builds", day(3), day(30), ["ledger"])).toBe(false);
    expect(apart.coversSpan("builds", day(16), day(31), ["ledger"])).toBe(true);
  });

  it("is not put together out of what is about different things", () => {
    const two = indexCoverage([pulled("ledger", 1, 15), pulled("portal", 15, 31)]);
    expect(two.coversSpan("builds", day(3), day(30))).toBe(false);
    expect(two.coversSpan("builds", day(3), day(14))).toBe(true);
    expect(two.coversSpan("builds", day(3), day(14), ["portal"])).toBe(false);
  });

  it("is of all only where each scope has it, and never where nothing was pulled", () => {
    const hosts = indexCoverage([pulled("web1", 1, 31, "detections"), pulled("web2", 1, 15, "detections")]);
    expect(hosts.coversSpanOfAll("detections", day(3), day(10))).toBe(true);
    expect(hosts.coversSpanOfAll("detections", day(3), day(20))).toBe(false);
    expect(hosts.coversSpanOfAll("convergence", day(3), day(10))).toBe(false);
  });
});
