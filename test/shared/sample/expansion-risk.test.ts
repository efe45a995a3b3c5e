import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Draw } from "../../../shared/model/sample.ts";
import { parseDecimal } from "../../../shared/sample/decimal.ts";
import { modelDeviations } from "../../../shared/sample/deviation-model.ts";
import { riskOfExpansion, riskOfSteps } from "../../../shared/sample/expansion-risk.ts";
import { riskOfExtension } from "../../../shared/sample/extension-risk.ts";
import { planSample } from "../../../shared/sample/plan.ts";
import { planTwoStages } from "../../../shared/sample/two-stage-plan.ts";
import { plainDraw } from "../../draw-entry.ts";

const request = { method: "hypergeometric", confidence: "0.95", tolerableRate: "0.05", populationSize: 900 } as const;

function drawOf(more: Partial<Draw>): Draw {
  return {
    ...{ id: "d0", freezeId: "f", population: "change", populationDigest: "", populationSize: 900, ...plainDraw },
    ...{ method: "rank", seed: "s", size: 1, rationale: "R", at: "2026-01-01T00:00:00.000Z", by: "A", items: [] },
    ...more,
  };
}

const expansion = (id: string, size: number) =>
  drawOf({ id, size, purpose: { kind: "expansion", of: "d0", risk: null } });

describe("the risk of testing step by step until it passes", () => {
  it("is, in two steps, the sum over what the first one may find", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("binomial", "poisson", "hypergeometric"),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 0, max: 3 }),
        (method, firstSize, firstAcceptable, more, moreAcceptable) => {
          const totalSize = firstSize + more;
          const totalAcceptable = firstAcceptable + moreAcceptable;
          const model = modelDeviations(method as "binomial", parseDecimal("0.05"), 900);
          const steps = [
            { size: firstSize, acceptable: firstAcceptable },
            { size: totalSize, acceptable: totalAcceptable },
          ];
          const terms = { method: method as "binomial", tolerableRate: "0.05", populationSize: 900 };
          const expected = riskOfExtension({ ...terms, firstSize, firstAcceptable, totalSize, totalAcceptable });
          expect(riskOfSteps(model, steps)).toBeCloseTo(expected, 12);
        },
      ),
    );
  });

  it("never falls with a further step", () => {
    const model = modelDeviations("binomial", parseDecimal("0.05"), null);
    const steps = [59, 93, 124, 153].map((size, acceptable) => ({ size, acceptable }));
    const risks = steps.map((_, index) => riskOfSteps(model, steps.slice(0, index + 1)));
    expect(risks).toEqual(risks.toSorted((a, b) => a - b));
    expect(risks[0]).toBeLessThanOrEqual(0.05);
    expect(risks[3]).toBeGreaterThan(0.08);
  });
});

describe("an expansion outside of the plan", () => {
  it("states a risk above the plan's, which each further expansion raises", () => {
    const plan = planSample({ ...request, itemName: "changes" });
    const initial = drawOf({ size: plan.size ?? 0, basis: { kind: "plan", plan } });
    const first = riskOfExpansion(initial, [initial], 40);
    const second = riskOfExpansion(initial, [initial, expansion("d1", 40)], 40);
    expect(first?.planned).toBeCloseTo(0.05, 12);
    expect(first?.actual).toBeGreaterThan(0.05);
    expect(second?.actual).toBeGreaterThan(first?.actual ?? 1);
    expect(first?.sentence).toMatch(/^The sample was extended by 40 changes outside of its plan: .* and not 5 %\.$/);
  });

  it("counts the stages of a two-stage plan as they were planned, and no replacement", () => {
    const plan = planTwoStages(request);
    const stage = plan.stageSize ?? 0;
    const initial = drawOf({ size: stage, basis: { kind: "two-stage-plan", plan } });
    const second = drawOf({ id: "d1", size: stage, purpose: { kind: "second-stage", of: "d0", controls: ["C"] } });
    const replaced = drawOf({
      ...{ id: "d2", size: 1 },
      purpose: { kind: "replacement", of: "d0", replaces: "x", reason: "void", explanation: "E" },
    });
    const risk = riskOfExpansion(initial, [initial, second], 30);
    expect(risk?.actual).toBeGreaterThan(plan.achievedRisk ?? 1);
    expect(riskOfExpansion(initial, [initial, second, replaced], 30)).toEqual(risk);
  });

  it("has no risk to state where no plan promised one", () => {
    expect(riskOfExpansion(drawOf({}), [], 10)).toBeNull();
  });
});
