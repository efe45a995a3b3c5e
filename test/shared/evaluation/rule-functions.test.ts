import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysBetween, matchesAny, secondsBetween } from "../../../shared/evaluation/rule-functions.ts";
import { approvedBy } from "../../../shared/model/approval.ts";
import { History, oneRequest } from "../population/history.ts";
import { test } from "./catalog-under-test.ts";

describe("the functions of rules", () => {
  const [one, other] = ["2026-02-01T00:00:00.000Z", "2026-02-03T12:00:00.500Z"];

  it("count whole seconds and days, and count back when the second moment is the earlier one", () => {
    expect(secondsBetween(one, other)).toBe(216_000n);
    expect(secondsBetween(other, one)).toBe(-216_000n);
    expect(daysBetween(one, other)).toBe(2n);
    expect(daysBetween(other, one)).toBe(-2n);
  });

  it("break on the time of something that did not happen", () => {
    expect(() => secondsBetween(one, "")).toThrow(RangeError);
    expect(() => daysBetween("yesterday", one)).toThrow(RangeError);
  });

  it("fit paths to any of several patterns", () => {
    expect(matchesAny("infra/prod/main.tf", ["docs/", "*.tf"])).toBe(true);
    expect(matchesAny("infra/prod/main.tf", ["docs/", "/main.tf"])).toBe(false);
    expect(matchesAny("infra/prod/main.tf", [])).toBe(false);
  });
});

describe("approvedBy", () => {
  it("holds for somebody exactly when REV-01 passes, where nobody objects", () => {
    const states = ["approved", "commented", "dismissed"] as const;
    const review = fc.record({
      by: fc.constantFrom("ada", "ben", "cleo"),
      state: fc.constantFrom(...states),
      hour: fc.integer({ min: 2, max: 40 }),
      onHead: fc.boolean(),
      mayApprove: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(review, { maxLength: 6 }), (reviews) => {
        const history = new History();
        const { base, head, merge } = oneRequest(history);
        for (const { by, state, hour, onHead, mayApprove } of reviews) {
          history.review(1, by, onHead ? head : base, { state, hour, mayApprove });
        }
        const change = history.change(merge);
        const counted = change.reviews.some(({ by }) => approvedBy(change, by.id));
        expect(counted ? "pass" : "not").toBe(test("REV-01", change).outcome === "pass" ? "pass" : "not");
      }),
      { numRuns: 60 },
    );
  });
});
