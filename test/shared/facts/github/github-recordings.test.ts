import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { FactKind } from "../../../../shared/model/facts.ts";
import type { Source } from "../../../../shared/model/source.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { checkedFacts, reasonsOf, record } from "../recorded-answer.ts";

const source: Source = {
  id: "handed-over",
  kind: "files",
  path: "recordings",
  repository: "shop",
  scope: "",
  production: ["production", "github-pages"],
  pipelineAccounts: [],
  note: "",
};

function read(format: EvidenceFormat, path: string, locator = path) {
  const bytes = readFileSync(path);
  return readEvidence(record(format, path.endsWith(".gz") ? gunzipSync(bytes) : bytes, locator), source);
}

describeRecorded("github-webhooks", "recorded deliveries of GitHub's webhooks", (folder) => {
  it.each<[string, readonly FactKind[]]>([
    ["pull_request.jsonl", ["change-request", "request-event"]],
    ["pull_request_review.jsonl", ["change-request", "review"]],
    ["deployment.jsonl", ["deployment"]],
    ["deployment_status.jsonl", ["deployment", "deployment-status"]],
    ["workflow_run.jsonl", ["build"]],
    ["workflow_job.jsonl", ["build-job"]],
    ["check_run.jsonl", ["build", "build-job"]],
    ["status.jsonl", ["build"]],
    ["code_scanning_alert.jsonl", ["analysis-finding"]],
    ["branch_protection_rule.jsonl", ["branch-protection"]],
    ["push.jsonl", []],
    ["check_suite.jsonl", []],
    ["member.jsonl", []],
    ["release.jsonl", []],
  ])("%s gives facts of kind %j, and no line is lost", (name, kinds) => {
    const result = read("github.webhooks", join(folder, name));
    expect(reasonsOf(result)).toEqual([]);
    const found = new Set<string>(checkedFacts(result).map(({ kind }) => kind));
    for (const kind of kinds) expect(found).toContain(kind);
    expect(found.delete("request-details") ? [...found] : [...found]).toHaveLength(kinds.length);
  });

  it("a delivery of a submitted and of a dismissed review says so", () => {
    const facts = checkedFacts(read("github.webhooks", join(folder, "pull_request_review.jsonl")));
    expect(facts.flatMap((fact) => (fact.kind === "review" ? [fact.state] : []))).toEqual(["commented", "dismissed"]);
  });

  it("an envelope with the delivery as payload is read the same", () => {
    const [line = ""] = readFileSync(join(folder, "deployment_status.jsonl"), "utf8").split("\n");
    const bare = readEvidence(record("github.webhooks", line), source).facts;
    const wrapped = readEvidence(
      record("github.webhooks", `{"event":"deployment_status","payload":${line}}`),
      source,
    ).facts;
    expect(wrapped.map(({ kind }) => kind)).toEqual(bare.map(({ kind }) => kind));
    expect(bare.map(({ kind }) => kind)).toEqual(["deployment", "deployment-status"]);
  });
});

describeRecorded("ants", "recorded elements of GitHub's answers", (folder) => {
  it.each<[string, FactKind | null, number]>([
    ["github_pull_requests.jsonl.gz", "change-request", 27],
    ["github_pull_request_reviews.jsonl", "review", 15],
    ["github_pull_request_commits.jsonl.gz", "request-commit", 38],
    ["github_pull_request_review_comments.jsonl", "request-comment", 16],
    ["github_actions_runs.jsonl.gz", "build", 8],
    ["github_actions_jobs.jsonl", "build-job", 30],
    ["github_issues.jsonl.gz", null, 0],
    ["github_accounts.jsonl", null, 0],
  ])("%s gives facts of kind %s, and no line is lost", (name, kind, count) => {
    const result = read("github.collected-lines", join(folder, name));
    expect(reasonsOf(result)).toEqual([]);
    expect(checkedFacts(result).filter((fact) => fact.kind === kind)).toHaveLength(count);
  });

  it("comments of issues are no comments of requests", () => {
    const result = read("github.collected-lines", join(folder, "github_comments.jsonl.gz"));
    expect(reasonsOf(result)).toEqual([]);
    const facts = checkedFacts(result);
    expect(facts.length).toBeGreaterThan(0);
    expect(facts.length).toBeLessThan(94);
  });

  it("no line vouches that a list of reviews is whole", () => {
    const result = read("github.collected-lines", join(folder, "github_pull_request_reviews.jsonl"));
    expect(result.facts.some(({ kind }) => kind === "review-page")).toBe(false);
  });
});

describeRecorded("github-deployments", "recorded deployments of GitHub's GraphQL API", (folder) => {
  const path = join(folder, "graphql_deployments_OpenBIC.jsonl");

  it("come with their statuses", () => {
    const result = read("github.collected-lines", path);
    expect(reasonsOf(result)).toEqual([]);
    const facts = checkedFacts(result);
    const deployments = facts.flatMap((fact) => (fact.kind === "deployment" ? [fact] : []));
    expect(deployments.length).toBeGreaterThan(1);
    expect(deployments[0]).toMatchObject({ id: "3881429895", environment: "github-pages", production: true });
    const states = facts.flatMap((fact) =>
      fact.kind === "deployment-status" && fact.deployment === "3881429895" ? [fact.state] : [],
    );
    expect(states).toEqual(["success", "in_progress", "queued"]);
  });

  it("are read the same as a page of the API", () => {
    const nodes = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { data: unknown }).data);
    const page = record("github.graphql-deployments", { data: { repository: { deployments: { nodes } } } });
    const strip = (facts: readonly { origin: unknown }[]) => facts.map(({ origin, ...fact }) => fact);
    expect(strip(readEvidence(page, source).facts)).toEqual(strip(read("github.collected-lines", path).facts));
  });
});

describeRecorded("github-http", "recorded exchanges with GitHub", (folder) => {
  it.each(["create-status.json", "errors.json", "rename-repository.json", "paginate-issues.json.gz"])(
    "%s is read where it was asked for reading, and nothing of it is lost",
    (name) => {
      expect(reasonsOf(read("github.exchanges", join(folder, name)))).toEqual([]);
    },
  );

  it("statuses of a commit in an exchange are builds of that commit", () => {
    const facts = checkedFacts(read("github.exchanges", join(folder, "create-status.json")));
    const commit = "2a6c97f6f5dc9166cc2e5d0d95415a386805ca07";
    expect(facts).toEqual([
      expect.objectContaining({ kind: "build", commit, conclusion: "success", completed: true }),
      expect.objectContaining({ kind: "build", commit, conclusion: "failure", completed: true }),
    ]);
  });
});
