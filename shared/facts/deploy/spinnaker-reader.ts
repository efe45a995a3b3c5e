import { z } from "zod";
import type { Artifact, DeploymentApproval } from "../../model/deployment-facts.ts";
import type { Fact, ReadFacts } from "../../model/facts.ts";
import type { Origin } from "../../model/origin.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseJson, parseShape, readElements, type Unreadable, unreadWhole } from "../json-evidence.ts";
import { deploymentOf, Milliseconds, settingsOf } from "./deployment-settings.ts";

const Text = z.string().nullish();
const Stage = z.object({
  refId: z.string(),
  requisiteStageRefIds: z.array(z.string()).nullish(),
  type: z.string(),
  name: Text,
  status: z.string(),
  startTime: Milliseconds.nullish(),
  endTime: Milliseconds.nullish(),
  /** Stages that Spinnaker puts around another one. */
  syntheticStageOwner: Text,
  context: z
    .object({
      account: Text,
      /** What stages of Amazon and CloudFormation call the account. */
      credentials: Text,
      clusters: z.array(z.object({ account: Text, credentials: Text })).nullish(),
      judgmentStatus: Text,
      judgmentInput: Text,
    })
    .nullish(),
  lastModified: z.object({ user: Text, lastModifiedTime: Milliseconds.nullish() }).nullish(),
});
type Stage = z.infer<typeof Stage>;

const Carried = z.object({ type: Text, name: Text, version: Text, reference: Text });
const Execution = z.object({
  id: z.string(),
  name: Text,
  application: Text,
  startTime: Milliseconds.nullish(),
  authentication: z.object({ user: Text }).nullish(),
  trigger: z
    .object({
      type: Text,
      user: Text,
      artifacts: z.array(Carried).nullish(),
      buildInfo: z
        .object({
          number: z.union([z.string(), z.number()]).nullish(),
          scm: z.array(z.object({ sha1: Text })).nullish(),
        })
        .nullish(),
    })
    .nullish(),
  stages: z.array(Stage).nullish(),
});
type Execution = z.infer<typeof Execution>;

export function readSpinnakerExecutions(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  if (!Array.isArray(document.json)) return unreadWhole(input, { reason: "it is no list of executions" });
  return readElements(input, document.json, "", (element, origin) => readExecution(element, origin, source));
}

export function readSpinnakerExecution(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const facts = readExecution(document.json, originOf(input, ""), source);
  return "reason" in facts ? unreadWhole(input, facts) : { facts, unread: [] };
}

/** Each deploy stage that ended is a deployment for each of its accounts, and each manual judgement before it an approval. */
function readExecution(element: unknown, origin: Origin, source: Source): Fact[] | Unreadable {
  const parsed = parseShape(Execution, element);
  if ("reason" in parsed) return parsed;
  const execution = parsed.data;
  const stages = execution.stages ?? [];
  const deploys = stages.filter(isDeploy);
  const facts: Fact[] = [];
  const artifact = artifactOf(execution, origin, source);
  if (artifact) facts.push(artifact);
  for (const stage of deploys) {
    const own = deploys.length === 1 ? execution.id : `${execution.id}/${stage.refId}`;
    const at = stage.endTime ?? stage.startTime;
    const environments = environmentsOf(execution, stage, source);
    for (const environment of environments) {
      const id = environments.length === 1 ? own : `${own}/${environment}`;
      if (at && hasEnded(stage)) {
        facts.push(
          deploymentOf(settingsOf(source), {
            origin,
            id,
            service: execution.application ?? "",
            environment,
            revision: isRollback(stage) ? "" : revisionOf(execution),
            at,
            by: execution.authentication?.user || execution.trigger?.user || "",
            trigger: execution.trigger?.type ?? "",
            status: stage.status,
          }),
        );
      }
      const gates = beforeIt(stage, stages).filter(({ type }) => type === "manualJudgment");
      facts.push(...gates.map((gate) => approvalOf(gate, id, environment, origin, source)));
    }
  }
  return facts;
}

const deployTypes =
  /^(?:deploy|deployManifest|deployCloudFormation|deployService|deployCloudrunManifest|cloneServerGroup|patchManifest|Aws\.LambdaDeploymentStage)$/;

/** Stages inside a deploy stage deploy nothing of their own. */
function isDeploy(stage: Stage): boolean {
  return (deployTypes.test(stage.type) || isRollback(stage)) && !stage.syntheticStageOwner;
}

/** Puts something older back, and does not say what: Spinnaker looks for it while it runs. */
function isRollback({ type }: Stage): boolean {
  return type === "rollbackCluster" || type === "undoRolloutManifest";
}

/** A stage that waits, still runs or was passed over has put nothing anywhere. */
function hasEnded({ status }: Stage): boolean {
  return !/^(?:NOT_STARTED|RUNNING|PAUSED|SUSPENDED|BUFFERED|REDIRECT|SKIPPED)$/i.test(status);
}

/** Stages that must have passed before this one, over any number of steps. */
function beforeIt(stage: Stage, stages: readonly Stage[]): Stage[] {
  const before = new Set<Stage>();
  const pending = [...(stage.requisiteStageRefIds ?? [])];
  for (let ref = pending.pop(); ref !== undefined; ref = pending.pop()) {
    for (const one of stages.filter(({ refId }) => refId === ref)) {
      if (before.has(one)) continue;
      before.add(one);
      pending.push(...(one.requisiteStageRefIds ?? []));
    }
  }
  return [...before];
}

function approvalOf(
  gate: Stage,
  deployment: string,
  environment: string,
  origin: Origin,
  source: Source,
): DeploymentApproval {
  const { judgmentStatus: written, judgmentInput } = gate.context ?? {};
  // Orca takes it in whatever case.
  const judgmentStatus = written?.toLowerCase();
  const decided = gate.lastModified?.lastModifiedTime ?? gate.endTime ?? null;
  const decision = judgmentStatus === "continue" ? "approved" : judgmentStatus === "stop" ? "rejected" : "pending";
  return {
    kind: "deployment-approval",
    origin,
    repository: settingsOf(source).repository,
    deployment,
    environment,
    by: decision === "pending" ? "" : (gate.lastModified?.user ?? ""),
    decision,
    at: decision === "pending" ? null : decided,
    comment: [gate.name, judgmentInput].filter(Boolean).join(": "),
  };
}

function environmentsOf(execution: Execution, { context }: Stage, source: Source): string[] {
  if (source.kind === "spinnaker" && source.environmentFrom === "pipeline") return [execution.name ?? ""];
  const accounts = [context, ...(context?.clusters ?? [])].map((place) => place?.account || place?.credentials || "");
  const named = [...new Set(accounts.filter((account) => account !== ""))];
  return named.length === 0 ? [""] : named;
}

/** The version of what it carried; else the commit that the build was made of. Where that is several, all of them, which lead nowhere. */
function revisionOf({ trigger }: Execution): string {
  const versions = [...new Set((trigger?.artifacts ?? []).flatMap(({ version }) => version || []))];
  const commit = commitOf(trigger);
  return (versions.length > 1 && commit) || versions.join(" ") || commit;
}

function commitOf(trigger: Execution["trigger"]): string {
  return [...new Set((trigger?.buildInfo?.scm ?? []).flatMap(({ sha1 }) => sha1 || []))].join(" ");
}

/** What was carried, and the commit that it was built of, where it is one thing of one commit. */
function artifactOf({ trigger }: Execution, origin: Origin, source: Source): Artifact | null {
  const carried = trigger?.artifacts?.find(({ name, reference }) => name || reference);
  if (!carried) return null;
  const name = carried.reference || [carried.name, carried.version].filter(Boolean).join(":");
  const commit = commitOf(trigger);
  return {
    kind: "artifact",
    origin,
    repository: settingsOf(source).repository,
    name,
    digest: /@(sha256:[0-9a-f]{64})$/.exec(name)?.[1] ?? "",
    commit: commit.includes(" ") ? "" : commit,
    build: String(trigger?.buildInfo?.number ?? ""),
    at: null,
  };
}
