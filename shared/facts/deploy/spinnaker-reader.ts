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
      clusters: z.array(z.object({ account: Text })).nullish(),
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

/** Each deploy stage that ran is a deployment, and each manual judgement before it an approval of it. */
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
    const id = deploys.length === 1 ? execution.id : `${execution.id}/${stage.refId}`;
    const environment = environmentOf(execution, stage, source);
    const at = stage.endTime ?? stage.startTime;
    if (at) {
      facts.push(
        deploymentOf(settingsOf(source), {
          origin,
          id,
          service: execution.application ?? "",
          environment,
          revision: revisionOf(execution),
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
  return facts;
}

/** Stages inside a deploy stage deploy nothing of their own. */
function isDeploy({ type, syntheticStageOwner }: Stage): boolean {
  return (
    /^(deploy|deployManifest|deployCloudFormation|deployService|deployCloudrunManifest)$/.test(type) &&
    !syntheticStageOwner
  );
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
  const { judgmentStatus, judgmentInput } = gate.context ?? {};
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

function environmentOf(execution: Execution, { context }: Stage, source: Source): string {
  if (source.kind === "spinnaker" && source.environmentFrom === "pipeline") return execution.name ?? "";
  return context?.account ?? context?.clusters?.find(({ account }) => account)?.account ?? "";
}

/** The commit that the build was made of, where the trigger tells it; else the version of what it carried. */
function revisionOf({ trigger }: Execution): string {
  const carried = trigger?.artifacts?.find(({ version }) => version)?.version;
  return carried || trigger?.buildInfo?.scm?.find(({ sha1 }) => sha1)?.sha1 || "";
}

function artifactOf({ trigger }: Execution, origin: Origin, source: Source): Artifact | null {
  const carried = trigger?.artifacts?.find(({ name, reference }) => name || reference);
  if (!carried) return null;
  const name = carried.reference || [carried.name, carried.version].filter(Boolean).join(":");
  return {
    kind: "artifact",
    origin,
    repository: settingsOf(source).repository,
    name,
    digest: /@(sha256:[0-9a-f]{64})$/.exec(name)?.[1] ?? "",
    commit: trigger?.buildInfo?.scm?.find(({ sha1 }) => sha1)?.sha1 ?? "",
    build: String(trigger?.buildInfo?.number ?? ""),
    at: null,
  };
}
