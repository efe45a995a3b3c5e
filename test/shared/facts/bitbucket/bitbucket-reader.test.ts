import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { addFact, createFactSet, repositoryFacts } from "../../../../shared/facts/fact-set.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { Source } from "../../../../shared/model/source.ts";
import { completeRecords } from "../../../../shared/population/host-records.ts";
import { activityOf, headOf, requestOf } from "../../../electron/sources/code-host/bitbucket/fake-bitbucket.ts";
import { checkedFacts, record } from "../recorded-answer.ts";

const source: Source = {
  id: "bb",
  kind: "bitbucket",
  repository: "shop",
  project: "acme/shop",
  apiUrl: "https://api.example/2.0",
  releaseBranch: "main",
  token: { in: "environment", name: "TOKEN" },
};
const request = { id: 12, mergedAt: "2025-03-01T10:00:00.000000+00:00", updatedAt: "2025-03-01T10:00:00.000000+00:00" };
const base = "https://api.example/2.0/repositories/acme/shop/pullrequests/12";

function read(format: EvidenceFormat, content: unknown, path = "") {
  return readEvidence({ ...record(format, content, `${base}${path}`), receivedAt: "2025-07-01T10:00:00.000Z" }, source);
}

it("what Bitbucket spreads over a request, its activity and its commits is put together", () => {
  const set = createFactSet();
  const commit = { hash: headOf(12), message: "Work", author: { raw: "Ada <ada@example.test>" } };
  const facts = [
    ...checkedFacts(read("bitbucket.pull-request", requestOf(request))),
    ...checkedFacts(read("bitbucket.activity", { values: activityOf(request) }, "/activity?pagelen=50")),
    ...checkedFacts(read("bitbucket.commits", { values: [commit] }, "/commits")),
  ];
  for (const fact of facts) addFact(set, fact);
  const [alone] = repositoryFacts(set, "shop").requests;
  expect(alone).toMatchObject({ mergedAt: null, headCommit: headOf(12).slice(0, 12) });
  const { requests, reviews } = completeRecords(set, repositoryFacts(set, "shop"));
  expect(requests[0]).toMatchObject({ mergedAt: "2025-03-01T10:00:00.000Z", mergedBy: "rita", headCommit: headOf(12) });
  expect(reviews).toEqual([expect.objectContaining({ reviewer: "rita", state: "approved", commit: headOf(12) })]);
});

it("an abbreviation that could stand for two commits stays one", () => {
  const set = createFactSet();
  const twins = [`${headOf(12).slice(0, 12)}${"1".repeat(28)}`, `${headOf(12).slice(0, 12)}${"2".repeat(28)}`];
  const values = twins.map((hash) => ({ hash, message: "" }));
  for (const fact of read("bitbucket.pull-request", requestOf(request)).facts) addFact(set, fact);
  for (const fact of read("bitbucket.commits", { values }, "/commits").facts) addFact(set, fact);
  expect(completeRecords(set, repositoryFacts(set, "shop")).requests[0]?.headCommit).toBe(headOf(12).slice(0, 12));
});

it("pages of activity are chained by the mark that each gives for the next", () => {
  const page = (path: string, next?: string) =>
    read("bitbucket.activity", { values: [], ...(next ? { next: `${base}${next}` } : {}) }, path).facts.at(-1);
  expect(page("/activity?pagelen=50", "/activity?pagelen=50&ctx=abc")).toMatchObject({
    request: 12,
    last: false,
    chain: { mark: "", next: "abc" },
  });
  expect(page("/activity?pagelen=50&ctx=abc")).toMatchObject({ last: true, chain: { mark: "abc", next: "" } });
});

it("an update of the words of a request brings no commits", () => {
  const update = { state: "OPEN", date: "2025-01-02T08:00:00Z", source: { commit: { hash: headOf(12).slice(0, 12) } } };
  const eventOf = (changes: object) =>
    read("bitbucket.activity", { values: [{ update: { ...update, changes } }] }, "/activity").facts[0];
  expect(eventOf({ title: { old: "a", new: "b" } })).toMatchObject({ event: "other" });
  expect(eventOf({})).toMatchObject({ event: "pushed" });
});

it("restrictions of one branch are one protection", () => {
  const values = [
    { id: 1, kind: "require_approvals_to_merge", pattern: "main", value: 2 },
    { id: 2, kind: "reset_pullrequest_approvals_on_change", pattern: "main", value: null },
    { id: 3, kind: "force", pattern: "main", value: null },
    { id: 4, kind: "push", pattern: "release/*", value: null },
  ];
  const facts = checkedFacts(read("bitbucket.restrictions", { values }));
  expect(facts).toEqual([
    expect.objectContaining({
      branch: "main",
      requiredApprovals: 2,
      dismissesStaleApprovals: true,
      allowsForcePush: false,
    }),
    expect.objectContaining({ branch: "release/*", requiredApprovals: 0, allowsForcePush: true }),
  ]);
});
