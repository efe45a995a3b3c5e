import type { ConclusionBasis } from "../model/conclusion.ts";
import type { DrawBasis } from "../model/draw-basis.ts";
import type { Draw } from "../model/sample.ts";
import type { SamplingModel } from "../model/sample-plan.ts";
import type { TestedSample } from "../sample/tested-samples.ts";

/** A tested sample by the order in which its items came to be tested. */
export interface StagedSample {
  /** The initial draw. */
  readonly draw: Draw;
  /** Its items, with replacements in the place of what they replace. */
  readonly first: readonly string[];
  /** Items of a second stage or of expansions, with replacements in place. */
  readonly further: readonly string[];
  /** First and further. */
  readonly items: readonly string[];
  /** Whether items were added outside of any plan. */
  readonly isExpanded: boolean;
  /** Stratum of each item of a stratified sample. */
  readonly stratumOf: ReadonlyMap<string, string>;
}

export function stageSample({ initial, draws }: Pick<TestedSample, "initial" | "draws">): StagedSample {
  const stratumOf = new Map(draws.flatMap(strataOf));
  // Of a million items one list is enough.
  if (draws.length === 1)
    return { draw: initial, first: initial.items, further: [], items: initial.items, isExpanded: false, stratumOf };
  const first = [...initial.items];
  const further: string[] = [];
  for (const { purpose, items } of draws) {
    if (purpose.kind === "second-stage" || purpose.kind === "expansion") further.push(...items);
    if (purpose.kind !== "replacement") continue;
    const place = first.includes(purpose.replaces) ? first : further;
    const at = place.indexOf(purpose.replaces);
    if (at >= 0) place.splice(at, 1, ...items);
  }
  return {
    draw: initial,
    first,
    further,
    items: [...first, ...further],
    isExpanded: draws.some(({ purpose }) => purpose.kind === "expansion"),
    stratumOf,
  };
}

function strataOf({ items, strata }: Draw): [string, string][] {
  return items.flatMap((item, index): [string, string][] => {
    const stratum = strata?.ofItems[index];
    return stratum === undefined ? [] : [[item, stratum]];
  });
}

/**
 * Whether limits may be stated. A house table gives no risk for its sizes, and firms take them as non-statistical,
 * whoever or whatever chose the items.
 */
export function basisOf({ method, statistical, basis }: Draw): ConclusionBasis {
  if (method === "everything") return "everything";
  return statistical && basis.kind !== "house-table" ? "statistical" : "non-statistical";
}

/** By what numbers a statistical sample is read. */
export interface Terms {
  readonly method: SamplingModel;
  readonly confidence: string;
  readonly tolerableRate: string | null;
  readonly isPlanned: boolean;
}

/**
 * The plan's terms. Items that chance chose without a plan still give a limit at any confidence, and 95 % is the usual
 * one. A tolerable rate has no such default: it says how much the auditor means to rely on the control, and whoever sets
 * it after the results are known can set it to what they support.
 */
export function termsOf(basis: DrawBasis): Terms {
  if (basis.kind === "plan" || basis.kind === "two-stage-plan") {
    const { method, confidence, tolerableRate } = basis.plan.request;
    return { method, confidence, tolerableRate, isPlanned: true };
  }
  return { method: "hypergeometric", confidence: "0.95", tolerableRate: null, isPlanned: false };
}
