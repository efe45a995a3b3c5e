import { type Control, populationsOf } from "../../model/catalog.ts";
import type { Digest } from "../../model/digest.ts";
import { nounsOf } from "../../model/population-words.ts";
import type { TestedSample } from "../../sample/tested-samples.ts";
import type { AuditRecord } from "../audit-record.ts";
import { partPaths } from "../bundle-parts.ts";
import {
  assetsOf,
  lineOf,
  metadataOf,
  nameParties,
  type OscalNames,
  objectiveIdOf,
  propertyOf,
  resourceOf,
  reviewedControlsOf,
} from "./oscal-document.ts";

/** What was to be tested and on which sample, as an OSCAL assessment plan: the one that the results import. */
export function assessmentPlan(record: AuditRecord, digest: Digest) {
  const names = nameParties(record, digest);
  const scope = names.uuid("resource", partPaths.engagement);
  const catalog = names.uuid("resource", partPaths.catalog);
  return {
    "assessment-plan": {
      "uuid": names.uuid("assessment-plan", record.activityHead),
      "metadata": metadataOf(record, names, "Assessment plan"),
      // An entity that Tickmark audits need not keep its security plan in OSCAL: the scope of the engagement stands in its place.
      "import-ssp": { href: `#${scope}`, remarks: "There is no system security plan in OSCAL; this is the scope." },
      "local-definitions": {
        "components": record.samples.map((sample) => populationComponent(record, names, sample)),
        "objectives-and-methods": record.catalog.controls.map(objectiveOf),
        "activities": record.catalog.controls.map((control) => activityOf(control, names)),
      },
      "reviewed-controls": reviewedControlsOf(record),
      "assessment-subjects": record.samples.map((sample) => ({
        "type": "component",
        "include-subjects": [populationSubject(names, sample)],
      })),
      "assessment-assets": assetsOf(record, names),
      "tasks": record.samples.map((sample) => taskOf(record, names, sample)),
      "back-matter": {
        resources: [
          resourceOf(scope, "Scope of the engagement", partPaths.engagement, "application/json"),
          resourceOf(catalog, record.catalog.title, partPaths.catalog, "application/yaml", record.catalogSha256),
        ],
      },
    },
  };
}

/** The population behind a sample, as it was frozen before the draw. */
function populationComponent(record: AuditRecord, names: OscalNames, sample: TestedSample) {
  const { population, initial } = sample;
  const freeze = record.freezes.find(({ id }) => id === initial.freezeId);
  return {
    uuid: componentUuid(names, sample),
    type: "process-procedure",
    title: lineOf(`The ${nounsOf(population)} behind sample ${sample.reference}`),
    description: lineOf(`All ${nounsOf(population)} of ${record.engagement.entity} in the period.`),
    props: [
      propertyOf("population", population),
      propertyOf("population-size", initial.populationSize),
      propertyOf("population-digest", initial.populationDigest),
      ...(freeze === undefined ? [] : [propertyOf("frozen-at", freeze.at)]),
    ],
    status: { state: "operational" },
  };
}

function componentUuid(names: OscalNames, { id }: TestedSample): string {
  return names.uuid("population-of", id);
}

function populationSubject(names: OscalNames, sample: TestedSample) {
  return { "subject-uuid": componentUuid(names, sample), "type": "component" };
}

function objectiveOf({ id, objective, risk }: Control) {
  return {
    "control-id": id,
    "parts": [
      { id: objectiveIdOf(id), name: "objective", prose: objective },
      { id: `${id}_risk`, name: "risk", prose: risk },
    ],
  };
}

/** How a control is tested: one step for each assertion, with the rule itself. */
function activityOf(control: Control, names: OscalNames) {
  return {
    "uuid": activityUuid(names, control),
    "title": lineOf(`${control.id} ${control.title}`),
    "description": control.objective,
    "props": [
      propertyOf("method", "EXAMINE"),
      ...populationsOf(control).map((population) => propertyOf("population", population)),
    ],
    "steps": control.assertions.map((assertion) => ({
      uuid: names.uuid("step", control.id, assertion.id),
      title: lineOf(assertion.id),
      description: lineOf(`Rule in CEL: ${assertion.pass}`),
      props: [propertyOf("needs", assertion.needs.join(" "))],
    })),
    "related-controls": { "control-selections": [{ "include-controls": [{ "control-id": control.id }] }] },
  };
}

function activityUuid(names: OscalNames, { id }: Control): string {
  return names.uuid("activity", id);
}

/** A sample: how it was drawn, so that anyone can draw it again, and what is done to its items. */
function taskOf(record: AuditRecord, names: OscalNames, sample: TestedSample) {
  const { initial } = sample;
  const { start, end } = record.engagement.period;
  const controls = record.catalog.controls.filter((control) => populationsOf(control).includes(sample.population));
  return {
    uuid: names.uuid("task", sample.id),
    type: "action",
    title: lineOf(`Test the ${nounsOf(sample.population)} of sample ${sample.reference}`),
    description: lineOf(initial.rationale),
    props: [
      propertyOf("sample-method", initial.method),
      propertyOf("sample-statistical", initial.statistical),
      ...(initial.seed === "" ? [] : [propertyOf("sample-seed", initial.seed)]),
      propertyOf("sample-size", sample.items.length),
      propertyOf("drawn-at", initial.at),
    ],
    timing: { "within-date-range": { start, end } },
    ...(controls.length === 0
      ? {}
      : {
          "associated-activities": controls.map((control) => ({
            "activity-uuid": activityUuid(names, control),
            "subjects": [{ "type": "component", "include-subjects": [populationSubject(names, sample)] }],
          })),
        }),
  };
}
