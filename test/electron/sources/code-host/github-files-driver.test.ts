import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { githubFilesDriver } from "../../../../electron/sources/code-host/github-files-driver.ts";
import { faultOf } from "../../../../shared/errors.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { createPullDouble, evidenceOf, pullOnce, temporaryFolder } from "../pull-double.ts";
import { doubled, pullDyingAtEverySave } from "../pull-with-secret.ts";
import { shaOf } from "./fake-github.ts";

const source: SourceOf<"github-files"> = {
  id: "host",
  kind: "github-files",
  repository: "shop",
  project: "acme/shop",
  path: "export",
};
const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");

function pull(number: number, more: object = {}) {
  return {
    number,
    title: "A change",
    state: "closed",
    merged_at: "2025-03-01T00:00:00Z",
    created_at: "2025-02-01T00:00:00Z",
    head: { ref: "work", sha: shaOf(number) },
    base: { ref: "main", repo: { full_name: "acme/shop" } },
    ...more,
  };
}

const review = { id: 1, state: "APPROVED", pull_request_url: "https://api.github.com/repos/acme/shop/pulls/2" };
const commit = { sha: shaOf(9), commit: { author: null, message: "m" } };

function handOver(files: Record<string, unknown>): { baseFolder: string; period: typeof period } {
  const baseFolder = temporaryFolder();
  mkdirSync(join(baseFolder, "export"));
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(join(baseFolder, "export", name), text);
  }
  return { baseFolder, period };
}

it("each file is taken for what its content is, and by its name only where the content does not say", async () => {
  const settings = handOver({
    "any-name.json": [pull(1), pull(2)],
    "pulls-1.json": { ...pull(1), commits: 1 },
    "pulls-1-reviews.json": [],
    "of-whatever-name.json": [review],
    "pulls-1-commits.json": [commit],
    "pulls-page-2.json": [],
    "runs.json": { total_count: 1, workflow_runs: [{ id: 5 }] },
    "runs-5-jobs.json": { total_count: 0, jobs: [] },
    "repository.json": { full_name: "acme/shop" },
  });
  const { records, requests, outcome } = await pullOnce(githubFilesDriver, source, settings);
  expect(Object.fromEntries(records.map(({ locator, format }) => [locator, format]))).toEqual({
    "export/any-name.json": "github.pulls",
    "export/pulls-1.json": "github.pull",
    "export/pulls-1-reviews.json": "github.reviews",
    "export/of-whatever-name.json": "github.reviews",
    "export/pulls-1-commits.json": "github.pull-commits",
    "export/pulls-page-2.json": "github.pulls",
    "export/runs.json": "github.runs",
    "export/runs-5-jobs.json": "github.jobs",
    "export/repository.json": "github.other",
  });
  expect(requests.map(({ asked }) => asked)).toContain("read export/pulls-1-reviews.json as github.reviews");
  expect(outcome.coverage.map(({ kind }) => kind)).toEqual(["requests", "reviews", "builds"]);
  expect(outcome.tieOuts).toEqual([expect.objectContaining({ expected: 1, received: 1 })]);
  expect(outcome.notes.join("\n")).toContain("rests on the word of who handed them over");
});

it("what was not handed over is not covered", async () => {
  const { outcome } = await pullOnce(githubFilesDriver, source, handOver({ "pulls.json": [pull(1)] }));
  expect(outcome.coverage.map(({ kind }) => kind)).toEqual(["requests"]);
});

it("merged requests without a page of reviews are counted, since nothing is known about their reviews", async () => {
  const files = { "pulls.json": [pull(1), pull(2), pull(3, { merged_at: null })], "pulls-1-reviews.json": [] };
  const { outcome } = await pullOnce(githubFilesDriver, source, handOver(files));
  expect(outcome.notes).toContain("1 of 2 pull requests merged in the period have no recorded page of reviews.");
});

it("an empty list of remarks is an answer where its name says whose it is, and no list of requests", async () => {
  const { records, outcome } = await pullOnce(
    githubFilesDriver,
    source,
    handOver({ "pulls-1-comments-page-1.json": [], "issues-1-comments-page-1.json": [] }),
  );
  expect(records.map(({ format }) => format).sort()).toEqual(["github.issue-comments", "github.review-comments"]);
  expect(outcome.coverage.map(({ kind }) => kind)).toEqual(["comments"]);
});

it("files that are something else are named with the reason, and the rest is taken", async () => {
  const { records, outcome } = await pullOnce(
    githubFilesDriver,
    source,
    handOver({
      "pulls.json": [pull(1)],
      "commits.json": [commit],
      "empty.json": [],
      "cut.json": '[{"number":1,',
      "text.json": '"words"',
      "readme.txt": "not JSON and not looked at",
    }),
  );
  expect(records.map(({ locator }) => locator)).toEqual(["export/pulls.json"]);
  const notes = outcome.notes.join("\n");
  for (const name of ["commits.json", "empty.json", "cut.json", "text.json"]) {
    expect(notes).toContain(`export/${name} was not taken: `);
  }
});

it("pull requests of another repository are a fault: they would be taken for the audited one's", async () => {
  const other = pull(1, { base: { ref: "main", repo: { full_name: "acme/other" } } });
  const thrown = await pullOnce(githubFilesDriver, source, handOver({ "pulls.json": [other] })).catch(
    (e: unknown) => e,
  );
  expect(faultOf(thrown)).toMatchObject({
    code: "source-invalid",
    message: "export/pulls.json holds pull requests of acme/other, not of acme/shop.",
  });
});

it.each([
  [{}, "holds no JSON file"],
  [{ "a.json": { hello: 1 } }, "No file of export is an answer of GitHub's REST API; export/a.json: "],
])("a folder without anything to take is a fault that says why", async (files, message) => {
  const thrown = await pullOnce(githubFilesDriver, source, handOver(files)).catch((error: unknown) => error);
  expect(faultOf(thrown)).toMatchObject({ code: "file-format-unknown", message: expect.stringContaining(message) });
});

it("a reading that dies at every file goes on without losing or doubling one", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`pulls-${index + 1}.json`, pull(index + 1)]),
  );
  const settings = handOver(files);
  const whole = await pullOnce(githubFilesDriver, source, settings);
  const broken = await pullDyingAtEverySave(githubFilesDriver, source, "", settings);
  expect(evidenceOf(broken)).toEqual(evidenceOf(whole));
  expect(doubled(broken)).toEqual([]);
  expect(broken.outcome).toEqual(whole.outcome);
});

it("when the file last dealt with is gone, the folder is another and is read from its beginning", async () => {
  const settings = handOver({ "a.json": pull(1), "b.json": pull(2), "c.json": pull(3) });
  const begun = createPullDouble({ ...settings, dieAtSave: 3 });
  await githubFilesDriver.pull(source, begun.context).catch(() => undefined);
  rmSync(join(settings.baseFolder, "export/b.json"));
  const { outcome } = await pullOnce(githubFilesDriver, source, { after: begun });
  expect(outcome.counts).toEqual({ "pull requests, by themselves": 2 });
});

it("further answers of GitHub are taken too, and stand for what they hold", async () => {
  const at = "2025-03-01T00:00:00Z";
  const comment = { body: "Why?", user: { login: "rita" }, author_association: "MEMBER", created_at: at };
  const settings = handOver({
    "pulls.json": [pull(1)],
    "issues-1-timeline.json": [{ event: "merged", id: 1, created_at: at }],
    "comments.json": [{ ...comment, path: "a.ts", pull_request_url: "https://api.github.com/repos/acme/shop/pulls/1" }],
    "checks.json": {
      total_count: 1,
      check_runs: [{ id: 1, name: "ci", head_sha: shaOf(1), check_suite: { id: 1 }, conclusion: null }],
    },
    "alerts.json": [{ number: 1, rule: { id: "x" }, tool: { name: "CodeQL" }, created_at: at }],
    "analyses.json": [
      { id: 1, commit_sha: shaOf(1), analysis_key: "scan.yml:scan", results_count: 1, rules_count: 1, created_at: at },
    ],
    "deployments.json": [
      { id: 1, sha: shaOf(1), environment: "production", task: "deploy", statuses_url: "", created_at: at },
    ],
    "statuses.json": [{ state: "success", deployment_url: "https://api.github.com/repos/acme/shop/deployments/1" }],
    "branches-main-protection.json": { url: "", enforce_admins: { enabled: true } },
  });
  const { records, outcome } = await pullOnce(githubFilesDriver, source, settings);
  expect(records.map(({ format }) => format).sort()).toEqual([
    "github.alerts",
    "github.analyses",
    "github.branch-protection",
    "github.check-runs",
    "github.deployment-statuses",
    "github.deployments",
    "github.pulls",
    "github.review-comments",
    "github.timeline",
  ]);
  expect(outcome.coverage.map(({ kind }) => kind)).toEqual(["requests", "events", "analysis", "deployments"]);
  expect(outcome.counts).toMatchObject({ "check runs": 1, "comments on code": 1, "deployments": 1 });
});

it.each([
  ["alerts and analyses, of which there are none", ["alerts", "analyses"], ["analysis"]],
  ["alerts alone, which do not tell that anything was looked at", ["alerts"], []],
  ["analyses alone, which do not tell what was found", ["analyses"], []],
])("%s", async (_words, lists, covered) => {
  const files = lists.map((list) => [`repos-acme-shop-code-scanning-${list}.json`, []]);
  const settings = handOver({ "pulls.json": [pull(1)], ...Object.fromEntries(files) });
  const { outcome } = await pullOnce(githubFilesDriver, source, settings);
  expect(outcome.coverage.map(({ kind }) => kind)).toEqual(["requests", ...covered]);
});
