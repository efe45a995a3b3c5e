import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AssignedReview, measurePattern, tryAssignments } from "../../../shared/population/random-assignment.ts";
import { createChance, shuffle } from "../../../shared/population/seeded-shuffle.ts";

const persons = ["ada", "ben", "cleo", "dan", "eve", "finn"];

/** Every author's changes go round all the others in turn. */
function spread(rounds: number): AssignedReview[] {
  return Array.from({ length: rounds }, () =>
    persons.flatMap((author) => persons.filter((each) => each !== author).map((reviewer) => ({ author, reviewer }))),
  ).flat();
}

/** Every author has one fixed reviewer, in pairs who approve each other. */
function paired(each: number): AssignedReview[] {
  const partner = new Map<string, string>([
    ...(
      [
        ["ada", "ben"],
        ["cleo", "dan"],
        ["eve", "finn"],
      ] as const
    ).flatMap(
      ([one, other]) =>
        [
          [one, other],
          [other, one],
        ] as const,
    ),
  ]);
  return persons.flatMap((author) =>
    Array.from({ length: each }, () => ({ author, reviewer: partner.get(author) ?? "" })),
  );
}

describe("reviews against random assignment", () => {
  it("that are spread are no more concentrated than chance", () => {
    const figures = tryAssignments(spread(4), "ledger");
    expect(figures.concentrationChance).toBeGreaterThan(500);
  });

  it("that are paired are far beyond chance, in concentration and reciprocity", () => {
    const reviews = paired(10);
    expect(measurePattern(reviews)).toEqual({ concentrated: 60, reciprocal: 60 });
    const figures = tryAssignments(reviews, "ledger");
    expect(figures.concentrationChance).toBeLessThanOrEqual(1);
    expect(figures.expectedConcentration).toBeLessThan(500);
  });

  it("have the same figures for the same seed", () => {
    expect(tryAssignments(paired(3), "ledger")).toEqual(tryAssignments(paired(3), "ledger"));
    expect(tryAssignments(spread(1), "ledger").assignments).toBe(1999);
  });

  it("of two people alone are what chance must give, since nobody reviews their own change", () => {
    const two = [
      { author: "ada", reviewer: "ben" },
      { author: "ben", reviewer: "ada" },
      { author: "ada", reviewer: "ben" },
    ];
    expect(tryAssignments(two, "ledger")).toMatchObject({
      concentrationChance: 1000,
      reciprocityChance: 1000,
      expectedConcentration: 1000,
    });
  });

  it("that do not exist have figures that accuse nobody", () => {
    expect(tryAssignments([], "ledger")).toMatchObject({ assignments: 0, concentrationChance: 1000 });
  });

  it("never have a chance of nought, and never more concentration than there is", () => {
    const review = fc
      .record({ author: fc.constantFrom(...persons), reviewer: fc.constantFrom(...persons) })
      .filter(({ author, reviewer }) => author !== reviewer);
    fc.assert(
      fc.property(fc.array(review, { minLength: 1, maxLength: 12 }), (reviews) => {
        const measured = measurePattern(reviews);
        expect(measured.concentrated).toBeLessThanOrEqual(reviews.length);
        expect(tryAssignments(reviews, "x").concentrationChance).toBeGreaterThan(0);
      }),
      { numRuns: 20 },
    );
  });
});

describe("chance that can be repeated", () => {
  it("puts each order of three about equally often", () => {
    const chance = createChance("orders");
    const counts = new Map<string, number>();
    for (let run = 0; run < 6000; run += 1) {
      const list = ["a", "b", "c"];
      shuffle(list, chance);
      counts.set(list.join(""), (counts.get(list.join("")) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
