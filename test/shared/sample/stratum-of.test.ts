import { describe, expect, it } from "vitest";
import { StratumKey } from "../../../shared/model/stratum.ts";
import { stratumKeysOf, stratumOf } from "../../../shared/sample/stratum-of.ts";
import { changeOf, deploymentOf } from "../../electron/export/report/report-content.ts";

const change = changeOf(1);
const deployment = deploymentOf(1);

describe("the stratum of an item", () => {
  it.each([
    ["repository", "payments-api"],
    ["kind", "merge"],
    ["environment", "production"],
    ["ticket-type", "Story"],
    ["path", "with a request"],
  ] as const)("by %s of a change is %s", (key, name) => {
    expect(stratumOf("change", change, key, "UTC")).toBe(name);
  });

  it.each([
    ["kind", "release-branch"],
    ["environment", "production"],
    ["path", "by hand"],
    ["rollback", "forward"],
  ] as const)("by %s of a deployment is %s", (key, name) => {
    expect(stratumOf("deployment", deployment, key, "UTC")).toBe(name);
  });

  it.each([
    ["2024-12-29T12:00:00.000Z", "2024-W52"],
    ["2024-12-30T12:00:00.000Z", "2025-W01"],
    ["2026-12-31T12:00:00.000Z", "2026-W53"],
    ["2027-01-03T12:00:00.000Z", "2026-W53"],
    ["2027-01-04T12:00:00.000Z", "2027-W01"],
  ])("by week is that of ISO 8601: %s in %s", (at, week) => {
    expect(stratumOf("change", { ...change, at }, "week", "UTC")).toBe(week);
  });

  it("by week and month is that of the engagement's own time zone", () => {
    const at = "2025-06-30T23:30:00.000Z";
    expect(stratumOf("change", { ...change, at }, "month", "UTC")).toBe("2025-06");
    expect(stratumOf("change", { ...change, at }, "month", "Europe/London")).toBe("2025-07");
    const sunday = "2025-06-29T23:30:00.000Z";
    expect(stratumOf("change", { ...change, at: sunday }, "week", "UTC")).toBe("2025-W26");
    expect(stratumOf("change", { ...change, at: sunday }, "week", "Europe/London")).toBe("2025-W27");
  });

  it("is one for an item with several names, whatever their order", () => {
    const [ticket] = change.tickets;
    if (!ticket) throw new Error("no ticket");
    const types = (...names: string[]) => ({ ...change, tickets: names.map((type) => ({ ...ticket, type })) });
    expect(stratumOf("change", types("Story", "Bug", "Story"), "ticket-type", "UTC")).toBe("Bug + Story");
    expect(stratumOf("change", types("Bug", "Story"), "ticket-type", "UTC")).toBe("Bug + Story");
    expect(stratumOf("change", types(), "ticket-type", "UTC")).toBe("(none)");
  });

  it("never has a tab or a line break, which would tear the list of strata", () => {
    expect(stratumOf("change", { ...change, repository: "a\tb\r\nc\u2028d" }, "repository", "UTC")).toBe("a b c d");
    expect(stratumOf("change", { ...change, repository: "\n" }, "repository", "UTC")).toBe("(none)");
  });

  it("can be had by every key for one kind of item at least", () => {
    const keys = new Set([...stratumKeysOf.change, ...stratumKeysOf.deployment]);
    expect(keys).toEqual(new Set(StratumKey.options));
  });
});
