import { describe, expect, test } from "vitest";
import { binomial, probabilityOf } from "../../../shared/sample/count-distribution.ts";
import { limitOf } from "../../../shared/sample/limit.ts";
import { upperLimitOfStages } from "../../../shared/sample/two-stage-limit.ts";
import { planTwoStages } from "../../../shared/sample/two-stage-plan.ts";

const request = { confidence: "0.95", tolerableRate: "0.06", itemName: "changes" } as const;

function upperOf(
  method: "binomial" | "hypergeometric",
  size: number,
  deviations: number,
  populationSize: number | null,
) {
  const limit = limitOf({ method, confidence: "0.95", size, deviations, populationSize });
  return limit.status === "ok" ? limit.upper : Number.NaN;
}

describe("the upper limit after two stages", () => {
  test("is the limit of the first stage where neither stage deviated", () => {
    const stages = { method: "binomial", populationSize: null, firstSize: 60, totalSize: 120, deviations: 0 } as const;
    expect(upperLimitOfStages(stages, 0.05)).toBeCloseTo(upperOf("binomial", 60, 0, null), 9);
  });

  test.each(["binomial", "hypergeometric"] as const)(
    "supports what the %s plan supports, and nothing more",
    (method) => {
      const populationSize = method === "binomial" ? null : 900;
      const { stageSize } = planTwoStages({ ...request, method, populationSize });
      const firstSize = stageSize ?? 0;
      const upper = (size: number) =>
        upperLimitOfStages({ method, populationSize, firstSize: size, totalSize: 2 * size, deviations: 1 }, 0.05);
      // Fewer than the tolerable rate: a limit in items is below it, one of an endless population may reach it.
      expect(upper(firstSize)).toBeLessThanOrEqual(0.06);
      expect(upper(firstSize - 1)).toBeGreaterThanOrEqual(0.06);
    },
  );

  test("is above that of one sample of both sizes, which leaves out how the test could have ended", () => {
    const stages = { method: "binomial", populationSize: null, firstSize: 60, totalSize: 120, deviations: 1 } as const;
    expect(upperLimitOfStages(stages, 0.05)).toBeGreaterThan(upperOf("binomial", 120, 1, null));
  });

  test("is the whole population where everything deviated", () => {
    const stages = { method: "binomial", populationSize: null, firstSize: 2, totalSize: 4, deviations: 4 } as const;
    expect(upperLimitOfStages(stages, 0.05)).toBe(1);
  });

  test("is below the truth no more often than the risk says, whatever the truth is", () => {
    const size = 30;
    const afterOne = Array.from({ length: size + 1 }, (_, second) =>
      upperLimitOfStages(
        { method: "binomial", populationSize: null, firstSize: size, totalSize: 2 * size, deviations: 1 + second },
        0.05,
      ),
    );
    const ended = Array.from({ length: size + 1 }, (_, first) => upperOf("binomial", size, first, null));
    for (let truth = 0.01; truth < 1; truth += 0.01) {
      const stage = binomial(size, truth);
      let missed = 0;
      for (let first = 0; first <= size; first += 1) {
        if (first !== 1) {
          missed += (ended[first] ?? 1) < truth ? probabilityOf(stage, first) : 0;
          continue;
        }
        for (const [second, upper] of afterOne.entries()) {
          if (upper < truth) missed += probabilityOf(stage, 1) * probabilityOf(stage, second);
        }
      }
      expect(missed, `at a true rate of ${truth}`).toBeLessThanOrEqual(0.05 + 1e-9);
    }
  });
});
