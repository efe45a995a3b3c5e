import { TickmarkError } from "../../../shared/errors.ts";
import type { DrawBasis } from "../../../shared/model/draw-basis.ts";
import type { CheckedBasisRequest } from "../../../shared/model/draw-request.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import type { Freeze } from "../../../shared/model/sample.ts";
import type { PlanRequest } from "../../../shared/model/sample-plan.ts";
import type { PlanView } from "../../../shared/model/view.ts";
import { lookUpSize } from "../../../shared/sample/house-table.ts";
import { planCurve, planSample } from "../../../shared/sample/plan.ts";
import { planTwoStages } from "../../../shared/sample/two-stage-plan.ts";
import { requireFreeze } from "../freeze-reading.ts";
import { readHouseTable } from "../house-tables.ts";
import type { Session } from "../session.ts";

/**
 * What a basis asks for, for the population as it was frozen.
 * @throws stage-order before the freeze, request-invalid
 */
export function viewPlan(
  session: Session,
  { population, basis }: { population: PopulationKind; basis: CheckedBasisRequest },
): PlanView {
  const freeze = requireFreeze(session, population);
  switch (basis.kind) {
    case "plan": {
      const request = planRequestOf(basis, freeze);
      return { kind: "plan", plan: planSample(request), curve: planCurve(request) };
    }
    case "two-stage-plan":
      return { kind: "two-stage-plan", plan: planTwoStages(planRequestOf(basis, freeze)) };
    case "house-table":
      return lookUpBasis(basis, freeze);
    case "judgement":
      throw new TickmarkError(
        "request-invalid",
        "The auditor's own judgement is no plan.",
        "Give a confidence and a tolerable rate, or a row of a house table.",
      );
  }
}

/**
 * The basis as it goes into the draw log. Plans are computed here, from what was asked and the frozen population.
 * @throws request-invalid, sample-size-invalid when the plan cannot be carried out
 */
export function resolveBasis(basis: CheckedBasisRequest, freeze: Freeze): DrawBasis {
  switch (basis.kind) {
    case "plan": {
      const plan = planSample(planRequestOf(basis, freeze));
      if (plan.status !== "ok") throw unplannable(plan.sentence);
      return { kind: "plan", plan };
    }
    case "two-stage-plan": {
      const plan = planTwoStages(planRequestOf(basis, freeze));
      if (plan.status !== "ok") throw unplannable(plan.sentence);
      return { kind: "two-stage-plan", plan };
    }
    case "house-table":
      return lookUpBasis(basis, freeze);
    case "judgement":
      return basis;
  }
}

function lookUpBasis(
  { table, frequency, risk }: Extract<CheckedBasisRequest, { kind: "house-table" }>,
  freeze: Freeze,
): Extract<DrawBasis, { kind: "house-table" }> {
  const { size, sentence, ...plan } = lookUpSize(readHouseTable(table), {
    ...{ frequency, risk, populationSize: freeze.size === 0 ? null : freeze.size },
    itemName: nounsOf(freeze.population),
  });
  const { title, version } = plan.table;
  return {
    kind: "house-table",
    table: `${title}, version ${version}`,
    row: `${frequency}, ${risk} risk`,
    size,
    sentence,
  };
}

type PlannedBasis = Extract<CheckedBasisRequest, { kind: "plan" | "two-stage-plan" }>;

function planRequestOf(basis: PlannedBasis, freeze: Freeze): PlanRequest {
  const { model, confidence, tolerableRate } = basis;
  const expected =
    basis.kind === "plan" ? { expectedRate: basis.expectedRate, expectedDeviations: basis.expectedDeviations } : {};
  return {
    ...{ method: model, confidence, tolerableRate, ...expected },
    populationSize: freeze.size === 0 ? null : freeze.size,
    itemName: nounsOf(freeze.population),
  };
}

function unplannable(why: string): TickmarkError {
  return new TickmarkError("sample-size-invalid", why, "Change the plan, or give the size as your own judgement.");
}
