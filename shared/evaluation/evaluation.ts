import type { Item } from "../model/item.ts";
import { type PopulationKind, populationWords } from "../model/population-kind.ts";
import type { Outcome, Result } from "../model/result.ts";
import type { CompiledAssertion, CompiledCatalog, CompiledControl, Speech } from "./catalog-compilation.ts";
import { wrapItem } from "./cel-types.ts";
import { readPath } from "./expression-reads.ts";

type Variables = Record<string, unknown>;

/** Evaluates every assertion of the catalog that is tested on this kind of item. Same item and catalog, same results. */
export function evaluateItem(catalog: CompiledCatalog, population: PopulationKind, item: Item): Result[] {
  const wrapped = wrapItem(population, item);
  return catalog.controls
    .filter(({ control }) => control.population === population)
    .flatMap((control) => evaluateControl(control, population, item, wrapped));
}

function evaluateControl(
  compiled: CompiledControl,
  population: PopulationKind,
  item: Item,
  wrapped: unknown,
): Result[] {
  const { variable } = populationWords[population];
  const variables = { [variable]: wrapped, params: compiled.wrappedParameters };
  const plain = { [variable]: item, params: compiled.parameters };
  return compiled.assertions.map((assertion) => {
    const { outcome, reason } = decide(assertion, item, variables);
    return {
      control: compiled.control.id,
      assertion: assertion.assertion.id,
      population,
      item: item.id,
      outcome,
      reason,
      values: Object.fromEntries(assertion.reads.map((path) => [path, readPath(plain, path) as never])),
      evidence: item.evidence,
    };
  });
}

interface Decision {
  readonly outcome: Outcome;
  readonly reason: string;
}

/** The order is the rule: what was not pulled cannot pass, and cannot make a control inapplicable either. */
function decide(rule: CompiledAssertion, item: Item, variables: Variables): Decision {
  const missing = rule.assertion.needs.filter((kind) => !item.coverage[kind]);
  if (missing.length > 0) {
    return {
      outcome: "no-evidence",
      reason: `Not pulled, or not whole, for this item and its time: ${missing.join(", ")}.`,
    };
  }
  try {
    if (rule.appliesWhen(variables) !== true)
      return { outcome: "not-applicable", reason: speak(rule.doesNotApply, variables) };
    const gap = rule.noEvidenceWhen.find(({ when }) => when(variables) !== false);
    if (gap) return { outcome: "no-evidence", reason: speak(gap.say, variables) };
    if (rule.pass(variables) === true) return { outcome: "pass", reason: speak(rule.passes, variables) };
    const failure = rule.failures.find(({ when }) => when(variables) === true);
    return { outcome: "fail", reason: speak(failure?.say ?? rule.fails, variables) };
  } catch (error) {
    // A rule that breaks on an item has told nothing about it; that must never look like a pass.
    const what = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    return { outcome: "no-evidence", reason: `The rule could not be evaluated on this item: ${what}.` };
  }
}

function speak(speech: Speech, variables: Variables): string {
  return speech.map((part) => (typeof part === "string" ? part : String(part(variables)))).join("");
}
