import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { checkedFacts, reasonsOf, record } from "../recorded-answer.ts";

const source: SourceOf<"github-files"> = {
  id: "source",
  kind: "github-files",
  repository: "shop",
  project: "acme/shop",
  path: "export",
};
const sha = (digit: string) => digit.repeat(40);
const url = "https://api.github.com/repos/acme/shop";

function read(format: EvidenceFormat, content: unknown, locator?: string) {
  return readEvidence(record(format, content, locator), source);
}

function pull(more: object = {}) {
  return {
    number: 7,
    title: "Refund in euro",
    html_url: "https://github.com/acme/shop/pull/7",
    state: "closed",
    user: { login: "ada", type: "User" },
    created_at: "2025-03-01T08:00:00Z",
    merged_at: "2025-03-02T08:00:00Z",
    merge_commit_sha: sha("c"),
    head: { ref: "SHOP-1-refund", sha: sha("a"), repo: null },
    base: { ref: "main" },
    ...more,
  };
}

function review(more: object = {}) {
  return {
    id: 1,
    user: { login: "bo", type: "User" },
    state: "APPROVED",
    submitted_at: "2025-03-01T10:00:00Z",
    commit_id: sha("a"),
    author_association: "MEMBER",
    pull_request_url: `${url}/pulls/7`,
    ...more,
  };
}

const reviewsOf7 = `${url}/pulls/7/reviews?per_page=100&page=1`;

it("a listed request says neither who merged it nor how many commits it has; by itself it says both", () => {
  const [listed] = checkedFacts(read("github.pulls", [pull()]));
  expect(listed).toMatchObject({
    kind: "change-request",
    origin: { place: "/0", source: "source" },
    repository: "shop",
    number: 7,
    author: "ada",
    authorType: "user",
    sourceBranch: "SHOP-1-refund",
    targetBranch: "main",
    headCommit: sha("a"),
    state: "merged",
    mergedAt: "2025-03-02T08:00:00.000Z",
    mergeCommit: sha("c"),
    mergedBy: "",
    commits: null,
  });
  const [single] = checkedFacts(read("github.pull", pull({ merged_by: { login: "cy", type: "Bot" }, commits: 3 })));
  expect(single).toMatchObject({ origin: { place: "" }, mergedBy: "cy", commits: 3 });
});

it("the trial merge of a request that was never merged is no merge commit", () => {
  const facts = checkedFacts(
    read("github.pulls", [pull({ merged_at: null }), pull({ merged_at: null, state: "open" })]),
  );
  expect(facts).toMatchObject([
    { state: "closed", mergeCommit: null, mergedAt: null },
    { state: "open", mergeCommit: null },
  ]);
});

it("an account that was deleted is nobody, whether the host writes null or ghost", () => {
  const facts = checkedFacts(
    read("github.pulls", [pull({ user: null }), pull({ user: { login: "ghost", type: "User" } })]),
  );
  expect(facts).toMatchObject([
    { author: "", authorType: "unknown" },
    { author: "", authorType: "unknown" },
  ]);
});

it("an account is a bot only where the host says so, not by its name", () => {
  const named = pull({ user: { login: "nice[bot]", type: "User" } });
  const said = pull({ user: { login: "renovate[bot]", type: "Bot" } });
  expect(checkedFacts(read("github.pulls", [named, said]))).toMatchObject([
    { authorType: "user" },
    { authorType: "bot" },
  ]);
});

it.each([
  ["APPROVED", "approved"],
  ["CHANGES_REQUESTED", "changes-requested"],
  ["COMMENTED", "commented"],
  ["DISMISSED", "dismissed"],
  ["approved", "approved"],
])("a review in state %s is %s", (state, expected) => {
  expect(checkedFacts(read("github.reviews", [review({ state })], reviewsOf7))[0]).toMatchObject({
    kind: "review",
    request: 7,
    id: "1",
    reviewer: "bo",
    state: expected,
    at: "2025-03-01T10:00:00.000Z",
    commit: sha("a"),
    mayApprove: true,
  });
});

it.each(["NONE", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "MANNEQUIN"])(
  "an account that is %s here may not approve",
  (author_association) => {
    expect(checkedFacts(read("github.reviews", [review({ author_association })], reviewsOf7))[0]).toMatchObject({
      mayApprove: false,
    });
  },
);

it("a review whose commit the host no longer knows is kept without one", () => {
  for (const commit_id of [null, "", undefined]) {
    expect(checkedFacts(read("github.reviews", [review({ commit_id })], reviewsOf7))[0]).toMatchObject({
      commit: null,
    });
  }
});

it("an empty page says that there are no reviews, and of which request", () => {
  expect(checkedFacts(read("github.reviews", [], reviewsOf7))).toMatchObject([
    { kind: "review-page", request: 7, page: 1, last: true, origin: { place: "" } },
  ]);
  expect(reasonsOf(read("github.reviews", []))).toEqual([
    ": neither the reviews nor the name of the record say which request this is",
  ]);
});

it("a page is the last when it holds fewer reviews than were asked for", () => {
  const pageOf = (count: number, locator: string) => {
    const page = Array.from({ length: count }, (_, index) => review({ id: index + 1 }));
    return checkedFacts(read("github.reviews", page, locator)).find((fact) => fact.kind === "review-page");
  };
  expect(pageOf(99, reviewsOf7)).toMatchObject({ last: true });
  expect(pageOf(100, reviewsOf7)).toMatchObject({ last: false });
  expect(pageOf(1, `${url}/pulls/7/reviews?per_page=100&page=2`)).toMatchObject({ page: 2, last: true });
  expect(pageOf(30, "pulls-7-reviews.json")).toMatchObject({ last: false });
});

it("a page with a review that cannot be read does not vouch for the list: the review could be an objection", () => {
  const page = read("github.reviews", [review(), review({ id: 2, state: "OBJECTED" })], reviewsOf7);
  expect(checkedFacts(page).map(({ kind }) => kind)).toEqual(["review"]);
  expect(reasonsOf(page)).toEqual(['/1: state: "OBJECTED" is no state of a review']);
});

it("a review of another request than its page is unread", () => {
  const stray = read("github.reviews", [review({ pull_request_url: `${url}/pulls/8` })], reviewsOf7);
  expect(checkedFacts(stray)).toEqual([]);
  expect(reasonsOf(stray)).toEqual(["/0: pull_request_url: of request 8, not 7"]);
});

it("a draft that was not submitted is no review, and costs the page nothing; without a time any other is unread", () => {
  const draft = review({ state: "PENDING", submitted_at: undefined });
  expect(checkedFacts(read("github.reviews", [draft], reviewsOf7)).map(({ kind }) => kind)).toEqual(["review-page"]);
  const timeless = review({ submitted_at: undefined });
  expect(reasonsOf(read("github.reviews", [timeless], reviewsOf7))).toEqual(["/0: submitted_at: missing"]);
});

it("commits of a request keep the account that the host ties to the address, or none", () => {
  const commit = { author: { name: "Ada", email: "ada@example.test" }, message: "Refund" };
  const page = [
    { sha: sha("a"), commit, author: { login: "ada", type: "User" } },
    { sha: sha("b"), commit, author: null },
    { sha: sha("d"), commit: { author: null, message: "m" }, author: { login: 7 } },
  ];
  const result = read("github.pull-commits", page, `${url}/pulls/7/commits?per_page=100&page=1`);
  expect(checkedFacts(result)).toMatchObject([
    { kind: "request-commit", request: 7, commit: sha("a"), authorLogin: "ada", authorEmail: "ada@example.test" },
    { commit: sha("b"), authorLogin: "" },
  ]);
  expect(result.unread).toHaveLength(1);
  expect(reasonsOf(read("github.pull-commits", [], "commits.json"))).toEqual([
    ": the name of the record does not say which request this is",
  ]);
});

it.each([
  ["success", "success"],
  ["failure", "failure"],
  ["startup_failure", "failure"],
  ["timed_out", "timed-out"],
  ["action_required", "unknown"],
  ["constructor", "unknown"],
  [null, "unknown"],
])("a run that ends as %s is %s", (conclusion, expected) => {
  const run = {
    id: 31,
    name: "CI",
    event: "push",
    head_branch: "main",
    head_sha: sha("c"),
    status: "completed",
    conclusion,
    run_attempt: 2,
    created_at: "2025-03-02T08:00:00Z",
    run_started_at: "2025-03-02T09:00:00Z",
    updated_at: "2025-03-02T09:05:00Z",
    actor: { login: "ada", type: "User" },
    triggering_actor: { login: "bo", type: "User" },
    html_url: "",
  };
  expect(checkedFacts(read("github.runs", { total_count: 1, workflow_runs: [run] }))).toMatchObject([
    {
      kind: "build",
      origin: { place: "/workflow_runs/0" },
      id: "31",
      commit: sha("c"),
      attempt: 2,
      completed: true,
      conclusion: expected,
      startedAt: "2025-03-02T09:00:00.000Z",
      finishedAt: "2025-03-02T09:05:00.000Z",
      actor: "bo",
    },
  ]);
});

it("a run that is still going has no end, whatever its last update", () => {
  const run = {
    id: 1,
    head_sha: sha("c"),
    status: "in_progress",
    created_at: "2025-03-02T08:00:00Z",
    updated_at: "2025-03-02T08:01:00Z",
  };
  expect(checkedFacts(read("github.runs", { workflow_runs: [run] }))).toMatchObject([
    { completed: false, finishedAt: null },
  ]);
});

it("jobs belong to their run and attempt", () => {
  const job = {
    id: 5,
    run_id: 31,
    run_attempt: 2,
    name: "test",
    status: "completed",
    conclusion: "skipped",
    started_at: null,
  };
  expect(checkedFacts(read("github.jobs", { total_count: 1, jobs: [job] }))).toMatchObject([
    { kind: "build-job", build: "31", id: "5", attempt: 2, name: "test", conclusion: "skipped", startedAt: null },
  ]);
});

it("one bad element costs no other; its place and the first thing that is wrong are told", () => {
  const result = read("github.pulls", [
    pull(),
    { number: "seven" },
    pull({ number: 8, merged_at: "yesterday" }),
    pull({ number: 9 }),
  ]);
  expect(checkedFacts(result).map((fact) => fact.origin.place)).toEqual(["/0", "/3"]);
  expect(result.unread.map(({ origin }) => origin.place)).toEqual(["/1", "/2"]);
  expect(result.unread[1]?.reason).toBe("merged_at: not a time with its zone");
});

it.each<[EvidenceFormat, unknown, string]>([
  ["github.pulls", { not: "a list" }, "Invalid input: expected array, received object"],
  ["github.runs", [], "Invalid input: expected object, received array"],
  ["github.reviews", '[{"id":1', "not JSON"],
  ["github.pulls", new Uint8Array([0xff, 0xfe]), "not UTF-8"],
])("a record of %s that is something else is unread as a whole", (format, content, reason) => {
  expect(read(format, content).unread).toEqual([expect.objectContaining({ reason })]);
});

it("what is kept for the record of the pull alone is not read", () => {
  expect(read("github.other", "whatever")).toEqual({ facts: [], unread: [] });
});

it("nothing that a server can answer makes the reader throw", () => {
  const formats: EvidenceFormat[] = [
    "github.pulls",
    "github.pull",
    "github.reviews",
    "github.pull-commits",
    "github.runs",
    "github.jobs",
  ];
  const answer = fc.oneof(
    fc.json(),
    fc.array(fc.record({ number: fc.anything(), user: fc.anything(), state: fc.anything() })).map((rows) => rows),
    fc.record({ workflow_runs: fc.array(fc.anything()), jobs: fc.anything() }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...formats), answer, (format, content) => {
      const text =
        typeof content === "string"
          ? content
          : (JSON.stringify(content, (_key, value) => (typeof value === "bigint" ? null : value)) ?? "null");
      checkedFacts(read(format, text, reviewsOf7));
    }),
  );
});

describeRecorded("ants", "the recorded answers of a real project", (folder) => {
  interface Line {
    readonly url: string;
    readonly data: Record<string, unknown>;
  }
  const linesOf = (name: string): Line[] => {
    const bytes = readFileSync(join(folder, name));
    const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
    return text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  };
  const pagesOf = (name: string): [string, unknown[]][] => {
    const pages = Map.groupBy(linesOf(name), (line) => line.url);
    return [...pages].map(([address, lines]) => [address, lines.map((line) => line.data)]);
  };

  it("are read to the last element", () => {
    const all = [
      ...pagesOf("github_pull_requests.jsonl.gz").map(([address, page]) => read("github.pulls", page, address)),
      ...pagesOf("github_pull_request_reviews.jsonl").map(([address, page]) => read("github.reviews", page, address)),
      ...pagesOf("github_pull_request_commits.jsonl.gz").map(([address, page]) =>
        read("github.pull-commits", page, address),
      ),
      ...pagesOf("github_actions_runs.jsonl.gz").map(([, page]) => read("github.runs", { workflow_runs: page })),
      ...pagesOf("github_actions_jobs.jsonl").map(([, page]) => read("github.jobs", { jobs: page })),
    ];
    expect(all.flatMap(reasonsOf)).toEqual([]);
    const kinds = Object.groupBy(all.flatMap(checkedFacts), ({ kind }) => kind);
    expect(kinds["change-request"]).toHaveLength(27);
    expect(kinds.review).toHaveLength(15);
    expect(kinds["request-commit"]).toHaveLength(38);
    expect(kinds.build).toHaveLength(8);
    expect(kinds["build-job"]).toHaveLength(30);
  });
});

describeRecorded("github-webhooks", "the examples of GitHub's own webhooks", (folder) => {
  const linesOf = (name: string): Record<string, unknown>[] =>
    readFileSync(join(folder, name), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));

  it("carry requests, reviews, runs and jobs of the same shape", () => {
    const part = (name: string, field: string) => linesOf(name).map((line) => line[field]);
    const all = [
      read("github.pulls", part("pull_request.jsonl", "pull_request")),
      ...part("pull_request_review.jsonl", "review").map((one) => read("github.reviews", [one])),
      read("github.runs", { workflow_runs: part("workflow_run.jsonl", "workflow_run").filter(Boolean) }),
      read("github.jobs", { jobs: part("workflow_job.jsonl", "workflow_job") }),
    ];
    expect(all.flatMap(reasonsOf)).toEqual([]);
    expect(all.flatMap(checkedFacts).length).toBeGreaterThan(8);
  });
});

it("an empty object in place of an account, which GitHub gives for some commits, names nobody", () => {
  const commit = {
    sha: sha("a"),
    commit: { author: { name: "Ada", email: "ada@example.test" }, message: "Work" },
    author: {},
  };
  const facts = checkedFacts(read("github.pull-commits", [commit], `${url}/pulls/7/commits`));
  expect(facts).toEqual([expect.objectContaining({ authorLogin: "", authorEmail: "ada@example.test" })]);
});

it.each([
  ["fixed there", { fixed_at: "2025-03-02T08:00:00Z" }, "fixed", "fixed", "2025-03-02T08:00:00.000Z"],
  ["fixed on the default branch and open there", { fixed_at: "2025-03-02T08:00:00Z" }, "open", "open", null],
  ["dismissed", { dismissed_at: "2025-03-02T08:00:00Z" }, "dismissed", "dismissed", "2025-03-02T08:00:00.000Z"],
  ["open", {}, "open", "open", null],
])("an alert of a branch that is %s is read as such", (_words, more, instance, state, closedAt) => {
  const alert = {
    ...{ number: 1, state: "fixed", created_at: "2025-03-01T08:00:00Z", rule: { id: "r" }, tool: { name: "CodeQL" } },
    ...{ most_recent_instance: { commit_sha: sha("a"), state: instance }, ...more },
  };
  expect(checkedFacts(read("github.alerts", [alert]))).toMatchObject([{ state, closedAt }]);
});

it("a request that GitHub itself aims at another branch is aimed at another branch", () => {
  const created_at = "2025-03-01T09:00:00Z";
  const entries = ["base_ref_changed", "automatic_base_change_succeeded", "automatic_base_change_failed"].map(
    (event, id) => ({ event, id, actor: { login: "ada" }, created_at }),
  );
  const facts = checkedFacts(read("github.timeline", entries, `${url}/issues/7/timeline`));
  expect(facts.map((fact) => fact.kind === "request-event" && fact.event)).toEqual([
    ...["retargeted", "retargeted", "other"],
  ]);
});

it("a dismissal names the review and what it said until then", () => {
  const dismissed_review = { review_id: 5, state: "changes_requested", dismissal_message: "Never mind" };
  const entry = { event: "review_dismissed", id: 1, created_at: "2025-03-03T09:00:00Z", dismissed_review };
  expect(checkedFacts(read("github.timeline", [entry], `${url}/issues/7/timeline`))).toMatchObject([
    { event: "review-dismissed", text: "Never mind", review: { id: "5", state: "changes-requested" } },
  ]);
});

it("an alert that has no level for security weighs by what its rule is about: a lint error is no weakness", () => {
  const alert = (rule: object, name: string) => ({
    number: 1,
    state: "open",
    created_at: "2025-03-01T08:00:00Z",
    rule: { id: "r", severity: "error", ...rule },
    tool: { name },
  });
  const alerts = [
    alert({}, "ESLint"),
    alert({ tags: ["security"] }, "ESLint"),
    alert({ security_severity_level: "critical" }, "CodeQL"),
    alert({ tags: ["maintainability"] }, "CodeQL"),
    alert({}, "Unknown"),
  ];
  const facts = read("github.alerts", alerts).facts.filter((fact) => fact.kind === "analysis-finding");
  expect(facts.map(({ severity }) => severity)).toEqual(["medium", "high", "critical", "medium", "high"]);
});

it("an analysis tells that a tool ran on a commit, and an alert or a count of rules what for", () => {
  const analysis = (given: object) => ({
    ...{ id: 201, commit_sha: sha("a"), category: "/language:go", created_at: "2025-03-01T08:00:00Z", error: "" },
    ...{ warning: "", results_count: 0, rules_count: 87, tool: { name: "CodeQL", version: "2.20.1" }, ...given },
  });
  const told = (given: object) => {
    const [run] = checkedFacts(read("github.analyses", [analysis(given)]));
    return run?.kind === "analysis-run" ? [run.sort, run.succeeded] : run;
  };
  expect(checkedFacts(read("github.analyses", [analysis({})]))).toMatchObject([
    {
      ...{ kind: "analysis-run", id: "201", tool: "CodeQL", category: "/language:go", toolVersion: "2.20.1" },
      ...{ sort: "security", commit: sha("a"), at: "2025-03-01T08:00:00.000Z", succeeded: true, findings: 0 },
    },
  ]);
  expect(told({ tool: { name: "ESLint" } })).toEqual(["lint", true]);
  expect(told({ tool: { name: "Semgrep OSS" } })).toEqual(["unknown", true]);
  expect(told({ rules_count: 0 })).toEqual(["unknown", true]);
  expect(told({ rules_count: 0, error: "unexpected end of file" })).toEqual(["security", false]);
});

it("what GitHub left out of an analysis is a finding of which nobody knows the weight", () => {
  const analysis = {
    ...{ id: 201, commit_sha: sha("a"), created_at: "2025-03-01T08:00:00Z", error: "", results_count: 5000 },
    ...{ warning: "123 results were ignored", rules_count: 87, tool: { name: "CodeQL" } },
  };
  expect(checkedFacts(read("github.analyses", [analysis]))).toMatchObject([
    { kind: "analysis-run", succeeded: true },
    { kind: "analysis-finding", severity: "unknown", state: "open", commit: sha("a"), message: analysis.warning },
  ]);
});

it("a status says whose word it is, and a delivery of it does not", () => {
  const status = { id: 1, sha: sha("a"), context: "ci", state: "success", created_at: "2025-03-01T08:00:00Z" };
  const lines = [
    { url: `${url}/commits/${sha("a")}/statuses`, data: { ...status, creator: { login: "ci-bot" } } },
    { url: `${url}/commits/${sha("a")}/statuses`, data: status },
  ];
  const facts = read("github.collected-lines", lines.map((line) => JSON.stringify(line)).join("\n")).facts;
  expect(facts.map((fact) => fact.kind === "build" && fact.actor)).toEqual(["ci-bot", ""]);
});
