import { describe, expect, it } from "vitest";
import type { ValidLimit } from "../../../shared/model/sample-limit.ts";
import type { SamplingModel } from "../../../shared/model/sample-plan.ts";
import {
  binomial,
  type CountDistribution,
  hypergeometric,
  poisson,
  probabilityOf,
} from "../../../shared/sample/count-distribution.ts";
import { limitOf } from "../../../shared/sample/limit.ts";
import { randomFrom } from "./seeded-random.ts";

const limits = new Map<string, ValidLimit>();

function limitFor(method: SamplingModel, confidence: string, size: number, deviations: number, populationSize: number) {
  const key = [method, confidence, size, deviations, populationSize].join();
  const known = limits.get(key) ?? (limitOf({ method, confidence, size, deviations, populationSize }) as ValidLimit);
  limits.set(key, known);
  return known;
}

interface Truth {
  readonly population: number;
  readonly deviating: number;
  readonly size: number;
}

const truths: readonly Truth[] = [
  { population: 40, deviating: 2, size: 15 },
  { population: 250, deviating: 13, size: 25 },
  { population: 500, deviating: 25, size: 59 },
  { population: 1200, deviating: 40, size: 102 },
  { population: 5000, deviating: 25, size: 93 },
  { population: 20_000, deviating: 4000, size: 60 },
];

/** How often limits of this kind hold for a truth: P(found) summed over what may be found and for which they hold. */
function coverageOf(distribution: CountDistribution, largest: number, holds: (found: number) => boolean): number {
  let covered = 0;
  for (let found = 0; found <= largest; found += 1) if (holds(found)) covered += probabilityOf(distribution, found);
  return covered;
}

const confidences = ["0.5", "0.80", "0.90", "0.95", "0.99"] as const;

describe("the share of samples whose limits hold for the truth, by adding up all samples,", () => {
  it.each(truths)(
    "is at least the confidence when $size of $population are drawn, of which $deviating deviate",
    (truth) => {
      const { population, deviating, size } = truth;
      const distribution = hypergeometric(population, deviating, size);
      const rate = deviating / population;
      for (const confidence of confidences) {
        for (const method of ["hypergeometric", "binomial"] as const) {
          // With replacement nothing is left out; without, binomial limits are only wider where they matter.
          const drawn = method === "binomial" ? binomial(size, rate) : distribution;
          const limit = (found: number) => limitFor(method, confidence, size, found, population);
          const oneSided = coverageOf(drawn, size, (found) => rate <= limit(found).upper);
          const twoSided = coverageOf(
            drawn,
            size,
            (found) => limit(found).lowerTwoSided <= rate && rate <= limit(found).upperTwoSided,
          );
          expect(oneSided, `${method} ${confidence}`).toBeGreaterThanOrEqual(Number(confidence) - 1e-12);
          expect(twoSided, `${method} ${confidence}, two-sided`).toBeGreaterThanOrEqual(Number(confidence) - 1e-12);
        }
      }
    },
  );

  it("is at least the confidence for Poisson's too", () => {
    for (const mean of [0.5, 1, 2.9, 3, 7.5]) {
      for (const confidence of confidences) {
        const size = 100;
        const covered = coverageOf(
          poisson(mean),
          60,
          (found) => mean / size <= limitFor("poisson", confidence, size, found, 1_000_000).upper,
        );
        expect(covered).toBeGreaterThanOrEqual(Number(confidence) - 1e-12);
      }
    }
  });

  it("never errs by more than the risk when binomial limits are used without replacement and support is at stake", () => {
    // Support in error: the truth is at the tolerable rate and is said to be below it.
    for (const { population, size } of truths) {
      for (const tolerable of [0.02, 0.05, 0.1]) {
        const deviating = Math.ceil(tolerable * population);
        const inError = coverageOf(hypergeometric(population, deviating, size), size, (found) => {
          const answer = limitOf({
            ...{ method: "binomial", confidence: "0.95", size, deviations: found, populationSize: population },
            tolerableRate: String(tolerable),
          });
          return (answer as ValidLimit).supportsTolerable === true;
        });
        expect(inError).toBeLessThanOrEqual(0.05 + 1e-12);
      }
    }
  });
});

describe("the share of 10,000 drawn samples whose upper limit holds for the truth", () => {
  it.each(truths)("is at least the confidence for $size of $population, of which $deviating deviate", (truth) => {
    const runs = 10_000;
    const { population, deviating, size } = truth;
    const random = randomFrom(population + size);
    const found = Array.from({ length: runs }, () => drawDeviations(truth, random));
    for (const confidence of ["0.80", "0.90", "0.95"] as const) {
      const holds = (count: number) =>
        deviating <= (limitFor("hypergeometric", confidence, size, count, population).upperCount ?? -1);
      const drawn = found.filter(holds).length / runs;
      const exact = coverageOf(hypergeometric(population, deviating, size), size, holds);
      // Five standard errors: a seed that is off by more would be one in two million.
      const allowance = 5 * Math.sqrt(Math.max(0, exact * (1 - exact)) / runs) + 1e-9;
      expect(drawn).toBeGreaterThanOrEqual(Number(confidence) - allowance);
      expect(Math.abs(drawn - exact)).toBeLessThanOrEqual(allowance);
    }
  });
});

/** Draws items one by one without replacement, and counts those that deviate. */
function drawDeviations({ population, deviating, size }: Truth, random: () => number): number {
  let found = 0;
  for (let drawn = 0; drawn < size; drawn += 1) {
    if (random() * (population - drawn) < deviating - found) found += 1;
  }
  return found;
}
