import type { BasisRequest } from "../../../shared/model/draw-request.ts";
import type { ControlFrequency, ControlRisk } from "../../../shared/model/house-table.ts";
import type { SamplingModel } from "../../../shared/model/sample-plan.ts";
import type { Problems } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";
import { readPercent } from "./percent.ts";

const words = strings.sample.planner;

/** On what the size rests, as a person chooses it. Discovery is a plan that puts up with no deviation. */
export const basisKinds = ["plan", "discovery", "two-stage-plan", "house-table", "judgement"] as const;
export type BasisKind = (typeof basisKinds)[number];

export interface TypedBasis {
  readonly confidence: string;
  readonly tolerableRate: string;
  readonly expectedRate: string;
  readonly expectedDeviations: string;
}

export type BasisReading =
  | { readonly ok: true; readonly basis: BasisRequest }
  | { readonly ok: false; readonly problems: Problems<keyof TypedBasis> };

/** A row and a column of a house table: of the file that the settings name, or of the usual one. */
export interface HouseChoice {
  readonly table?: string;
  readonly frequency: ControlFrequency;
  readonly risk: ControlRisk;
}

/** Reads what was typed as a request for a plan; per cent become exact decimals. */
export function readBasis(kind: BasisKind, model: SamplingModel, house: HouseChoice, typed: TypedBasis): BasisReading {
  if (kind === "judgement") return { ok: true, basis: { kind } };
  if (kind === "house-table") return { ok: true, basis: { kind, ...house } };
  const problems: Problems<keyof TypedBasis> = {};
  const confidence = readPercent(typed.confidence);
  const tolerableRate = readPercent(typed.tolerableRate);
  if (confidence === null || Number(confidence) <= 0 || Number(confidence) >= 1) {
    problems.confidence = words.confidenceProblem;
  }
  if (tolerableRate === null) problems.tolerableRate = words.rateProblem;
  const expected = kind === "plan" ? readExpectation(typed) : { expectedRate: null, expectedDeviations: 0 };
  Object.assign(problems, "problems" in expected ? expected.problems : {});
  if (confidence === null || tolerableRate === null || "problems" in expected || Object.keys(problems).length > 0) {
    return { ok: false, problems };
  }
  if (kind === "two-stage-plan") return { ok: true, basis: { kind, model, confidence, tolerableRate } };
  return { ok: true, basis: { kind: "plan", model, confidence, tolerableRate, ...expected } };
}

/** Neither means that none is expected. */
function readExpectation({ expectedRate, expectedDeviations }: TypedBasis) {
  const [rate, count] = [expectedRate.trim(), expectedDeviations.trim()];
  if (rate !== "" && count !== "") return { problems: { expectedRate: words.expectedTwice } };
  if (rate !== "") {
    const read = readPercent(rate);
    return read === null
      ? { problems: { expectedRate: words.rateProblem } }
      : { expectedRate: read, expectedDeviations: null };
  }
  if (count === "") return { expectedRate: null, expectedDeviations: null };
  if (!/^\d{1,4}$/.test(count)) return { problems: { expectedDeviations: words.countProblem } };
  return { expectedRate: null, expectedDeviations: Number(count) };
}
