import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { Source } from "../../../../shared/model/source.ts";
import { checkedFacts, record } from "../recorded-answer.ts";

const source: Source = {
  id: "ci",
  kind: "azure-pipelines",
  repository: "shop",
  organisationUrl: "https://azure.example/acme",
  azureProject: "shop",
  releaseBranch: "main",
  azureRepositoryType: "TfsGit",
  token: { in: "environment", name: "TOKEN" },
};

const grace = { displayName: "Grace", uniqueName: "grace@example.test" };
const ben = { displayName: "Ben", uniqueName: "ben@example.test" };

/** Answers at a gate by the words of Azure's own enumeration (pipelinesapproval.json, ApprovalStatus). */
function decisionsOf(status: string, steps: readonly (readonly [object, string])[]) {
  const value = [
    {
      ...{ id: "gate", status, minRequiredApprovers: steps.length, pipeline: { owner: { id: 7 } } },
      steps: steps.map(([actualApprover, said]) => ({
        ...{ actualApprover, assignedApprover: ben, status: said, lastModifiedOn: "2025-02-01T11:00:00Z" },
      })),
    },
  ];
  const facts = checkedFacts(readEvidence(record("azure-pipelines.approvals", { count: 1, value }), source));
  return facts.flatMap((fact) => (fact.kind === "deployment-approval" ? [[fact.by, fact.decision, fact.at]] : []));
}

const time = "2025-02-01T11:00:00.000Z";

it("a yes opens a gate that was approved as a whole", () => {
  expect(decisionsOf("approved", [[grace, "approved"]])).toEqual([["grace@example.test", "approved", time]]);
});

it.each(["undefined", "uninitiated", "pending", "skipped", "canceled", "timedOut", "failed", "completed", "deferred"])(
  "a yes at a gate that is %s opens nothing",
  (status) => {
    expect(decisionsOf(status, [[grace, "approved"]])).toEqual([["grace@example.test", "pending", null]]);
  },
);

it("a yes at a gate that another declined is none, and the no stands", () => {
  const steps = [
    [grace, "approved"],
    [ben, "rejected"],
  ] as const;
  expect(decisionsOf("rejected", steps)).toEqual([
    ["grace@example.test", "pending", null],
    ["ben@example.test", "rejected", time],
  ]);
});
