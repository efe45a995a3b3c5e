import { celEnv, parse, plan } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import { expect } from "vitest";
import type { CompiledControl } from "../../../shared/evaluation/catalog-compilation.ts";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import type { Assertion, Parameter, ParameterValues } from "../../../shared/model/catalog.ts";
import type { Item } from "../../../shared/model/item.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { populationWords } from "../../../shared/model/population-words.ts";
import type { Outcome } from "../../../shared/model/result.ts";
import { compiledCatalog } from "./catalog-under-test.ts";
import { ruleFunctions } from "./oracle-functions.ts";

/**
 * A second opinion: the catalog's rules by an independent CEL implementation on plain JSON, in the order that the catalog
 * documents. It shares no code with the evaluation stage. A rule or a sentence that breaks on the item has no evidence.
 */
function judge({ population, parameters }: CompiledControl, assertion: Assertion, item: Item): Outcome {
  const { variable } = populationWords[population];
  const evaluate = (expression: string) => run(expression, variable, item, parameters);
  if (assertion.needs.some((kind) => !item.coverage[kind])) return "no-evidence";
  try {
    const holds = (expression: string) => requireBoolean(evaluate(expression), expression);
    const said = (outcome: Outcome, sentence: string): Outcome => {
      for (const expression of expressionsIn(sentence)) evaluate(expression);
      return outcome;
    };
    if (!holds(assertion.appliesWhen)) return said("not-applicable", assertion.doesNotApply);
    const gap = assertion.noEvidenceWhen.find(({ when }) => holds(when));
    if (gap) return said("no-evidence", gap.say);
    if (holds(assertion.pass)) return said("pass", assertion.passes);
    const failure = assertion.failures.find(({ when }) => holds(when));
    return said("fail", failure?.say ?? assertion.fails);
  } catch (error) {
    if (error instanceof Broken) return "no-evidence";
    throw error;
  }
}

class Broken extends Error {}

function requireBoolean(value: unknown, expression: string): boolean {
  if (typeof value === "boolean") return value;
  throw new Error(`${expression} gave ${String(value)}`);
}

/** CEL between braces; two braces are one of the sentence's own. */
function expressionsIn(sentence: string): string[] {
  return [
    ...sentence
      .replaceAll("{{", "")
      .replaceAll("}}", "")
      .matchAll(/\{([^}]*)\}/g),
  ].map(([, inner = ""]) => inner);
}

const environment = celEnv({ funcs: [...strings, ...ruleFunctions] });
const programs = new Map<string, ReturnType<typeof plan>>();

function run(expression: string, name: string, item: Item, params: Record<string, Parameter["default"]>): unknown {
  let program = programs.get(expression);
  if (!program) {
    program = plan(environment, parse(expression));
    programs.set(expression, program);
  }
  const value = program({ [name]: plainOnce(item), params: plainOnce(params) } as never);
  if (value instanceof Error) throw new Broken(`${expression}: ${value.message}`);
  return value;
}

const plained = new WeakMap<object, unknown>();

/** An item is read by many rules, one after the other. */
function plainOnce(value: object): unknown {
  const known = plained.get(value) ?? plain(value);
  plained.set(value, known);
  return known;
}

/** JSON numbers of items are whole: CEL ints. */
function plain(value: unknown): unknown {
  if (typeof value === "number") return BigInt(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return new Map(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  return value;
}

/** Every assertion of the catalog that Tickmark brings, on the item, by both implementations. */
export function compare(population: PopulationKind, item: Item, values: ParameterValues = {}): void {
  const catalog = compiledCatalog(values);
  for (const result of evaluateItem(catalog, population, item)) {
    const own = catalog.controls.find(
      (entry) => entry.control.id === result.control && entry.population === population,
    );
    const assertion = own?.control.assertions.find(({ id }) => id === result.assertion);
    if (!own || !assertion) throw new Error(`No ${result.control}.`);
    const second = judge(own, assertion, item);
    expect(`${result.control} ${result.assertion} ${result.outcome}`).toBe(
      `${own.control.id} ${assertion.id} ${second}`,
    );
  }
}
