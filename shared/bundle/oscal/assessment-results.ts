import { worstOutcome } from "../../evaluation/item-outcomes.ts";
import type { Digest } from "../../model/digest.ts";
import type { Evidence } from "../../model/evidence.ts";
import { type AuditRecord, type ControlTest, controlTests, fileOfEvidence } from "../audit-record.ts";
import { documentBounds } from "../document-bounds.ts";
import { oscalPaths } from "../document-paths.ts";
import { findingsOf, observationUuid, risksOf } from "./findings.ts";
import { chooseListed, sayLeft } from "./listed-tests.ts";
import {
  assetsOf,
  lineOf,
  metadataOf,
  nameParties,
  type OscalNames,
  propertyOf,
  resourceOf,
  reviewedControlsOf,
  subjectUuidOf,
} from "./oscal-document.ts";

/**
 * What the audit found, as OSCAL assessment results: an observation for each control on each sampled item with the evidence that it
 * rests on, a finding for each control, and a risk for each control that an item deviated from.
 *
 * @param most observations; of a larger sample it lists deviations, and says that the rest is in the bundle's results
 */
export function assessmentResults(record: AuditRecord, digest: Digest, most = documentBounds.observations) {
  const names = nameParties(record, digest);
  const chosen = chooseListed(controlTests(record), most);
  const tests = chosen.listed;
  const { start, end } = record.engagement.period;
  const records = recordsNamed(tests, record);
  const risks = risksOf(record, names, chosen);
  return {
    "assessment-results": {
      "uuid": names.uuid("assessment-results", record.activityHead),
      "metadata": metadataOf(record, names, "Assessment results"),
      "import-ap": { href: oscalPaths.plan.slice(oscalPaths.plan.lastIndexOf("/") + 1) },
      "results": [
        {
          "uuid": names.uuid("result", record.activityHead),
          "title": lineOf(record.engagement.name),
          "description": lineOf(`Controls over changes at ${record.engagement.entity}, tested on samples.`),
          ...sayLeft(chosen),
          start,
          end,
          "local-definitions": {
            ...withMembers("inventory-items", inventoryOf(tests, names)),
            "assessment-assets": assetsOf(record, names),
          },
          "reviewed-controls": reviewedControlsOf(record),
          ...withMembers(
            "observations",
            tests.map((test) => observationOf(test, records, record, names)),
          ),
          ...withMembers("risks", risks),
          ...withMembers("findings", findingsOf(record, names, chosen)),
        },
      ],
      ...backMatterOf(records, record, names),
    },
  };
}

/** OSCAL takes no empty list: what has no members is left out. */
function withMembers<Name extends string, Member>(
  name: Name,
  members: readonly Member[],
): { readonly [Key in Name]?: readonly Member[] } {
  const named = { [name]: members } as { readonly [Key in Name]?: readonly Member[] };
  return members.length === 0 ? {} : named;
}

function inventoryOf(tests: readonly ControlTest[], names: OscalNames) {
  const items = new Map(tests.map((test) => [subjectUuid(test, names), test]));
  return [...items].map(([uuid, { item, reference, sample }]) => ({
    uuid,
    description: lineOf(item.id),
    props: [propertyOf("population", sample.population), propertyOf("workpaper", reference)],
  }));
}

function subjectUuid({ sample, item }: ControlTest, names: OscalNames): string {
  return subjectUuidOf(names, sample.population, item.id);
}

function observationOf(
  test: ControlTest,
  records: ReadonlyMap<string, Evidence>,
  record: AuditRecord,
  names: OscalNames,
) {
  const { sample, reference, item, control, results } = test;
  const outcome = worstOutcome(results.map((result) => result.outcome));
  return {
    "uuid": observationUuid(test, names),
    "title": lineOf(`${control.id} on ${reference}`),
    "description": results.map(({ assertion, outcome, reason }) => `${assertion}: ${outcome}. ${reason}`).join("\n"),
    "props": [
      propertyOf("outcome", outcome),
      propertyOf("control-id", control.id),
      propertyOf("sample", sample.id),
      propertyOf("sample-method", sample.initial.method),
      propertyOf("sample-statistical", sample.initial.statistical),
      ...results.map((result) => ({ ...propertyOf("assertion", result.outcome), class: result.assertion })),
    ],
    // SP 800-53A: records of what people did are examined; nobody was asked, and no system was made to act.
    "methods": ["EXAMINE"],
    "types": ["control-objective"],
    "origins": [{ actors: [{ "type": "tool", "actor-uuid": names.tool }] }],
    "subjects": [
      {
        "subject-uuid": subjectUuid(test, names),
        "type": "inventory-item",
        "title": lineOf(`${reference} ${item.id}`),
      },
    ],
    ...withMembers("relevant-evidence", evidenceOf(test, records, record)),
    "collected": record.createdAt,
  };
}

/** Records that the tests or their items name, as the bundle has them. */
function recordsNamed(tests: readonly ControlTest[], { evidence: carried }: AuditRecord): Map<string, Evidence> {
  const named = new Set<string>();
  for (const { results, item } of tests)
    for (const { evidence } of [...results, item]) for (const use of evidence) named.add(use.evidence);
  const records = new Map<string, Evidence>();
  for (const evidence of carried) if (named.has(evidence.sha256)) records.set(evidence.sha256, evidence);
  return records;
}

/** Records that the rules read, or else what the item rests on; each once, with the places in it. */
function evidenceOf({ results, item }: ControlTest, records: ReadonlyMap<string, Evidence>, record: AuditRecord) {
  const read = results.flatMap(({ evidence }) => evidence);
  const uses = Map.groupBy(read.length > 0 ? read : item.evidence, ({ evidence }) => evidence);
  return [...uses].flatMap(([sha256, places]) => {
    const found = records.get(sha256);
    const file = fileOfEvidence(record, sha256);
    if (found === undefined || file === null) return [];
    const at = [...new Set(places.flatMap(({ place }) => (place === "" ? [] : [place])))];
    return [
      {
        href: `../${file.path}`,
        description: lineOf(`${found.format} from ${found.locator}`),
        props: [
          propertyOf("sha256", file.sha256),
          ...(file.sha256 === sha256 ? [] : [propertyOf("sha256-before-redaction", sha256)]),
          ...[...new Set(places.map((use) => use.as))].map((as) => propertyOf("read-as", as)),
          ...at.map((place) => propertyOf("place", place)),
        ],
      },
    ];
  });
}

/** Each record that an observation names, with its hash as OSCAL writes one. */
function backMatterOf(records: ReadonlyMap<string, Evidence>, record: AuditRecord, names: OscalNames) {
  const resources = [...records.keys()].sort().flatMap((sha256) => {
    const found = records.get(sha256);
    const file = fileOfEvidence(record, sha256);
    if (found === undefined || file === null) return [];
    const title = `${found.format} from ${found.locator}`;
    const uuid = names.uuid("evidence", sha256);
    return [resourceOf(uuid, title, file.path, "application/octet-stream", file.sha256)];
  });
  return resources.length === 0 ? {} : { "back-matter": { resources } };
}
