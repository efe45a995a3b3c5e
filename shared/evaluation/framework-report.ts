import { type Catalog, type Control, populationsOf } from "../model/catalog.ts";
import type { Conclusion, Support } from "../model/conclusion.ts";
import { ControlState, type FrameworkReport, type FrameworkRequirement } from "../model/framework-report.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import type { TestedSample } from "../sample/tested-samples.ts";
import { changeRequirements } from "./frameworks/change-requirements.ts";
import { knownFrameworks } from "./frameworks/known-frameworks.ts";

type Sample = Pick<TestedSample, "id" | "population" | "isApart">;

/**
 * What was concluded, by the requirements that ask for it.
 *
 * @param samples the tested samples; what the auditor named beside them projects nothing, and speaks for no requirement
 * @param conclusions of these samples, as far as they are evaluated
 */
export function reportFrameworks(
  catalog: Catalog,
  samples: readonly Sample[],
  conclusions: readonly Pick<Conclusion, "control" | "drawId" | "support">[],
): FrameworkReport[] {
  const own = samples.filter(({ isApart }) => !isApart);
  const states = new Map(catalog.controls.map((control) => [control.id, stateOf(control, own, conclusions)]));
  return listFrameworks(catalog).map(([framework, identifiers, asked]) => ({
    framework,
    requirements: identifiers.flatMap((requirement) => {
      const controls = catalog.controls.filter(({ frameworks }) => frameworks[framework]?.includes(requirement));
      if (controls.length === 0 && !asked.has(requirement)) return [];
      return [describeRequirement(requirement, controls, states)];
    }),
  }));
}

/** Name, identifiers in the framework's order, and those of them that a catalog of change controls answers for. */
function listFrameworks(catalog: Catalog): (readonly [string, readonly string[], ReadonlySet<string>])[] {
  const named = new Set(catalog.controls.flatMap(({ frameworks }) => Object.keys(frameworks)));
  return [...knownFrameworks.keys(), ...Object.keys(catalog.frameworks)].flatMap((framework, index, all) => {
    if (all.indexOf(framework) !== index || !named.has(framework)) return [];
    const declared = Object.hasOwn(catalog.frameworks, framework) ? catalog.frameworks[framework] : undefined;
    const identifiers = declared ?? [...(knownFrameworks.get(framework) ?? [])];
    // Who declares identifiers of their own declares what they answer for.
    return [[framework, identifiers, new Set(declared ?? changeRequirements.get(framework))] as const];
  });
}

function describeRequirement(
  requirement: string,
  controls: readonly Control[],
  states: ReadonlyMap<string, ControlState>,
): FrameworkRequirement {
  const described = controls.map(({ id, title }) => ({ control: id, title, state: states.get(id) ?? "no-sample" }));
  const state = described.length === 0 ? "not-covered" : weakest(described.map((each) => each.state));
  return { requirement, controls: described, state };
}

/** A control that is tested on two populations is as good as the weaker of the two. */
function stateOf(
  control: Control,
  samples: readonly Sample[],
  conclusions: readonly Pick<Conclusion, "control" | "drawId" | "support">[],
): ControlState {
  return weakest(populationsOf(control).map((population) => stateOn(population, control, samples, conclusions)));
}

function stateOn(
  population: PopulationKind,
  control: Control,
  samples: readonly Sample[],
  conclusions: readonly Pick<Conclusion, "control" | "drawId" | "support">[],
): ControlState {
  const sample = samples.find((each) => each.population === population);
  if (!sample) return "no-sample";
  const conclusion = conclusions.find((each) => each.control === control.id && each.drawId === sample.id);
  return conclusion ? stateOfSupport(conclusion.support) : "not-tested";
}

function stateOfSupport(support: Support): ControlState {
  return support === "supported" || support === "not-supported" ? support : "open";
}

function weakest(states: readonly ControlState[]): ControlState {
  return ControlState.options.find((state) => states.includes(state)) ?? "no-sample";
}
