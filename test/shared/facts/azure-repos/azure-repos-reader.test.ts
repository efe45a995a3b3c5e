import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { Source } from "../../../../shared/model/source.ts";
import { checkedFacts, record } from "../recorded-answer.ts";

const source: Source = {
  id: "host",
  kind: "azure-repos",
  repository: "shop",
  organisationUrl: "https://azure.example/acme",
  azureProject: "shop",
  azureRepository: "shop",
  releaseBranch: "main",
  token: { in: "environment", name: "TOKEN" },
};

function factsOf(format: EvidenceFormat, value: readonly object[]) {
  const name = format === "azure-repos.threads" ? "threads" : "iterations";
  const address = `https://azure.example/acme/_apis/git/repositories/shop/pullRequests/7/${name}`;
  return checkedFacts(readEvidence(record(format, { count: value.length, value }, address), source));
}

const at = "2025-02-01T10:00:00Z";
const rita = { uniqueName: "rita@example.test", displayName: "Rita" };

function vote(result: number) {
  return {
    ...{ id: 1, publishedDate: at, comments: [], identities: { 1: rita } },
    properties: {
      CodeReviewThreadType: { $value: "VoteUpdate" },
      CodeReviewVoteResult: { $value: String(result) },
      CodeReviewVotedByIdentity: { $value: "1" },
    },
  };
}

it.each([
  [10, "approved"],
  [5, "approved"],
  [0, "dismissed"],
  [-5, "changes-requested"],
  [-10, "changes-requested"],
])("a vote of %i is read as %s", (result, state) => {
  const reviews = factsOf("azure-repos.threads", [vote(result)]).filter(({ kind }) => kind === "review");
  expect(reviews).toMatchObject([{ reviewer: "rita@example.test", state }]);
});

it.each([
  ["create", ["pushed"]],
  ["push", ["pushed"]],
  ["resolveConflicts", ["pushed"]],
  ["forcePush", ["force-pushed"]],
  ["rebase", ["force-pushed"]],
  ["retarget", ["retargeted"]],
  ["push, retarget", ["retargeted", "pushed"]],
])("an iteration for the reason %s is read as %s", (reason, events) => {
  const iteration = { id: 1, createdDate: at, author: rita, reason, sourceRefCommit: { commitId: "a".repeat(40) } };
  const told = events.map((event) => ({ event, by: "rita@example.test" }));
  expect(factsOf("azure-repos.iterations", [iteration])).toMatchObject(told);
});

it("labels of a pull request are read, without those that were taken off", () => {
  const request = {
    ...{ pullRequestId: 7, title: "", url: "", status: "completed", creationDate: at, closedDate: at },
    ...{ sourceRefName: "refs/heads/x", targetRefName: "refs/heads/main", createdBy: rita, closedBy: rita },
    ...{ lastMergeSourceCommit: { commitId: "a".repeat(40) }, lastMergeCommit: { commitId: "b".repeat(40) } },
    labels: [
      { name: "high-risk", active: true },
      { name: "small", active: false },
    ],
  };
  const facts = checkedFacts(readEvidence(record("azure-repos.pull-request", request), source));
  expect(facts).toContainEqual(expect.objectContaining({ kind: "request-details", request: 7, labels: ["high-risk"] }));
});

it("who is removed as a reviewer takes the vote along, and who did that is told besides", () => {
  const thread = {
    ...{ id: 3, publishedDate: at, identities: { 1: { uniqueName: "ada@example.test" }, 2: rita } },
    comments: [{ id: 1, author: { uniqueName: "ada@example.test" }, publishedDate: at, commentType: "system" }],
    properties: {
      CodeReviewThreadType: { $value: "ReviewersUpdate" },
      CodeReviewReviewersUpdatedRemovedIdentity: { $value: "2" },
    },
  };
  const events = factsOf("azure-repos.threads", [thread]).filter(({ kind }) => kind === "request-event");
  expect(events).toMatchObject([
    { event: "review-requested", by: "ada@example.test" },
    { event: "approval-withdrawn", by: "rita@example.test" },
  ]);
});
