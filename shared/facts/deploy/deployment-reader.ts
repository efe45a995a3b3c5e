import type { Deployment } from "../../model/deployment-facts.ts";
import { type DeploymentRecord, readDeploymentLines } from "../../model/deployment-log.ts";
import type { ReadFacts } from "../../model/facts.ts";
import type { deploymentFormats } from "../../model/formats/deployment-formats.ts";
import type { Source, SourceOf } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import type { FormatReaders } from "../format-reader.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";

type LogSource = SourceOf<"deployment-log">;

/** Readers of whole lines of a deployment log. Times are those of whatever wrote the log. */
export const deploymentReaders: FormatReaders<(typeof deploymentFormats)[number]> = {
  "deployments.jsonl": readDeployments,
  "deployments.csv": readDeployments,
};

function readDeployments(input: EvidenceInput, source: Source): ReadFacts {
  const { bytes, format, reading } = input;
  if (source.kind !== "deployment-log" || (format !== "deployments.jsonl" && format !== "deployments.csv")) {
    return unreadWhole(input, { reason: "a deployment log needs a mapping of its fields" });
  }
  const { records, unread } = readDeploymentLines({ bytes, format, reading }, source.mapping);
  return {
    facts: records
      .filter(({ values }) => source.service === undefined || values.service === source.service)
      .map((record) => deploymentOf(record, input, source)),
    unread: unread.map(({ line, reason }) => ({ origin: originOf(input, `line ${line}`), reason })),
  };
}

function deploymentOf({ line, at, values }: DeploymentRecord, input: EvidenceInput, source: LogSource): Deployment {
  return {
    origin: originOf(input, `line ${line}`),
    kind: "deployment",
    repository: source.repository,
    id: values.id || `line ${line}`,
    service: values.service,
    environment: values.environment,
    production: source.production.includes(values.environment),
    revision: values.revision,
    previousRevision: values.previousRevision,
    at,
    by: values.by,
    requestedBy: values.requestedBy,
    trigger: values.trigger,
    byPipeline: isByPipeline(values, source),
    status: values.status,
  };
}

/**
 * By the pipeline is what every sign that the source's configuration knows says so: the trigger where one is mapped, and
 * the account where the pipeline has accounts of its own. A person's account with the trigger "pipeline" is a person.
 */
function isByPipeline({ trigger, by }: DeploymentRecord["values"], source: LogSource): boolean {
  const { mapping, pipelineTriggers, pipelineAccounts } = source;
  const account = by.toLowerCase();
  const signs = [
    ...(mapping.trigger === undefined ? [] : [trigger !== "" && pipelineTriggers.includes(trigger)]),
    ...(pipelineAccounts.length === 0
      ? []
      : [account !== "" && pipelineAccounts.some((name) => name.toLowerCase() === account)]),
  ];
  return signs.length > 0 && signs.every(Boolean);
}
