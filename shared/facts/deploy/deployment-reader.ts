import { type DeploymentRecord, readDeploymentLines } from "../../model/deployment-log.ts";
import type { Deployment, ReadFacts } from "../../model/facts.ts";
import type { SourceOf } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";

type LogSource = SourceOf<"deployment-log">;

/** Reads whole lines of a deployment log. Times are those of whatever wrote the log. Never throws: what is unread is listed. */
export function readDeployments(input: EvidenceInput, source: LogSource): ReadFacts {
  const { bytes, format, reading } = input;
  if (format !== "deployments.jsonl" && format !== "deployments.csv") {
    return unreadWhole(input, { reason: `"${format}" is no format of deployment logs` });
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
