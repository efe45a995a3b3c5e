import { Environment } from "@marcbachmann/cel-js";
import type { z } from "zod";
import { approvedBy } from "../model/approval.ts";
import type { Control } from "../model/catalog.ts";
import {
  BuildView,
  Change,
  ItemCoverage,
  ReleaseView,
  RequestView,
  ReviewView,
  TicketView,
  TrailerView,
} from "../model/change.ts";
import { DeploymentItem } from "../model/deployment-item.ts";
import { FollowUpView, IncidentItem } from "../model/incident-item.ts";
import { itemSchemas } from "../model/item.ts";
import {
  AttachedView,
  AttestationView,
  DetectionView,
  DocumentItem,
  OccurrenceItem,
} from "../model/occurrence-item.ts";
import { PersonRef } from "../model/person.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import { populationWords } from "../model/population-words.ts";
import { AccessEventItem, DetectedChangeItem, ExplanationView } from "../model/production-item.ts";
import { PaceView, PairView, ReviewPatternItem } from "../model/review-pattern-item.ts";
import {
  AnalysisView,
  AnnouncementView,
  CommentView,
  DecisionView,
  EarlierDeploymentView,
  EventView,
  FindingView,
  LinkView,
  PathView,
  RelatedChangeView,
  StepView,
  SwitchView,
  TestReportView,
  ThroughView,
} from "../model/trail-view.ts";
import { stepsOfText } from "./rule-cost.ts";
import { daysBetween, matchesAny, secondsBetween } from "./rule-functions.ts";
import { StepCounter } from "./step-counter.ts";

/*
 * The types that rules are checked against are made from the schemas of the items, so that a rule cannot name a field
 * that no item has. Whole numbers become CEL `int`, moments stay ISO strings that `timestamp()` reads.
 */

/** References into evidence are for people and for verification, not for rules. */
const hiddenFields = new Set(["evidence"]);

const typeNames = new Map<z.ZodType, string>([
  [Change, "Change"],
  [DeploymentItem, "Deployment"],
  [PersonRef, "Person"],
  [RequestView, "Request"],
  [ReviewView, "Review"],
  [TrailerView, "Trailer"],
  [TicketView, "Ticket"],
  [BuildView, "Build"],
  [ReleaseView, "Release"],
  [ItemCoverage, "Coverage"],
  [PathView, "Path"],
  [RelatedChangeView, "RelatedChange"],
  [ThroughView, "Through"],
  [CommentView, "Comment"],
  [EventView, "Event"],
  [DecisionView, "Decision"],
  [StepView, "Step"],
  [LinkView, "Link"],
  [TestReportView, "TestReport"],
  [AnalysisView, "Analysis"],
  [FindingView, "Finding"],
  [SwitchView, "Switch"],
  [AnnouncementView, "Announcement"],
  [EarlierDeploymentView, "EarlierDeployment"],
  [OccurrenceItem, "Occurrence"],
  [AttestationView, "Attestation"],
  [AttachedView, "Attached"],
  [DetectionView, "Detection"],
  [DocumentItem, "Document"],
  [IncidentItem, "Incident"],
  [FollowUpView, "FollowUp"],
  [AccessEventItem, "AccessEvent"],
  [DetectedChangeItem, "DetectedChange"],
  [ExplanationView, "Explanation"],
  [ReviewPatternItem, "ReviewPattern"],
  [PairView, "Pair"],
  [PaceView, "Pace"],
]);

type Fields = Record<string, string>;
type Wrap = (value: unknown) => unknown;

const asItIs: Wrap = (value) => value;
const asWhole: Wrap = (value) => BigInt(value as number);

interface CelType {
  readonly name: string;
  readonly wrap: Wrap;
}

/** An environment for one control's rules on one of its populations. */
export interface RuleEnvironment {
  readonly environment: Environment;
  /** Names of the variables that rules see. */
  readonly variables: readonly string[];
  /** What the rules of this environment take, of one assertion at a time. */
  readonly steps: StepCounter;
  /** Turns parameters into what rules read. */
  wrapParameters(parameters: Record<string, unknown>): unknown;
}

export function createRuleEnvironment(control: Control, population: PopulationKind): RuleEnvironment {
  // The limits stop a hostile catalog from hanging the program while it is read; the steps while it runs.
  const environment = new Environment({ limits: { maxAstNodes: 2000, maxDepth: 60 } });
  const steps = new StepCounter();
  const itemTypes = itemTypesOf(population);
  const isSameRecord = (left: WrappedRecord, right: WrappedRecord) => isSame(left.source, right.source, steps);
  for (const { name, ctor, fields } of itemTypes.records) {
    environment.registerType(name, { ctor, fields });
    // Without it `person in change.authors` would be false whoever they are: equal means equal in every field.
    environment.registerOperator(`${name} == ${name}`, isSameRecord);
  }
  const parameterTypes = new TypeRegistry();
  const parametersType = parameterTypes.record("Parameters", parameterFields(control));
  for (const { name, ctor, fields } of parameterTypes.records) environment.registerType(name, { ctor, fields });
  const { variable } = populationWords[population];
  environment.registerVariable(variable, itemTypes.item.name);
  environment.registerVariable("params", parametersType.name);
  registerFunctions(environment, population);
  return {
    environment,
    variables: [variable, "params"],
    steps,
    wrapParameters: (parameters) => parametersType.wrap(parameters),
  };
}

/** Turns an item into what the rules of all controls of its population read. */
export function wrapItem(population: PopulationKind, item: unknown): unknown {
  return itemTypesOf(population).item.wrap(item);
}

function registerFunctions(environment: Environment, population: PopulationKind): void {
  environment.registerFunction("secondsBetween(string, string): int", secondsBetween);
  environment.registerFunction("daysBetween(string, string): int", daysBetween);
  environment.registerFunction("matchesAny(string, list<string>): bool", matchesAny);
  if (population === "change") environment.registerFunction("approvedBy(Change, string): bool", approvedBy);
}

const itemTypesByKind = new Map<PopulationKind, { item: CelType; records: readonly RecordType[] }>();

/** The types of a population's items, made once: items are turned into them once for all controls. */
function itemTypesOf(population: PopulationKind): { item: CelType; records: readonly RecordType[] } {
  let types = itemTypesByKind.get(population);
  if (!types) {
    const registry = new TypeRegistry();
    const item = registry.typeOf(itemSchemas[population], "Item");
    types = { item, records: registry.records };
    itemTypesByKind.set(population, types);
  }
  return types;
}

/** By which rules read the ids of their control's checklist, beside its parameters: `params.checklist`. */
export const checklistName = "checklist";

function parameterFields({ parameters, checklist }: Control): Record<string, CelType> {
  const types = Object.entries(parameters).map(([name, { type }]) => [name, type] as const);
  if (checklist.length > 0) types.push([checklistName, "list<string>"]);
  return Object.fromEntries(
    types.map(([name, type]) => [name, { name: type, wrap: type === "int" ? asWhole : asItIs }]),
  );
}

/** A record of an item behind the fields that rules may read of it. */
class WrappedRecord {
  readonly source: Readonly<Record<string, unknown>>;
  readonly wrapped: unknown[] = [];

  constructor(source: Readonly<Record<string, unknown>>) {
    this.source = source;
  }
}

/** Equality of two values of items, as JSON; what rules cannot see does not count. */
function isSame(left: unknown, right: unknown, steps: StepCounter): boolean {
  steps.take(typeof left === "string" ? stepsOfText(left) : 1);
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left === right;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((value, index) => isSame(value, right[index], steps));
  }
  const fields = Object.entries(left).filter(([field]) => !hiddenFields.has(field));
  return fields.every(([field, value]) => isSame(value, (right as Record<string, unknown>)[field], steps));
}

interface RecordType {
  readonly name: string;
  readonly ctor: new (source: Readonly<Record<string, unknown>>) => WrappedRecord;
  readonly fields: Fields;
}

class TypeRegistry {
  readonly records: RecordType[] = [];
  readonly #known = new Map<z.ZodType, CelType>();

  typeOf(schema: z.ZodType, path: string): CelType {
    const known = this.#known.get(schema);
    if (known) return known;
    const made = this.#make(schema, path);
    this.#known.set(schema, made);
    return made;
  }

  /**
   * A type with these fields. Values become instances of a class of its own, which is how the checker tells types apart.
   * A field is turned into what rules read when it is read, and once: most rules read few fields of an item.
   */
  record(name: string, fields: Record<string, CelType>): CelType {
    const entries = Object.entries(fields);
    const ctor = class extends WrappedRecord {};
    Object.defineProperty(ctor, "name", { value: name });
    for (const [slot, [field, { wrap }]] of entries.entries()) {
      const get =
        wrap === asItIs
          ? function (this: WrappedRecord) {
              return this.source[field];
            }
          : function (this: WrappedRecord) {
              // biome-ignore lint/suspicious/noAssignInExpressions: kept from the first reading on
              return (this.wrapped[slot] ??= wrap(this.source[field]));
            };
      Object.defineProperty(ctor.prototype, field, { get, enumerable: true });
    }
    const celFields: Fields = Object.fromEntries(entries.map(([field, type]) => [field, type.name]));
    this.records.push({ name, ctor, fields: celFields });
    return { name, wrap: (value) => new ctor(value as Record<string, unknown>) };
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
        const { wrap } = element;
        const wrapAll: Wrap = (value) => (value as unknown[]).map((each) => wrap(each));
        return { name: `list<${element.name}>`, wrap: wrap === asItIs ? asItIs : wrapAll };
      }
      case "number":
        return { name: "int", wrap: asWhole };
      case "boolean":
        return { name: "bool", wrap: asItIs };
      case "string":
      case "enum":
      case "union": // the only unions in items are a text or empty
        return { name: "string", wrap: asItIs };
      default:
        throw new TypeError(`Items have no ${def.type} at ${path}: rules could not be checked against it.`);
    }
  }
}
