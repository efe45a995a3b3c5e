import type { BasisRequest, DrawRequest } from "../../../shared/model/draw-request.ts";
import type { Freeze, SampleMethod } from "../../../shared/model/sample.ts";
import type { StratumKey } from "../../../shared/model/stratum.ts";
import { missingOf, type Problems, type Values } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";
import type { BasisReading, TypedBasis } from "./basis-reading.ts";
import { readNamedItems } from "./named-items.ts";
import { readSize } from "./sample-size.ts";

const words = strings.sample;

export type DrawFields = keyof TypedBasis | "size" | "seed" | "rationale" | "items";

export interface TypedDraw {
  readonly freeze: Freeze;
  readonly method: SampleMethod;
  readonly basis: BasisReading;
  /** What the plan asks for; null without one. */
  readonly planned: { readonly size: number; readonly sentence: string } | null;
  readonly key: StratumKey;
  readonly sizes: Readonly<Record<string, string>> | null;
  readonly values: Values<DrawFields>;
}

export type DrawReading =
  | { readonly ok: true; readonly request: DrawRequest }
  | { readonly ok: false; readonly problems: Problems<DrawFields> };

/** What was typed as a request to draw, or what is wrong with each field. */
export function requestDraw(typed: TypedDraw): DrawReading {
  const { method, freeze, values } = typed;
  const { population } = freeze;
  if (method === "everything") {
    return finish(missingOf(values, ["rationale"]), () => ({ method, population, rationale: values.rationale }));
  }
  if (method === "targeted" || method === "haphazard") {
    const problems = missingOf(values, ["rationale", "items"]);
    const items = readNamedItems(values.items);
    if (items === null) problems.items ??= words.namedProblem;
    return finish(problems, () => ({ method, population, rationale: values.rationale, items: items ?? [] }));
  }
  return requestByChance(typed, method);
}

function requestByChance(typed: TypedDraw, method: "rank" | "systematic" | "stratified"): DrawReading {
  const { freeze, basis, planned, key, sizes, values } = typed;
  const isPlanned = basis.ok && basis.basis.kind !== "judgement";
  const problems: Problems<DrawFields> = {
    ...missingOf(values, planned === null ? ["seed", "rationale"] : ["seed"]),
    ...(basis.ok ? {} : basis.problems),
  };
  // A plan that cannot be carried out says so where it stands, and has no size to draw.
  if (isPlanned && planned === null) problems.tolerableRate ??= words.planner.notFeasible;
  const isSizeGiven = values.size.trim() !== "" || (!isPlanned && sizes === null);
  const size = isSizeGiven ? readSize(values.size, freeze.size) : null;
  if (size?.ok === false) problems.size = size.problem;
  if (planned && size?.ok && size.size < planned.size) problems.size = words.belowPlan(planned.size);
  const given = sizes === null ? null : readSizes(sizes);
  if (sizes !== null && given === null) problems.size ??= words.strata.sizesProblem;
  return finish(problems, () => ({
    ...(method === "stratified" ? { method, key, sizes: given } : { method }),
    population: freeze.population,
    seed: values.seed,
    size: size?.ok ? size.size : null,
    basis: basis.ok ? basis.basis : ({ kind: "judgement" } satisfies BasisRequest),
    rationale: values.rationale.trim() || (planned?.sentence ?? "").slice(0, 1000),
  }));
}

function readSizes(typed: Readonly<Record<string, string>>): Record<string, number> | null {
  const entries = Object.entries(typed).filter(([, size]) => size.trim() !== "");
  const isRead = entries.length > 0 && entries.every(([, size]) => /^\d{1,6}$/.test(size.trim()));
  return isRead ? Object.fromEntries(entries.map(([name, size]) => [name, Number(size)])) : null;
}

function finish(problems: Problems<DrawFields>, request: () => DrawRequest): DrawReading {
  return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, request: request() };
}
