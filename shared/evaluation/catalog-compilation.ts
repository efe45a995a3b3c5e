import type { TypeError as CelTypeError, ParseError, ParseResult } from "@marcbachmann/cel-js";
import { TickmarkError } from "../errors.ts";
import {
  type Assertion,
  type Catalog,
  type Clause,
  type Control,
  type Parameter,
  type ParameterValues,
  populationsOf,
} from "../model/catalog.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import { type CatalogText, InvalidCatalog, invalidCatalog, parseCatalog, readCatalogText } from "./catalog-text.ts";
import { checklistName, createRuleEnvironment, type RuleEnvironment } from "./cel-types.ts";
import { listReads } from "./expression-reads.ts";
import { checkReferences } from "./framework-references.ts";
import { countSteps, findPatternFault } from "./rule-cost.ts";
import { splitSentence } from "./sentence.ts";
import type { StepCounter } from "./step-counter.ts";

export type Program = (variables: Record<string, unknown>) => unknown;
export type Speech = readonly (string | Program)[];

export interface CompiledClause {
  readonly when: Program;
  readonly say: Speech;
}

/** An assertion whose expressions were parsed and type-checked, with the paths that they read. */
export interface CompiledAssertion {
  readonly assertion: Assertion;
  readonly appliesWhen: Program;
  readonly doesNotApply: Speech;
  readonly noEvidenceWhen: readonly CompiledClause[];
  readonly pass: Program;
  readonly passes: Speech;
  readonly failures: readonly CompiledClause[];
  readonly fails: Speech;
  readonly reads: readonly string[];
  /** To be started anew for each item; what its expressions ask for beyond that is refused. */
  readonly steps: StepCounter;
}

/** A control as far as it is tested on one population: one that is tested on two is compiled for each. */
export interface CompiledControl {
  readonly control: Control;
  readonly population: PopulationKind;
  /** Defaults with the engagement's values over them, and the ids of the checklist. */
  readonly parameters: Record<string, Parameter["default"]>;
  readonly assertions: readonly CompiledAssertion[];
  /** The parameters as rules read them. */
  readonly wrappedParameters: unknown;
}

export interface CompiledCatalog {
  readonly catalog: Catalog;
  readonly controls: readonly CompiledControl[];
}

/**
 * Parses and type-checks a whole catalog before anything is evaluated with it.
 * @throws catalog-invalid naming control, line and column
 */
export function compileCatalog(text: string, values: ParameterValues = {}): CompiledCatalog {
  const source = parseCatalog(text);
  checkIds(source);
  checkReferences(source);
  checkValues(source.catalog, values);
  return { catalog: source.catalog, controls: compileControls(source, values, stopAt) };
}

type OnMistake = (mistake: InvalidCatalog) => void;

function stopAt(mistake: InvalidCatalog): never {
  throw mistake;
}

/**
 * Everything that is wrong with a catalog, while somebody writes it: the first mistake of each assertion and of each control's
 * parameters, in the order of the text. Nothing is evaluated. What is wrong with `values` has no place in the text, and is thrown.
 * @throws catalog-invalid for a value that the catalog has no parameter for
 */
export function listMistakes(text: string, values: ParameterValues = {}): InvalidCatalog[] {
  const source = readCatalogText(text);
  const mistakes = Array.isArray(source) ? source : listMistakesOf(source, values);
  return withoutRepeats(mistakes).sort(
    ({ place: one }, { place: other }) => one.line - other.line || one.column - other.column,
  );
}

function listMistakesOf(source: CatalogText, values: ParameterValues): InvalidCatalog[] {
  const mistakes: InvalidCatalog[] = [];
  const onMistake: OnMistake = (mistake) => mistakes.push(mistake);
  gather(onMistake, () => checkIds(source));
  gather(onMistake, () => checkReferences(source));
  compileControls(source, values, onMistake);
  if (mistakes.length === 0) checkValues(source.catalog, values);
  return mistakes;
}

/** A control that is tested on two populations is compiled twice, and says of both what is wrong with it. */
function withoutRepeats(mistakes: readonly InvalidCatalog[]): InvalidCatalog[] {
  return [...new Map(mistakes.map((mistake) => [mistake.message, mistake])).values()];
}

/** What `make` gives, or nothing after a mistake that was told. */
function gather<T>(onMistake: OnMistake, make: () => T): T[] {
  try {
    return [make()];
  } catch (thrown) {
    if (!(thrown instanceof InvalidCatalog)) throw thrown;
    onMistake(thrown);
    return [];
  }
}

function compileControls(source: CatalogText, values: ParameterValues, onMistake: OnMistake): CompiledControl[] {
  return source.catalog.controls.flatMap((control, index) =>
    populationsOf(control).flatMap((population) =>
      gather(onMistake, () => compileControl(source, { control, population, index }, values, onMistake)),
    ),
  );
}

function checkIds(source: CatalogText): void {
  const seen = new Set<string>();
  for (const [index, { id }] of source.catalog.controls.entries()) {
    if (seen.has(id)) throw invalidCatalog(`control ${id} occurs twice`, source.placeOf(["controls", index, "id"]));
    seen.add(id);
  }
}

function checkValues(catalog: Catalog, values: ParameterValues): void {
  for (const [id, parameters] of Object.entries(values)) {
    const control = catalog.controls.find((entry) => entry.id === id);
    for (const [name, value] of Object.entries(parameters)) {
      const parameter = control?.parameters[name];
      if (parameter && typeOfValue(value) === parameter.type) continue;
      const action = control
        ? `It has: ${
            Object.entries(control.parameters)
              .map(([key, { type }]) => `${key} (${type})`)
              .join(", ") || "none"
          }.`
        : `The catalog has: ${catalog.controls.map((entry) => entry.id).join(", ")}.`;
      const what = control && parameter ? `is not of type ${parameter.type}` : "is not in the catalog";
      throw new TickmarkError("catalog-invalid", `Parameter ${id} ${name} ${what}.`, action);
    }
  }
}

function typeOfValue(value: Parameter["default"]): Parameter["type"] {
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return "int";
  return typeof value === "string" ? "string" : "list<string>";
}

function compileControl(
  source: CatalogText,
  { control, population, index }: { control: Control; population: PopulationKind; index: number },
  values: ParameterValues,
  onMistake: OnMistake,
): CompiledControl {
  const rules = createRuleEnvironment(control, population);
  const parameters: Record<string, Parameter["default"]> = {};
  for (const [name, parameter] of Object.entries(control.parameters)) {
    if (typeOfValue(parameter.default) !== parameter.type) {
      const place = source.placeOf(["controls", index, "parameters", name, "default"]);
      throw invalidCatalog(`${control.id}: the default of ${name} is not of type ${parameter.type}`, place);
    }
    if (name === checklistName && control.checklist.length > 0) {
      const place = source.placeOf(["controls", index, "parameters", name]);
      throw invalidCatalog(
        `${control.id}: rules read its checklist as params.${name}; give the parameter another name`,
        place,
      );
    }
    parameters[name] = values[control.id]?.[name] ?? parameter.default;
  }
  if (control.checklist.length > 0) parameters[checklistName] = control.checklist.map(({ id }) => id);
  const assertions = control.assertions.flatMap((assertion, place) => {
    if ((assertion.population ?? control.population) !== population) return [];
    const path = ["controls", index, "assertions", place];
    return gather(onMistake, () => compileAssertion(new RuleCompiler(source, control, rules, path), assertion));
  });
  return { control, population, parameters, assertions, wrappedParameters: rules.wrapParameters(parameters) };
}

function compileAssertion(compiler: RuleCompiler, assertion: Assertion): CompiledAssertion {
  return {
    assertion,
    appliesWhen: compiler.condition(["appliesWhen"], assertion.appliesWhen),
    doesNotApply: compiler.speech(["doesNotApply"], assertion.doesNotApply),
    noEvidenceWhen: compiler.clauses("noEvidenceWhen", assertion.noEvidenceWhen),
    pass: compiler.condition(["pass"], assertion.pass),
    passes: compiler.speech(["passes"], assertion.passes),
    failures: compiler.clauses("failures", assertion.failures),
    fails: compiler.speech(["fails"], assertion.fails),
    reads: compiler.reads(),
    steps: compiler.steps,
  };
}

type Path = readonly (string | number)[];

class RuleCompiler {
  readonly #source: CatalogText;
  readonly #control: Control;
  readonly #rules: RuleEnvironment;
  readonly #path: Path;
  readonly #reads = new Set<string>();
  readonly steps: StepCounter;

  constructor(source: CatalogText, control: Control, rules: RuleEnvironment, path: Path) {
    this.#source = source;
    this.#control = control;
    this.#rules = rules;
    this.#path = path;
    this.steps = rules.steps;
  }

  condition(field: Path, expression: string): Program {
    return this.#compile(field, expression, 0, "bool");
  }

  clauses(field: string, clauses: readonly Clause[]): CompiledClause[] {
    return clauses.map((clause, index) => ({
      when: this.condition([field, index, "when"], clause.when),
      say: this.speech([field, index, "say"], clause.say),
    }));
  }

  speech(field: Path, sentence: string): Speech {
    const parts = splitSentence(sentence);
    if (!Array.isArray(parts)) {
      const { unmatched } = parts as { unmatched: number };
      throw this.#invalid(field, unmatched, "a brace has no partner; write {{ or }} for a brace itself");
    }
    return parts.map((part) =>
      "words" in part ? part.words : this.#compile(field, part.expression, part.offset, "string"),
    );
  }

  /** What the conditions read; sentences only repeat it. */
  reads(): string[] {
    return [...this.#reads];
  }

  #compile(field: Path, expression: string, offset: number, type: "bool" | "string"): Program {
    let parsed: ParseResult;
    try {
      parsed = this.#rules.environment.parse(expression);
    } catch (error) {
      throw this.#rejected(field, offset, error as ParseError);
    }
    const checked = parsed.check();
    if (!checked.valid) throw this.#rejected(field, offset, checked.error as CelTypeError);
    if (checked.type !== type) {
      throw this.#invalid(field, offset, `it gives ${checked.type}, and a ${type} is needed here`);
    }
    if (type === "bool") for (const path of listReads(parsed.ast, this.#rules.variables)) this.#reads.add(path);
    const refused = findPatternFault(parsed.ast);
    if (refused) throw this.#invalid(field, offset + refused.start, refused.fault);
    countSteps(parsed.ast, this.steps);
    return (variables) => parsed(variables);
  }

  #rejected(field: Path, offset: number, error: ParseError | CelTypeError): TickmarkError {
    return this.#invalid(field, offset + (error.range?.start ?? 0), error.summary);
  }

  #invalid(field: Path, offset: number, what: string): TickmarkError {
    const place = this.#source.placeOf([...this.#path, ...field], offset);
    return invalidCatalog(`${this.#control.id} ${field.join(" ")}: ${what}`, place);
  }
}
