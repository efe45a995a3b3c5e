import type { ExpansionRisk } from "../model/draw-purpose.ts";
import type { Draw } from "../model/sample.ts";
import { riskOfExpansion } from "../sample/expansion-risk.ts";
import { followersOf } from "../sample/tested-samples.ts";
import { tolerance } from "./draw-basis-check.ts";
import type { DrawFault } from "./draw-fault.ts";

/**
 * What follows a draw follows an earlier one of the same freeze, method and seed; a second stage is the plan's own, once;
 * and an expansion outside of the plan states its true risk.
 */
export function findPurposeFault(draw: Draw, before: readonly Draw[]): DrawFault | undefined {
  const { purpose } = draw;
  if (purpose.kind === "initial") return undefined;
  const initial = before.find(({ id }) => id === purpose.of);
  if (initial === undefined || initial.purpose.kind !== "initial") {
    return { what: `Draw ${draw.id} follows no earlier draw of the log.`, expected: purpose.of, found: "nothing" };
  }
  const other = (["freezeId", "population", "method", "seed"] as const).find((key) => draw[key] !== initial[key]);
  if (other !== undefined) {
    const difference = { expected: initial[other], found: draw[other] };
    return { what: `Draw ${draw.id} has another ${other} than the draw that it follows.`, ...difference };
  }
  if (purpose.kind === "second-stage") return findStageFault(draw, initial, before);
  if (purpose.kind === "expansion") return findRiskFault(purpose.risk, riskOfExpansion(initial, before, draw.size));
  if (draw.size === 1) return undefined;
  return { what: "A replacement has other than one item.", expected: "1", found: `${draw.size}` };
}

function findStageFault(draw: Draw, initial: Draw, before: readonly Draw[]): DrawFault | undefined {
  const { basis } = initial;
  const planned = basis.kind === "two-stage-plan" ? basis.plan.stageSize : null;
  if (draw.size !== planned) {
    return {
      what: "A second stage is not the one that was planned before the first.",
      expected: planned === null ? "no second stage" : `${planned} items`,
      found: `${draw.size} items`,
    };
  }
  const isSecond = followersOf(initial, before).some(({ purpose }) => purpose.kind === "second-stage");
  return isSecond
    ? { what: "The second stage was drawn twice.", expected: "one second stage", found: "another" }
    : undefined;
}

function findRiskFault(stated: ExpansionRisk | null, found: ExpansionRisk | null): DrawFault | undefined {
  const isSame =
    stated === null || found === null
      ? stated === found
      : Math.abs(stated.actual - found.actual) <= tolerance && Math.abs(stated.planned - found.planned) <= tolerance;
  if (isSame) return undefined;
  return {
    what: "The true risk of an expansion outside of the plan comes out otherwise.",
    expected: `${stated?.actual ?? "none"}`,
    found: `${found?.actual ?? "none"}`,
  };
}
