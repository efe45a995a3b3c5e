import { describe, expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import { Source } from "../../../../shared/model/source.ts";
import { checkedFacts, record } from "../recorded-answer.ts";

const common = { id: "tool", repository: "shop", token: { in: "environment", name: "UNUSED" } };
const at = Date.parse("2025-02-01T10:00:00Z");

function read(source: Record<string, unknown>, format: EvidenceFormat, content: unknown) {
  const facts = checkedFacts(readEvidence(record(format, content), Source.parse({ ...common, ...source })));
  return {
    deployments: facts.flatMap((fact) => (fact.kind === "deployment" ? [fact] : [])),
    approvals: facts.flatMap((fact) => (fact.kind === "deployment-approval" ? [fact] : [])),
    artifacts: facts.flatMap((fact) => (fact.kind === "artifact" ? [fact] : [])),
  };
}

describe("Spinnaker", () => {
  const spinnaker = { kind: "spinnaker", apiUrl: "https://gate.example", application: "shop" };
  const stage = (fields: Record<string, unknown>) => ({
    refId: "1",
    type: "deploy",
    status: "SUCCEEDED",
    endTime: at,
    ...fields,
  });
  const readStages = (stages: unknown[], trigger: Record<string, unknown> = {}) =>
    read(spinnaker, "spinnaker.executions", [{ id: "01A", name: "Release", trigger, stages }]);

  it("a deploy stage that deploys to several accounts is a deployment in each", () => {
    const clusters = [{ account: "staging" }, { account: "production" }, { account: "production" }];
    const { deployments } = readStages([stage({ context: { clusters } })]);
    expect(deployments.map(({ id, environment, production }) => [id, environment, production])).toEqual([
      ["01A/staging", "staging", false],
      ["01A/production", "production", true],
    ]);
  });

  it.each([
    ["SUCCEEDED", 1],
    ["TERMINAL", 1],
    ["STOPPED", 1],
    ["SKIPPED", 0],
    ["NOT_STARTED", 0],
    ["RUNNING", 0],
    ["SUSPENDED", 0],
  ])("a deploy stage that is %s is so many deployments: %d", (status, count) => {
    expect(readStages([stage({ status, context: { account: "production" } })]).deployments.length).toBe(count);
  });

  it("a rollback is a deployment of what Spinnaker does not name", () => {
    const context = { credentials: "production" };
    const artifacts = [{ name: "shop/web", version: "v7" }];
    const { deployments } = readStages([stage({ type: "rollbackCluster", context })], { artifacts });
    expect(deployments).toMatchObject([{ environment: "production", revision: "" }]);
  });

  it("of several things that were carried none is taken for the deployed one", () => {
    const artifacts = ["v7", "v2"].map((version) => ({ name: "shop/web", version }));
    const context = { account: "production" };
    const commit = "a".repeat(40);
    const revisionOf = (trigger: Record<string, unknown>) =>
      readStages([stage({ context })], trigger).deployments[0]?.revision;
    expect(revisionOf({ artifacts })).toBe("v7 v2");
    expect(revisionOf({ artifacts, buildInfo: { scm: [{ sha1: commit }] } })).toBe(commit);
    const scm = [{ sha1: commit }, { sha1: "b".repeat(40) }];
    expect(readStages([stage({ context })], { artifacts, buildInfo: { scm } }).artifacts[0]?.commit).toBe("");
  });

  it("a judgement is read in whatever case", () => {
    const gate = { refId: "0", type: "manualJudgment", status: "TERMINAL", context: { judgmentStatus: "Stop" } };
    const { approvals } = readStages([
      gate,
      stage({ requisiteStageRefIds: ["0"], context: { account: "production" } }),
    ]);
    expect(approvals.map(({ decision }) => decision)).toEqual(["rejected"]);
  });
});

describe("CodeDeploy", () => {
  const codedeploy = { kind: "codedeploy", region: "eu-west-1", application: "shop" };
  const readInfo = (fields: Record<string, unknown>) => {
    const info = { deploymentId: "d-1", deploymentGroupName: "production", createTime: at / 1000, ...fields };
    return read(codedeploy, "codedeploy.deployments", { deploymentsInfo: [info] }).deployments;
  };

  it.each(["Created", "Queued", "InProgress", "Baking", "Ready"])("what is %s has deployed nothing yet", (status) => {
    expect(readInfo({ status })).toEqual([]);
  });

  it.each([
    ["Stopped", {}, "Stopped"],
    ["Succeeded", { Failed: 0, Skipped: 0, Succeeded: 4 }, "Succeeded"],
    ["Succeeded", { Failed: 1, Succeeded: 3 }, "Succeeded, not on 1 failed and 0 skipped instances"],
    [undefined, {}, "not told"],
  ])("that ended as %s says so, and on how many instances it did not (%j)", (status, deploymentOverview, expected) => {
    expect(readInfo({ status, deploymentOverview }).map(({ status }) => status)).toEqual([expected]);
  });
});

describe("Octopus Deploy", () => {
  const octopus = { kind: "octopus", apiUrl: "https://octopus.example", deployProject: "web" };
  const names = { "Releases-1": "1.0", "Environments-1": "production", "Users-1": "ada" };
  const readItem = (format: "octopus.deployments" | "octopus.interruptions", fields: object, state?: string) => {
    const item = { Id: "X-1", Created: "2025-02-01T10:00:00Z", ...fields };
    const input = record(format, { Items: [item] });
    const reading = { names: state === undefined ? names : { ...names, "ServerTasks-1": state } };
    return checkedFacts(readEvidence({ ...input, reading }, Source.parse({ ...common, ...octopus })));
  };

  it.each([
    ["Success", {}, ["Success"]],
    ["Success", { FailureEncountered: true }, ["Success after a failure that was passed over"]],
    ["Success", { SpecificMachineIds: ["Machines-1"] }, ["Success on a part of the machines"]],
    ["Failed", {}, ["Failed"]],
    ["Executing", {}, []],
    ["Queued", {}, []],
    [undefined, {}, ["not received"]],
  ])("a task in the state %s (%j) is a deployment that ended so: %j", (state, fields, expected) => {
    const ids = { ReleaseId: "Releases-1", EnvironmentId: "Environments-1", TaskId: "ServerTasks-1" };
    const facts = readItem(
      "octopus.deployments",
      { ...ids, DeployedBy: "Ada", DeployedById: "Users-1", ...fields },
      state,
    );
    expect(facts.flatMap((fact) => (fact.kind === "deployment" ? [fact.status] : []))).toEqual(expected);
    for (const fact of facts) expect(fact).toMatchObject({ by: "ada" });
  });

  it.each([
    [{ ResponsibleUserActorType: "User" }, ["ada"]],
    [{ ResponsibleUserActorType: "Agent", ResponsibleUserActor: "helper" }, ["ada through Agent helper"]],
    [{ Type: "PullRequestCompletion" }, []],
    [{ Type: "ManualIntervention" }, ["ada"]],
  ])("an answer %j is one by %j", (fields, expected) => {
    const answered = { IsPending: false, ResponsibleUserId: "Users-1", Form: { Values: { Result: "Proceed" } } };
    const facts = readItem("octopus.interruptions", { ...answered, ...fields });
    expect(facts.flatMap((fact) => (fact.kind === "deployment-approval" ? [fact.by] : []))).toEqual(expected);
  });
});

describe("Argo CD", () => {
  const argocd = { kind: "argocd", apiUrl: "https://argocd.example", applications: ["web"], production: ["web"] };
  const readLast = (phase: string, sync: object) => {
    const operation = { sync, initiatedBy: { username: "ada" } };
    const operationState = { phase, finishedAt: "2025-02-01T10:00:00Z", syncResult: { revision: "b" }, operation };
    const application = {
      metadata: { name: "web" },
      spec: { destination: {} },
      status: { history: [], operationState },
    };
    return read(argocd, "argocd.application", application).deployments.map(({ by, revision, status }) => [
      by,
      revision,
      status,
    ]);
  };

  it("the last operation is a deployment where it is none of the history", () => {
    expect(readLast("Failed", {})).toEqual([["ada", "b", "Failed"]]);
    const resources = [{ kind: "Deployment", name: "web" }];
    expect(readLast("Succeeded", { resources })).toEqual([["ada", "b", "Succeeded, of a part of the resources"]]);
    expect(readLast("Succeeded", {})).toEqual([]);
    expect(readLast("Running", {})).toEqual([]);
    expect(readLast("Failed", { dryRun: true })).toEqual([]);
  });
});
