import type { Deployment } from "../../model/deployment-facts.ts";
import { type DeploymentRecord, readDeploymentLines } from "../../model/deployment-log.ts";
import type { ReadFacts } from "../../model/facts.ts";
import type { deploymentFormats } from "../../model/formats/deployment-formats.ts";
import { readLinePattern } from "../../model/line-pattern.ts";
import type { Source, SourceOf } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { readGitopsLog } from "../gitops/gitops-reader.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";
import { readArgocdApplication } from "./argocd-reader.ts";
import { readCdeventLines, readCdevents } from "./cdevents-reader.ts";
import { readCodedeployDeployments } from "./codedeploy-reader.ts";
import { readControllerRevisions, readHelmReleases, readReplicaSets } from "./kubernetes-reader.ts";
import { readOctopusDeployments, readOctopusInterruptions } from "./octopus-reader.ts";
import { isByPipeline, type PipelineSettings } from "./pipeline-signs.ts";
import { readSpinnakerExecution, readSpinnakerExecutions } from "./spinnaker-reader.ts";

type LogSource = SourceOf<"deployment-log">;

/** Readers of what deployment tools give. */
export const deploymentReaders: FormatReaders<(typeof deploymentFormats)[number]> = {
  "deployments.jsonl": readDeployments,
  "deployments.csv": readDeployments,
  "deployments.syslog": readDeployments,
  "gitops.log": readGitopsLog,
  "argocd.application": readArgocdApplication,
  "spinnaker.executions": readSpinnakerExecutions,
  "spinnaker.execution": readSpinnakerExecution,
  "octopus.deployments": readOctopusDeployments,
  "octopus.interruptions": readOctopusInterruptions,
  "kubernetes.replica-sets": readReplicaSets,
  "kubernetes.controller-revisions": readControllerRevisions,
  "helm.releases": readHelmReleases,
  "codedeploy.deployments": readCodedeployDeployments,
  "cdevents.events": readCdevents,
  "cdevents.lines": readCdeventLines,
  "deployment-tool.other": readNothing,
};

/** Whole lines of a deployment log. Times are those of whatever wrote the log. */
function readDeployments(input: EvidenceInput, source: Source): ReadFacts {
  const { bytes, format, reading } = input;
  if (
    source.kind !== "deployment-log" ||
    (format !== "deployments.jsonl" && format !== "deployments.csv" && format !== "deployments.syslog")
  ) {
    return unreadWhole(input, { reason: "a deployment log needs a mapping of its fields" });
  }
  const pattern = source.line === undefined ? undefined : readLinePattern(source.line);
  const { records, unread } = readDeploymentLines({ bytes, format, reading }, source.mapping, pattern);
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
    byPipeline: isByPipeline(triggersOf(source), [values.by], values.trigger),
    status: values.status,
  };
}

/** Where no trigger is mapped, none can be a sign. */
function triggersOf({ mapping, pipelineTriggers, pipelineAccounts }: LogSource): PipelineSettings {
  return mapping.trigger === undefined ? { pipelineAccounts } : { pipelineAccounts, pipelineTriggers };
}
