import type { Item } from "../model/item.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import { populationWords } from "../model/population-words.ts";
import type { Result } from "../model/result.ts";
import { stateResults, type TestedControl, type Verdict } from "../model/tested-control.ts";
import type { CompiledAssertion, CompiledCatalog, CompiledControl, Speech } from "./catalog-compilation.ts";
import { wrapItem } from "./cel-types.ts";
import { mostSteps } from "./step-counter.ts";

type Variables = Record<string, unknown>;

/** Evaluates every assertion of the catalog that is tested on this kind of item. Same item and catalog, same results. */
export function evaluateItem(catalog: CompiledCatalog, population: PopulationKind, item: Item): Result[] {
  const controls = catalog.controls.filter((control) => control.population === population);
  const verdicts = judgeItem(controls, population, item);
  return controls.flatMap((control, index) =>
    stateResults(testedControl(control), population, item, verdicts[index] ?? []),
  );
}

/** The verdicts of each of the controls, all of them tested on this population, by assertion. */
export function judgeItem(
  controls: readonly CompiledControl[],
  population: PopulationKind,
  item: Item,
): readonly (readonly Verdict[])[] {
  const { variable } = populationWords[population];
  const wrapped = wrapItem(population, item);
  return controls.map(({ assertions, wrappedParameters }) => {
    const variables = { [variable]: wrapped, params: wrappedParameters };
    return assertions.map((assertion) => judgeAssertion(assertion, item, variables));
  });
}

/** What the results of a control say besides their verdicts; it is the same for every item. */
export function testedControl({ control, parameters, assertions }: CompiledControl): TestedControl {
  return {
    control: control.id,
    parameters,
    assertions: assertions.map(({ assertion, reads }) => ({ id: assertion.id, reads: [...reads] })),
  };
}

function judgeAssertion(rule: CompiledAssertion, item: Item, variables: Variables): Verdict {
  rule.steps.restart();
  const verdict = decide(rule, item, variables);
  // CEL lets an error pass where the other side of an `||` holds; what was not finished must not come out as anything.
  if (!rule.steps.areUsedUp) return verdict;
  const most = mostSteps.toLocaleString("en");
  return { outcome: "no-evidence", reason: `The rule asks for more than ${most} steps on this item.` };
}

/** The order is the rule: what was not pulled cannot pass, and cannot make a control inapplicable either. */
function decide(rule: CompiledAssertion, item: Item, variables: Variables): Verdict {
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
