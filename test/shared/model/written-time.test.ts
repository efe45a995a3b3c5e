import fc from "fast-check";
import { expect, it } from "vitest";
import { instantOf } from "../../../shared/model/instant.ts";
import { momentOf } from "../../../shared/model/local-time.ts";
import { readTime } from "../../../shared/model/written-time.ts";

const within = { from: "2025-01-01T00:00:00.000Z", to: "2026-01-01T00:00:00.000Z" };

it.each([
  ["2025-03-01T10:00:00+01:00", "2025-03-01T09:00:00.000Z"],
  ["2025-03-01T10:00:00,5Z", "2025-03-01T10:00:00.500Z"],
  ["2025-07-01 10:00:00,123", "2025-07-01T09:00:00.123Z"],
  ["2025-01-15T10:00:00", "2025-01-15T10:00:00.000Z"],
  ["Jul  1 10:00:00", "2025-07-01T09:00:00.000Z"],
  ["Jul 1 2019 10:00:00", "2019-07-01T09:00:00.000Z"],
])("%s in London is %s", (written, at) => {
  expect(readTime(written, { timeZone: "Europe/London", within })).toEqual({ at });
});

it("a time without a zone is not guessed at where no zone is known", () => {
  expect(readTime("2025-03-01 10:00:00", {})).toHaveProperty("reason");
  expect(readTime("2025-03-01 10:00:00", { timeZone: "Europe/Londn" })).toHaveProperty("reason");
});

it("a time that the clocks skipped, and one that they showed twice, say so", () => {
  const reading = { timeZone: "Europe/London", within };
  expect(readTime("2025-03-30 01:30:00", reading)).toEqual({
    reason: "2025-03-30 01:30:00 was skipped by the clocks of Europe/London",
  });
  expect(readTime("Oct 26 01:30:00", reading)).toEqual({
    reason:
      "2025-10-26 01:30:00 came twice on the clocks of Europe/London: 2025-10-26T00:30:00.000Z or 2025-10-26T01:30:00.000Z",
  });
});

it("a time without a year is of the period's year, or up to thirty days around it where it fits no day of the period", () => {
  const half = { timeZone: "UTC", within: { from: "2025-01-01T00:00:00.000Z", to: "2025-07-01T00:00:00.000Z" } };
  expect(readTime("Jun 30 23:59:59", half)).toEqual({ at: "2025-06-30T23:59:59.000Z" });
  expect(readTime("Dec 20 12:00:00", half)).toEqual({ at: "2024-12-20T12:00:00.000Z" });
  expect(readTime("Jul 20 12:00:00", half)).toEqual({ at: "2025-07-20T12:00:00.000Z" });
  expect(readTime("Oct 10 12:00:00", half)).toHaveProperty("reason");
});

it("a time without a year that fits two years is not decided", () => {
  const long = { timeZone: "UTC", within: { from: "2024-01-01T00:00:00.000Z", to: "2026-01-01T00:00:00.000Z" } };
  expect(readTime("Jun 30 12:00:00", long)).toEqual({
    reason: "06-30 12:00:00 has no year and could be 2024-06-30T12:00:00.000Z or 2025-06-30T12:00:00.000Z",
  });
  // Only one of the years has this day.
  expect(readTime("Feb 29 12:00:00", long)).toEqual({ at: "2024-02-29T12:00:00.000Z" });
});

it("a day that no calendar has is refused", () => {
  expect(readTime("2025-02-30 10:00:00", { timeZone: "UTC" })).toHaveProperty("reason");
  expect(readTime("Mar  1 25:00:00", { timeZone: "UTC", within })).toHaveProperty("reason");
});

it("what a zone's clocks show at a moment is always read as that moment, or as one of two", () => {
  const zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 1_500_000_000, max: 1_800_000_000 }),
      (timeZone, seconds) => {
        const at = instantOf(seconds * 1000);
        const shown = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(
          new Date(at),
        );
        const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = shown.split(/\D+/).map(Number);
        const read = momentOf({ year, month, day, hour, minute, second, millisecond: 0 }, { timeZone });
        if ("at" in read) expect(read.at).toBe(at);
        else expect(read.reason).toContain(at);
      },
    ),
    { numRuns: 300 },
  );
});
