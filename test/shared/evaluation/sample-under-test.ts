import { concludeControls } from "../../../shared/evaluation/conclusion.ts";
import { Catalog } from "../../../shared/model/catalog.ts";
import type { Conclusion, Disposition } from "../../../shared/model/conclusion.ts";
import type { DrawBasis } from "../../../shared/model/draw-basis.ts";
import type { DrawPurpose } from "../../../shared/model/draw-purpose.ts";
import type { Outcome, Result } from "../../../shared/model/result.ts";
import { Draw, type SampleMethod } from "../../../shared/model/sample.ts";
import type { PlanRequest } from "../../../shared/model/sample-plan.ts";
import type { DrawStrata } from "../../../shared/model/stratum.ts";
import { planSample } from "../../../shared/sample/plan.ts";
import type { TestedSample } from "../../../shared/sample/tested-samples.ts";
import { planTwoStages } from "../../../shared/sample/two-stage-plan.ts";

/** One control with two assertions, tested on changes. */
export const catalog = Catalog.parse({
  id: "one-control",
  version: "1",
  title: "One control",
  controls: [
    {
      id: "REV-01",
      title: "An independent peer approved every change",
      objective: "Review.",
      risk: "No review.",
      idea: "Review.",
      frameworks: {},
      population: "change",
      assertions: ["approved", "independent"].map((id) => ({
        id,
        needs: ["reviews"],
        pass: "true",
        passes: "It holds.",
        fails: "It does not hold.",
      })),
    },
  ],
});

/** Counts by outcome, in the order in which the items were drawn. */
export type Found = Partial<Record<Outcome, number>>;

export interface Tested {
  readonly populationSize: number;
  readonly basis: DrawBasis;
  readonly found: Found;
  readonly method?: SampleMethod;
  /** What was found in items that were drawn after the first ones, and what for. */
  readonly further?: { readonly kind: "second-stage" | "expansion"; readonly found: Found };
  readonly strata?: Pick<DrawStrata, "allocation"> & {
    readonly found: readonly { readonly name: string; readonly population: number; readonly found: Found }[];
  };
  readonly dispositions?: readonly Disposition[];
}

export const judgement: DrawBasis = { kind: "judgement" };
export const houseTable: DrawBasis = {
  kind: "house-table",
  table: "usual",
  row: "many times a day",
  size: 25,
  sentence: "25 items by the house table.",
};

export function plan(request: Omit<PlanRequest, "itemName">): DrawBasis {
  return { kind: "plan", plan: planSample({ ...request, itemName: "changes" }) };
}

export function twoStages(request: Omit<PlanRequest, "itemName">): DrawBasis & { kind: "two-stage-plan" } {
  return { kind: "two-stage-plan", plan: planTwoStages({ ...request, itemName: "changes" }) };
}

export function conclude(tested: Tested): Conclusion {
  const { sample, results } = drawAndTest(tested);
  const [conclusion] = concludeControls(catalog, sample, results, tested.dispositions ?? []);
  if (!conclusion) throw new Error("The catalog's control gave no conclusion.");
  return conclusion;
}

/** The sample with its draws, and the results of its items. */
export function drawAndTest(tested: Tested): { sample: TestedSample; results: Result[] } {
  const strata = tested.strata?.found ?? [{ name: "all", population: tested.populationSize, found: tested.found }];
  const first = strata.flatMap(({ name, found }) => spread(found).map((outcome) => ({ outcome, stratum: name })));
  const further = spread(tested.further?.found ?? {});
  const outcomes = [...first.map(({ outcome }) => outcome), ...further];
  const ids = outcomes.map((_, index) => `ledger@${String(index).padStart(40, "0")}`);
  const initial = drawOf(tested, ids.slice(0, first.length), { kind: "initial" }, strataOf(tested, first));
  const draws = [initial];
  if (tested.further) {
    const purpose: DrawPurpose =
      tested.further.kind === "expansion"
        ? { kind: "expansion", of: initial.id, risk: null }
        : { kind: "second-stage", of: initial.id, controls: ["REV-01"] };
    draws.push(drawOf(tested, ids.slice(first.length), purpose, null));
  }
  const results = ids.map((id, index) => resultOf(id, outcomes[index] ?? "pass"));
  const sample: TestedSample = {
    id: initial.id,
    population: "change",
    initial,
    draws,
    drawn: ids,
    items: ids,
    isApart: false,
    reference: "C",
  };
  return { sample, results };
}

function strataOf({ strata }: Tested, first: readonly { stratum: string }[]): DrawStrata | null {
  if (!strata) return null;
  return {
    key: "repository",
    allocation: strata.allocation,
    digest: "0".repeat(64),
    sizes: strata.found.map(({ name, population, found }) => ({ name, population, sample: spread(found).length })),
    ofItems: first.map(({ stratum }) => stratum),
  };
}

function drawOf(
  { populationSize, basis, method = "rank" }: Tested,
  items: string[],
  purpose: DrawPurpose,
  strata: DrawStrata | null,
): Draw {
  return Draw.parse({
    id: purpose.kind === "initial" ? "draw-1" : "draw-2",
    freezeId: "freeze-1",
    population: "change",
    populationDigest: "0".repeat(64),
    populationSize,
    method,
    purpose,
    basis,
    seed: "20261001",
    size: items.length,
    rationale: "As planned.",
    at: "2026-07-01T09:00:00.000Z",
    by: "A. Osei",
    items,
    strata,
  });
}

function spread(found: Found): Outcome[] {
  return (Object.entries(found) as [Outcome, number][]).flatMap(([outcome, count]) => Array(count).fill(outcome));
}

export function resultOf(item: string, outcome: Outcome, assertion = "approved"): Result {
  return {
    control: "REV-01",
    assertion,
    population: "change",
    item,
    outcome,
    reason: "As the values show.",
    values: {},
    evidence: [],
  };
}
