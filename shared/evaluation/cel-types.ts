import { Environment } from "@marcbachmann/cel-js";
import type { z } from "zod";
import type { Control, Parameter } from "../model/catalog.ts";
import { BuildView, Change, ItemCoverage, ReleaseView, RequestView, ReviewView, TicketView } from "../model/change.ts";
import { DeploymentItem } from "../model/deployment-item.ts";
import { PersonRef } from "../model/person.ts";
import type { PopulationKind } from "../model/sample.ts";

/*
 * The types that rules are checked against are made from the schemas of the items, so that a rule cannot name a field
 * that no item has. Whole numbers become CEL `int`, moments stay ISO strings that `timestamp()` reads.
 */

/** Items by the name that rules call them. */
export const itemSchemas = { change: Change, deployment: DeploymentItem } as const satisfies Record<
  PopulationKind,
  z.ZodObject
>;

/** References into evidence are for people and for verification, not for rules. */
const hiddenFields = new Set(["evidence"]);

const typeNames = new Map<z.ZodType, string>([
  [Change, "Change"],
  [DeploymentItem, "Deployment"],
  [PersonRef, "Person"],
  [RequestView, "Request"],
  [ReviewView, "Review"],
  [TicketView, "Ticket"],
  [BuildView, "Build"],
  [ReleaseView, "Release"],
  [ItemCoverage, "Coverage"],
]);

type Fields = Record<string, string>;
type Wrap = (value: unknown) => unknown;

interface CelType {
  readonly name: string;
  readonly wrap: Wrap;
}

/** An environment for one control's rules, and the function that turns an item and the parameters into its variables. */
export interface RuleEnvironment {
  readonly environment: Environment;
  /** Names of the variables that rules see. */
  readonly variables: readonly string[];
  wrap(item: unknown, parameters: Record<string, unknown>): Record<string, unknown>;
}

export function createRuleEnvironment(control: Control): RuleEnvironment {
  // The limits stop a hostile catalog from hanging the program.
  const environment = new Environment({ limits: { maxAstNodes: 2000, maxDepth: 60 } });
  const types = new TypeRegistry(environment);
  const itemType = types.typeOf(itemSchemas[control.population], "Item");
  const parametersType = types.record("Parameters", parameterFields(control.parameters));
  environment.registerVariable(control.population, itemType.name);
  environment.registerVariable("params", parametersType.name);
  return {
    environment,
    variables: [control.population, "params"],
    wrap: (item, parameters) => ({
      [control.population]: itemType.wrap(item),
      params: parametersType.wrap(parameters),
    }),
  };
}

function parameterFields(parameters: Record<string, Parameter>): Record<string, CelType> {
  const same: Wrap = (value) => value;
  const whole: Wrap = (value) => BigInt(value as number);
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { type }]) => [name, { name: type, wrap: type === "int" ? whole : same }]),
  );
}

class TypeRegistry {
  readonly #environment: Environment;
  readonly #known = new Map<z.ZodType, CelType>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  typeOf(schema: z.ZodType, path: string): CelType {
    const known = this.#known.get(schema);
    if (known) return known;
    const made = this.#make(schema, path);
    this.#known.set(schema, made);
    return made;
  }

  /** A type with these fields. Values become instances of a class of its own, which is how the checker tells types apart. */
  record(name: string, fields: Record<string, CelType>): CelType {
    const entries = Object.entries(fields);
    const ctor = class {
      [field: string]: unknown;
    };
    Object.defineProperty(ctor, "name", { value: name });
    const celFields: Fields = Object.fromEntries(entries.map(([field, type]) => [field, type.name]));
    this.#environment.registerType(name, { ctor, fields: celFields });
    return {
      name,
      wrap(value) {
        const source = value as Record<string, unknown>;
        const made = new ctor();
        for (const [field, type] of entries) made[field] = type.wrap(source[field]);
        return made;
      },
    };
  }

  #make(schema: z.ZodType, path: string): CelType {
    const { def } = schema as unknown as {
      def: { type: string; shape: Record<string, z.ZodType>; element: z.ZodType };
    };
    switch (def.type) {
      case "object": {
        const fields = Object.entries(def.shape).filter(([field]) => !hiddenFields.has(field));
        const types = fields.map(([field, inner]) => [field, this.typeOf(inner, `${path}_${field}`)] as const);
        return this.record(typeNames.get(schema) ?? path, Object.fromEntries(types));
      }
      case "array": {
        const element = this.typeOf(def.element, `${path}_element`);
        return { name: `list<${element.name}>`, wrap: (value) => (value as unknown[]).map(element.wrap) };
      }
      case "number":
        return { name: "int", wrap: (value) => BigInt(value as number) };
      case "boolean":
        return { name: "bool", wrap: (value) => value };
      case "string":
      case "enum":
      case "union": // the only unions in items are a text or empty
        return { name: "string", wrap: (value) => value };
      default:
        throw new TypeError(`Items have no ${def.type} at ${path}: rules could not be checked against it.`);
    }
  }
}
