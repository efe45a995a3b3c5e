import { exceptionRef } from "../../model/audit-exception.ts";
import type { Control } from "../../model/catalog.ts";
import type { Conclusion } from "../../model/conclusion.ts";
import { supportMeanings, supportWords } from "../../model/conclusion-words.ts";
import type { AuditRecord, ControlTest } from "../audit-record.ts";
import { deviates, groupOf, type ListedTests } from "./listed-tests.ts";
import { lineOf, type OscalNames, objectiveIdOf, propertyOf } from "./oscal-document.ts";

/**
 * A finding for each conclusion. OSCAL knows only satisfied and not satisfied: satisfied is what the sample supports and nothing
 * else. Where nothing is claimed (a sample that chance did not choose, no tolerable rate, nothing to test) the control is not
 * satisfied for the reason `other`, and the remark says that this is no failure.
 */
export function findingsOf(record: AuditRecord, names: OscalNames, { listed, deviations }: ListedTests) {
  const tests = Map.groupBy(listed, ({ sample, control }) => groupOf(sample.id, control.id));
  const controls = new Map(record.catalog.controls.map((control) => [control.id, control]));
  return record.conclusions.flatMap((conclusion) => {
    const control = controls.get(conclusion.control);
    if (control === undefined) return [];
    const group = groupOf(conclusion.drawId, control.id);
    return [findingOf(conclusion, control, names, tests.get(group) ?? [], deviations.has(group))];
  });
}

function findingOf(
  conclusion: Conclusion,
  control: Control,
  names: OscalNames,
  listed: readonly ControlTest[],
  hasRisk: boolean,
) {
  return {
    "uuid": names.uuid("finding", conclusion.drawId, control.id),
    "title": lineOf(`${control.id} ${control.title}`),
    "description": lineOf(conclusion.sentence),
    "props": propertiesOf(conclusion),
    "origins": [{ actors: [{ "type": "party", "actor-uuid": names.auditor }] }],
    "target": {
      "type": "objective-id",
      "target-id": objectiveIdOf(control.id),
      "title": lineOf(control.title),
      "description": control.objective,
      "status": statusOf(conclusion),
    },
    ...observationsOf(listed, names),
    ...(hasRisk ? { "related-risks": [{ "risk-uuid": riskUuid(conclusion, names) }] } : {}),
  };
}

function statusOf({ support, deviations }: Conclusion) {
  const remarks = `${supportWords[support]}: ${supportMeanings[support]}.`;
  if (support === "supported") return { state: "satisfied", reason: "pass", remarks };
  const failed = support === "not-supported" && deviations > 0;
  return { state: "not-satisfied", reason: failed ? "fail" : "other", remarks };
}

function propertiesOf(conclusion: Conclusion) {
  const { tested, applicable, deviations, fail, noEvidence, basis, support, rate, limits } = conclusion;
  return [
    propertyOf("conclusion", support),
    propertyOf("basis", basis),
    propertyOf("tested", tested),
    propertyOf("applicable", applicable),
    propertyOf("deviations", deviations),
    propertyOf("failures", fail),
    propertyOf("without-evidence", noEvidence),
    ...(rate === null ? [] : [propertyOf("deviation-rate", rate)]),
    ...(limits === null ? [] : [propertyOf("upper-limit", limits.upper), propertyOf("confidence", limits.confidence)]),
    ...(conclusion.tolerableRate === null ? [] : [propertyOf("tolerable-rate", conclusion.tolerableRate)]),
  ];
}

/** A risk for each control and sample with a deviation: missing evidence is one. */
export function risksOf(record: AuditRecord, names: OscalNames, { listed, deviations }: ListedTests) {
  const tests = Map.groupBy(listed, ({ sample, control }) => groupOf(sample.id, control.id));
  const controls = new Map(record.catalog.controls.map((control) => [control.id, control]));
  return record.conclusions.flatMap((conclusion) => {
    const group = groupOf(conclusion.drawId, conclusion.control);
    const deviating = deviations.get(group) ?? 0;
    const control = controls.get(conclusion.control);
    if (control === undefined || deviating === 0) return [];
    return [
      {
        "uuid": riskUuid(conclusion, names),
        "title": lineOf(`${control.id}: ${deviating} of the sampled items deviate`),
        "description": lineOf(control.risk),
        "statement": lineOf(conclusion.sentence),
        "props": [propertyOf("control-id", control.id), propertyOf("deviations", conclusion.deviations)],
        ...answersOf(record, names, control.id),
        ...observationsOf((tests.get(group) ?? []).filter(deviates), names),
      },
    ];
  });
}

/** What management answered to the exceptions that were written up of a control, and how far that is. */
function answersOf({ exceptions }: AuditRecord, names: OscalNames, control: string) {
  const own = exceptions.filter((exception) => exception.control === control);
  const responses = own.flatMap((exception) => {
    const { response, title } = exception;
    if (response === null) return [];
    const isDone = exception.retests.at(-1)?.outcome === "remedied";
    return [
      {
        uuid: names.uuid("response", String(exception.number)),
        lifecycle: isDone ? "completed" : "planned",
        title: lineOf(`${exceptionRef(exception)} ${title}`),
        description: response.response,
        props: [propertyOf("owner", response.owner), propertyOf("due", response.due)],
      },
    ];
  });
  const isClosed = own.length > 0 && own.every(({ closure }) => closure !== null);
  const status = isClosed ? "closed" : responses.length > 0 ? "remediating" : "open";
  return responses.length === 0 ? { status } : { status, remediations: responses };
}

function riskUuid({ drawId, control }: Conclusion, names: OscalNames): string {
  return names.uuid("risk", drawId, control);
}

export function observationUuid({ sample, item, control }: ControlTest, names: OscalNames): string {
  return names.uuid("observation", sample.id, item.id, control.id);
}

/** OSCAL takes no empty list: without an observation there is none. */
function observationsOf(listed: readonly ControlTest[], names: OscalNames) {
  if (listed.length === 0) return {};
  return { "related-observations": listed.map((test) => ({ "observation-uuid": observationUuid(test, names) })) };
}
