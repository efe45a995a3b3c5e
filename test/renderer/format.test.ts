import { describe, expect, test } from "vitest";
import {
  countOf,
  formatBytes,
  formatCount,
  formatDay,
  formatInstant,
  formatMinute,
  formatPeriod,
  groupHash,
  shortHash,
  shortItem,
} from "../../renderer/format.ts";

describe("moments", () => {
  test("are shown in UTC as they were recorded, whatever the machine's zone is", () => {
    expect(formatInstant("2026-03-29T00:59:59.999Z")).toBe("2026-03-29 00:59:59 UTC");
    expect(formatMinute("2026-12-31T23:30:00.000Z")).toBe("2026-12-31 23:30");
  });
});

describe("days", () => {
  test("name the month, so that none can be taken for another", () => {
    expect(formatDay("2026-02-01")).toBe("1 Feb 2026");
  });

  test("a period within one year names the year once", () => {
    expect(formatPeriod("2026-01-01", "2026-09-30")).toBe("1 Jan – 30 Sep 2026");
    expect(formatPeriod("2025-07-01", "2026-06-30")).toBe("1 Jul 2025 – 30 Jun 2026");
  });
});

describe("counts", () => {
  test("have their thousands apart", () => {
    expect(formatCount(812440)).toBe("812,440");
  });

  test("one is one", () => {
    expect(countOf(1, "change")).toBe("1 change");
    expect(countOf(0, "change")).toBe("0 changes");
    expect(countOf(2300, "entry", "entries")).toBe("2,300 entries");
  });

  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [18_422_104, "18.4 MB"],
    [52_000_000_000, "52.0 GB"],
  ])("%d bytes are %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe("hashes and ids", () => {
  const hash = `${"4be1".padEnd(60, "0")}77d0`;

  test("a short hash keeps both ends", () => {
    expect(shortHash(hash)).toBe("4be1…77d0");
    expect(shortHash("4be177d0")).toBe("4be177d0");
  });

  test("a fingerprint in groups is the whole fingerprint", () => {
    expect(groupHash(hash).replaceAll(" ", "")).toBe(hash);
    expect(groupHash(hash).split(" ")).toHaveLength(16);
  });

  test("a change is known by its commit, a deployment by environment and id", () => {
    expect(shortItem(`ledger-core@${"0123456789abcdef".padEnd(40, "f")}`)).toBe("0123456789");
    expect(shortItem("ledger-core/production/4711")).toBe("production/4711");
    expect(shortItem("anything")).toBe("anything");
  });
});
