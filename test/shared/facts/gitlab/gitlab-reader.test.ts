import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { FactKind } from "../../../../shared/model/facts.ts";
import type { Source } from "../../../../shared/model/source.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { checkedFacts, reasonsOf, record } from "../recorded-answer.ts";

const source: Source = {
  id: "gitlab",
  kind: "gitlab",
  repository: "shop",
  project: "acme/shop",
  apiUrl: "https://gitlab.example/api/v4",
  releaseBranch: "main",
  production: ["production"],
  token: { in: "environment", name: "TOKEN" },
};

const api = "https://gitlab.example/api/v4/projects/acme%2Fshop";
const sha = "a".repeat(40);

function read(format: EvidenceFormat, content: unknown, path = "") {
  return readEvidence({ ...record(format, content, `${api}${path}`), receivedAt: "2025-07-01T10:00:00.000Z" }, source);
}

function note(body: string, changes: Record<string, unknown> = {}) {
  const author = { username: "rita" };
  return { id: 1, body, author, created_at: "2025-03-01T10:00:00.000Z", system: true, noteable_iid: 12, ...changes };
}

const notesPath = "/merge_requests/12/notes?order_by=created_at&sort=asc&per_page=100&page=1";

describe("a GitLab note", () => {
  it.each([
    ["approved this merge request", "approved"],
    ["unapproved this merge request", "dismissed"],
    ["requested changes", "changes-requested"],
  ])("by GitLab itself that somebody %s is a review, with its time", (body, state) => {
    const [review] = checkedFacts(read("gitlab.notes", [note(body)], notesPath)).filter(
      ({ kind }) => kind === "review",
    );
    expect(review).toMatchObject({
      request: 12,
      reviewer: "rita",
      state,
      at: "2025-03-01T10:00:00.000Z",
      commit: null,
    });
  });

  it("by a person that reads like an approval is a comment and nothing else", () => {
    const facts = checkedFacts(
      read("gitlab.notes", [note("approved this merge request", { system: false })], notesPath),
    );
    expect(facts.map(({ kind }) => kind)).toEqual(["request-comment", "review-page"]);
  });

  it("about a push that took approvals back takes back those of who is named, not of who pushed", () => {
    const body = "reset approvals from @rita and @sam by pushing to the branch";
    const facts = checkedFacts(read("gitlab.notes", [note(body, { author: { username: "ada" } })], notesPath));
    const dismissed = facts.flatMap((fact) => (fact.kind === "review" ? [`${fact.reviewer} ${fact.state}`] : []));
    expect(dismissed).toEqual(["rita dismissed", "sam dismissed"]);
    expect(facts).toContainEqual(
      expect.objectContaining({ kind: "request-event", event: "review-dismissed", by: "ada" }),
    );
  });

  it.each([
    ["added 2 commits\n\n<ul><li>abbe0ab2 - more</li></ul>", "pushed"],
    ["requested review from @rita", "review-requested"],
    ["changed target branch from `dev` to `main`", "retargeted"],
    ["merged", "merged"],
    ["mentioned in commit 1234567", "other"],
  ])("%j is the event %s", (body, event) => {
    const facts = checkedFacts(read("gitlab.notes", [note(body)], notesPath));
    expect(facts).toContainEqual(expect.objectContaining({ kind: "request-event", event }));
  });

  it("that cannot be read leaves its page without vouching for the list", () => {
    const result = read("gitlab.notes", [note("merged"), { id: 2 }], notesPath);
    expect(reasonsOf(result)).toHaveLength(1);
    expect(result.facts.some(({ kind }) => kind === "review-page")).toBe(false);
  });
});

it("pages of notes say which page they are and whether one follows", () => {
  const page = (rows: number, path: string) =>
    read(
      "gitlab.notes",
      Array.from({ length: rows }, (_, index) => note("merged", { id: index + 1 })),
      path,
    ).facts.at(-1);
  expect(page(100, notesPath)).toMatchObject({ kind: "review-page", request: 12, page: 1, last: false });
  expect(page(3, notesPath.replace("&page=1", "&page=2"))).toMatchObject({ page: 2, last: true });
  expect(page(20, "/merge_requests/12/notes")).toMatchObject({ page: 1, last: false });
});

describe("a merge request", () => {
  const merged = {
    iid: 12,
    title: "More",
    state: "merged",
    author: { username: "ada" },
    created_at: "2025-03-01T10:00:00.000+01:00",
    merged_at: "2025-03-02T10:00:00.000Z",
    merge_user: { username: "mel" },
    source_branch: "more",
    target_branch: "main",
    sha,
    merge_commit_sha: "b".repeat(40),
    web_url: "https://gitlab.example/acme/shop/-/merge_requests/12",
  };
  const requestIn = (changes: Record<string, unknown>) =>
    checkedFacts(read("gitlab.merge-request", { ...merged, ...changes }))[0];

  it("is merged by its merge commit; without one by the squashed, or by its own last commit", () => {
    expect(requestIn({})).toMatchObject({ system: "gitlab", number: 12, mergeCommit: "b".repeat(40), mergedBy: "mel" });
    expect(requestIn({ merge_commit_sha: null, squash_commit_sha: "c".repeat(40) })).toMatchObject({
      mergeCommit: "c".repeat(40),
    });
    expect(requestIn({ merge_commit_sha: null })).toMatchObject({ mergeCommit: sha });
    expect(requestIn({ state: "closed", merged_at: null })).toMatchObject({ state: "closed", mergeCommit: null });
  });

  it("of a deleted account names nobody, and of a project's token a bot", () => {
    expect(requestIn({ author: { username: "ghost1" } })).toMatchObject({ author: "", authorType: "unknown" });
    expect(requestIn({ author: { username: "project_7_bot_a1b2" } })).toMatchObject({ authorType: "bot" });
  });
});

describe("a GitLab deployment", () => {
  const deployment = {
    id: 9,
    iid: 1,
    ref: "main",
    sha,
    status: "success",
    created_at: "2025-03-01T10:00:00.000Z",
    user: { username: "mel" },
    environment: { name: "production" },
    deployable: { id: 5, name: "deploy", finished_at: "2025-03-01T10:05:00.000Z" },
    approvals: [
      { user: { username: "rita" }, status: "approved", created_at: "2025-03-01T09:00:00.000Z", comment: "go" },
    ],
  };

  it("came to its environment when its job ended, for the person who started it, past who approved it", () => {
    const [fact, gate] = checkedFacts(read("gitlab.deployment", deployment));
    expect(fact).toMatchObject({
      at: "2025-03-01T10:05:00.000Z",
      requestedBy: "mel",
      byPipeline: true,
      production: true,
    });
    expect(gate).toMatchObject({ kind: "deployment-approval", deployment: "9", by: "rita", decision: "approved" });
  });

  it.each(["created", "running", "blocked", "skipped"])("that is %s has put nothing anywhere", (status) => {
    expect(read("gitlab.deployments", [{ ...deployment, status, approvals: [] }]).facts).toEqual([]);
  });

  it("without a job was not made by the pipeline", () => {
    const [fact] = checkedFacts(read("gitlab.deployments", [{ ...deployment, deployable: null, approvals: [] }]));
    expect(fact).toMatchObject({ byPipeline: false, trigger: "api", by: "mel" });
  });
});

it("a protected branch stands as it was received, and cannot be dated where that is not known", () => {
  const branches = [{ name: "main", allow_force_push: false }];
  const [fact] = checkedFacts(read("gitlab.protected-branches", branches));
  expect(fact).toMatchObject({ branch: "main", at: "2025-07-01T10:00:00.000Z", enabled: true, allowsForcePush: false });
  const undated = readEvidence(record("gitlab.protected-branches", branches), source);
  expect(reasonsOf(undated)).toEqual(["/0: it says no time, and when it was received is not known"]);
});

describeRecorded("gitlab", "recorded answers of GitLab", (folder) => {
  const lines = (name: string) =>
    readEvidence(record("gitlab.collected-lines", readFileSync(join(folder, name))), source);

  it.each<[string, FactKind, number]>([
    ["merge_requests.jsonl", "change-request", 10],
    ["merge_request_commits.jsonl", "request-commit", 37],
    ["pipelines.jsonl", "build", 15],
    ["jobs.jsonl", "build-job", 20],
    ["merge_request_notes.jsonl", "request-comment", 4],
  ])("%s gives facts of kind %s, and none of its lines is lost", (name, kind, count) => {
    const result = lines(name);
    expect(result.unread).toEqual([]);
    expect(checkedFacts(result).filter((fact) => fact.kind === kind)).toHaveLength(count);
  });

  it("deployments count where they came to an end", () => {
    const facts = checkedFacts(lines("deployments.jsonl"));
    expect(facts.map((fact) => (fact.kind === "deployment" ? fact.status : fact.kind))).toEqual([
      "success",
      "failed",
      "canceled",
    ]);
  });

  it("approvals say how many were required", () => {
    const [{ response }] = JSON.parse(readFileSync(join(folder, "merge_request_approvals.json"), "utf8")) as [
      { response: unknown },
    ];
    const [fact] = checkedFacts(read("gitlab.approvals", response, "/merge_requests/27117/approvals"));
    expect(fact).toMatchObject({ kind: "approval-rule", request: 27117, requiredApprovals: 1 });
  });

  it("have every member that the double of the tests has, of the same type", async () => {
    const { requestOf } = await import("../../../electron/sources/code-host/gitlab/fake-gitlab.ts");
    const double = requestOf({ iid: 1, mergedAt: "2025-01-01T00:00:00.000Z", updatedAt: "2025-01-01T00:00:00.000Z" });
    const [first = ""] = readFileSync(join(folder, "merge_requests.jsonl"), "utf8").split("\n");
    const { data } = JSON.parse(first) as { data: Record<string, unknown> };
    for (const [name, value] of Object.entries(double)) {
      expect(data, name).toHaveProperty(name);
      if (value !== null && data[name] !== null) expect(typeof data[name], name).toBe(typeof value);
    }
  });
});
