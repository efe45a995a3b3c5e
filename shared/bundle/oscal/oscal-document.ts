import type { Digest } from "../../model/digest.ts";
import type { AuditRecord } from "../audit-record.ts";
import { createNameUuid, type NameUuid } from "./content-uuid.ts";

/* What both documents share, in the words of OSCAL 1.2 (NIST). Property names are those of its JSON schema. */

export const oscalVersion = "1.2.1";

/** Of properties that are ours and not OSCAL's own. */
const ownNamespace = "urn:x-tickmark:oscal";

/** Names the parties and the program by the same UUIDs in both documents. */
export interface OscalNames {
  readonly uuid: NameUuid;
  readonly auditor: string;
  readonly entity: string;
  readonly tool: string;
  readonly platform: string;
}

export function nameParties(record: AuditRecord, digest: Digest): OscalNames {
  const uuid = createNameUuid(record.engagement.id, digest);
  return {
    uuid,
    auditor: uuid("party", "auditor", record.engagement.auditor),
    entity: uuid("party", "entity", record.engagement.entity),
    tool: uuid("component", record.tool.name),
    platform: uuid("platform", record.tool.name),
  };
}

/** Text on one line, without space at its ends and never empty: what OSCAL takes for a title or a value. */
export function lineOf(text: string): string {
  return text.replace(/[\s\u2028\u2029]+/g, " ").trim() || "–";
}

export function propertyOf(name: string, value: string | number | boolean) {
  return { name, ns: ownNamespace, value: lineOf(String(value)) };
}

export function metadataOf(record: AuditRecord, names: OscalNames, title: string) {
  const { engagement } = record;
  return {
    "title": lineOf(`${title}: ${engagement.name}`),
    "last-modified": record.createdAt,
    "version": record.activityHead,
    "oscal-version": oscalVersion,
    "roles": [
      { id: "assessor", title: "Auditor" },
      { id: "assessed-entity", title: "Audited entity" },
    ],
    "parties": [
      { uuid: names.auditor, type: "person", name: lineOf(engagement.auditor) },
      { uuid: names.entity, type: "organization", name: lineOf(engagement.entity) },
    ],
    "responsible-parties": [
      { "role-id": "assessor", "party-uuids": [names.auditor] },
      { "role-id": "assessed-entity", "party-uuids": [names.entity] },
    ],
    "props": [
      propertyOf("period-from", engagement.period.from),
      propertyOf("period-to", engagement.period.to),
      propertyOf("time-zone", engagement.period.timeZone),
      propertyOf("catalog", `${record.catalog.id} ${record.catalog.version}`),
      propertyOf("catalog-sha256", record.catalogSha256),
    ],
  };
}

/** The program as what the assessment was done with. */
export function assetsOf(record: AuditRecord, names: OscalNames) {
  const { name, version } = record.tool;
  return {
    "components": [
      {
        uuid: names.tool,
        type: "software",
        title: name,
        description: "Pulled the evidence, drew the samples and evaluated the catalog's rules.",
        props: [propertyOf("version", version)],
        status: { state: "operational" },
      },
    ],
    "assessment-platforms": [
      { "uuid": names.platform, "title": name, "uses-components": [{ "component-uuid": names.tool }] },
    ],
  };
}

export function objectiveIdOf(controlId: string): string {
  return `${controlId}_obj`;
}

export function reviewedControlsOf(record: AuditRecord) {
  const { controls, title } = record.catalog;
  return {
    "description": `The controls of the catalog "${title}", which is catalog.yaml of the bundle.`,
    "control-selections": [{ "include-controls": controls.map(({ id }) => ({ "control-id": id })) }],
    "control-objective-selections": [
      { "include-objectives": controls.map(({ id }) => ({ "objective-id": objectiveIdOf(id) })) },
    ],
  };
}

/** A part of the bundle, as both documents refer to it. They lie in a folder of their own. */
export function resourceOf(uuid: string, title: string, path: string, mediaType: string, sha256?: string) {
  const hashes = sha256 === undefined ? {} : { hashes: [{ algorithm: "SHA-256", value: sha256 }] };
  return { uuid, title: lineOf(title), rlinks: [{ "href": `../${path}`, "media-type": mediaType, ...hashes }] };
}

export function subjectUuidOf(names: OscalNames, population: string, item: string): string {
  return names.uuid("item", population, item);
}
