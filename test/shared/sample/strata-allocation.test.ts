import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateAsGiven, allocateProportionally } from "../../../shared/sample/strata-allocation.ts";

const populations = fc.dictionary(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 100_000 }), {
  minKeys: 1,
  maxKeys: 30,
});
const sizesOf = (strata: readonly { name: string; sample: number }[]) =>
  Object.fromEntries(strata.map(({ name, sample }) => [name, sample]));

describe("a sample spread over strata in proportion", () => {
  it("has its size in all, and in each stratum less than one item more or fewer than the exact share", () => {
    fc.assert(
      fc.property(populations, fc.nat(), (counts, share) => {
        const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
        const size = 1 + (share % total);
        const strata = allocateProportionally(new Map(Object.entries(counts)), size);
        expect(strata.reduce((sum, { sample }) => sum + sample, 0)).toBe(size);
        for (const { population, sample } of strata) {
          // Whole numbers: |sample × total − size × population| < total.
          const off = BigInt(sample) * BigInt(total) - BigInt(size) * BigInt(population);
          expect(off < BigInt(total) && -off < BigInt(total)).toBe(true);
          expect(sample).toBeLessThanOrEqual(population);
        }
      }),
    );
  });

  it("gives equal remainders by name in byte order", () => {
    const equal = new Map([
      ["\u{1F600}", 10],
      ["\uFFFD", 10],
      ["b", 10],
      ["B", 10],
    ]);
    expect(sizesOf(allocateProportionally(equal, 5))).toEqual({ "B": 2, "b": 1, "\uFFFD": 1, "\u{1F600}": 1 });
    expect(sizesOf(allocateProportionally(equal, 7))).toEqual({ "B": 2, "b": 2, "\uFFFD": 2, "\u{1F600}": 1 });
  });

  it("takes products that floating point cannot hold exactly", () => {
    const counts = new Map([
      ["a", 333_333_333],
      ["b", 333_333_334],
      ["c", 333_333_333],
    ]);
    expect(sizesOf(allocateProportionally(counts, 100_000_000))).toEqual({
      a: 33_333_333,
      b: 33_333_334,
      c: 33_333_333,
    });
  });

  it("refuses more items than there are", () => {
    expect(() => allocateProportionally(new Map([["a", 2]]), 3)).toThrowError(
      expect.objectContaining({ code: "sample-size-invalid" }),
    );
  });
});

describe("sizes of strata that the auditor gives", () => {
  const counts = new Map([
    ["emergency", 4],
    ["standard", 400],
  ]);

  it("are taken as they are, with none for a stratum that is not named", () => {
    expect(allocateAsGiven(counts, { emergency: 4 })).toEqual([
      { name: "emergency", population: 4, sample: 4 },
      { name: "standard", population: 400, sample: 0 },
    ]);
  });

  it.each([
    ["a stratum that is not there", { urgent: 1 }, '"urgent"'],
    ["more than a stratum has", { emergency: 5 }, "which has 4"],
    ["no items at all", { emergency: 0 }, "sample of 0"],
    ["a name that every object has", { toString: 1 }, '"toString"'],
  ])("are refused for %s", (_, given, message) => {
    expect(() => allocateAsGiven(counts, given as Record<string, number>)).toThrowError(
      expect.objectContaining({ code: "sample-size-invalid", message: expect.stringContaining(message) }),
    );
  });
});
