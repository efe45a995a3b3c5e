import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { Source } from "../../../../shared/model/source.ts";
import { checkedFacts, record } from "../recorded-answer.ts";

const source: Source = {
  id: "host",
  kind: "bitbucket-server",
  repository: "shop",
  siteUrl: "https://bitbucket.example",
  project: "ACME/shop",
  releaseBranch: "main",
  token: { in: "environment", name: "TOKEN" },
};
const address =
  "https://bitbucket.example/rest/api/1.0/projects/ACME/repos/shop/pull-requests/7/activities?limit=100&start=0";

function factsOf(activity: object) {
  const values = [{ id: 1, createdDate: 1_738_400_000_000, user: { name: "ada" }, ...activity }];
  const facts = checkedFacts(
    readEvidence(record("bitbucket-server.activities", { values, isLastPage: true }, address), source),
  );
  return facts.flatMap((fact) => {
    if (fact.kind === "review") return [`${fact.state} by ${fact.reviewer}`];
    return fact.kind === "request-event" ? [`${fact.event} by ${fact.by}`] : [];
  });
}

it.each([
  ["APPROVED", ["approved by ada", "other by ada"]],
  ["UNAPPROVED", ["dismissed by ada", "approval-withdrawn by ada"]],
  ["REVIEWED", ["changes-requested by ada", "other by ada"]],
  ["SOMETHING_NEW", ["other by ada"]],
])("an activity %s is read as %s", (action, told) => {
  expect(factsOf({ action })).toEqual(told);
});

it("who is removed as a reviewer takes the approval along", () => {
  expect(factsOf({ action: "UPDATED", addedReviewers: [], removedReviewers: [{ name: "rita" }] })).toEqual([
    ...["other by ada", "approval-withdrawn by rita"],
  ]);
});
