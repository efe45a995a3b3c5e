import { faultOf } from "../errors.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import type { DrawBasis } from "../model/draw-basis.ts";
import type { Draw } from "../model/sample.ts";
import { requireMethodOfBasis, sizeOnBasis } from "../sample/basis-size.ts";
import { planSample } from "../sample/plan.ts";
import { planTwoStages } from "../sample/two-stage-plan.ts";
import type { DrawFault } from "./draw-fault.ts";

/** Computed numbers may differ by the last digits from machine to machine. */
export const tolerance = 1e-9;

/**
 * The plan that a draw's size rests on is computed again from what was asked; the size is at least the plan's; and what
 * follows a draw claims no other basis than that draw.
 */
export function findBasisFault(draw: Draw, before: readonly Draw[]): DrawFault | undefined {
  const { purpose, basis, method, size } = draw;
  if (purpose.kind !== "initial") {
    const initial = before.find(({ id }) => id === purpose.of);
    if (initial === undefined || encodeCanonical(initial.basis) === encodeCanonical(basis)) return undefined;
    return { what: `Draw ${draw.id} claims another basis than the draw that it follows.` };
  }
  if (method === "everything" || method === "targeted" || method === "haphazard") {
    if (basis.kind === "judgement") return undefined;
    return { what: `A draw by the method ${method} claims a planned size.`, expected: "judgement", found: basis.kind };
  }
  try {
    requireMethodOfBasis(basis, method);
    sizeOnBasis(basis, size);
    return findPlanFault(basis, draw.populationSize);
  } catch (error) {
    return { what: faultOf(error).message };
  }
}

/** Sentences are not compared: later versions may word them better. */
function findPlanFault(basis: DrawBasis, populationSize: number): DrawFault | undefined {
  if (basis.kind !== "plan" && basis.kind !== "two-stage-plan") return undefined;
  const { request } = basis.plan;
  if (request.populationSize !== populationSize) {
    return {
      what: "The plan was made for a population of another size.",
      expected: `${populationSize}`,
      found: `${request.populationSize}`,
    };
  }
  const stated: Numbers = basis.kind === "plan" ? numbersOfPlan(basis.plan) : numbersOfStages(basis.plan);
  const found = basis.kind === "plan" ? numbersOfPlan(planSample(request)) : numbersOfStages(planTwoStages(request));
  const name = Object.keys(found).find((key) => !isSame(stated[key], found[key]));
  if (name === undefined) return undefined;
  return {
    what: `The plan comes out otherwise at ${name}.`,
    expected: String(stated[name]),
    found: String(found[name]),
  };
}

type Numbers = Readonly<Record<string, string | number | null>>;
type Plan = Extract<DrawBasis, { kind: "plan" }>["plan"];
type Stages = Extract<DrawBasis, { kind: "two-stage-plan" }>["plan"];

function numbersOfPlan({ status, size, acceptableDeviations, achievedRisk, tolerableCount }: Plan): Numbers {
  return { status, size, acceptableDeviations, achievedRisk, tolerableCount };
}

function numbersOfStages({ status, stageSize, achievedRisk }: Stages): Numbers {
  return { status, stageSize, achievedRisk };
}

function isSame(a: string | number | null | undefined, b: string | number | null | undefined): boolean {
  return typeof a === "number" && typeof b === "number" ? Math.abs(a - b) <= tolerance : a === b;
}
