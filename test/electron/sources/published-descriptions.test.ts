import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeDemoSources } from "../../../electron/engine/steps/demo-step.ts";
import { createGithubDriver } from "../../../electron/sources/code-host/github-driver.ts";
import { startDemoServer } from "../../../electron/sources/demo/server/demo-server.ts";
import { createJiraDriver } from "../../../electron/sources/jira/jira-driver.ts";
import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { describeRecorded } from "../../recorded-data.ts";
import { checkedFacts, record } from "../../shared/facts/recorded-answer.ts";
import { githubToken, quickLimits } from "./code-host/fake-github.ts";
import { startWithParts } from "./code-host/github/fake-github-parts.ts";
import { type MadeSources, makeSources } from "./demo/made-sources.ts";
import { anythingOf } from "./described-answers.ts";
import { jiraToken, startJira } from "./jira/fake-jira.ts";
import { type PublishedDescription, readPublished, undescribed } from "./published-description.ts";
import type { PullDouble } from "./pull-double.ts";
import { pullWithSecret } from "./pull-with-secret.ts";

/*
 * Questions and answers held to what GitHub and Atlassian publish. GitLab's description, of another making, has a test
 * of its own beside GitLab's driver.
 */

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };
const github = readPublished("github");
/** Atlassian's description of 2023 has the search that this one came in the place of; its issues are the same. */
const search = "/rest/api/3/search/jql";
const jira = readPublished("jira", { [search]: "/rest/api/3/search" });

const serviceManagement = readPublished("jira-service-management");

/** Every answer that was received, with the path that it answers. */
function answersIn(
  { records }: Pick<PullDouble, "records">,
  base: string,
): { path: string; query: URLSearchParams; body: unknown }[] {
  return records.map(({ locator, bytes }) => {
    const url = new URL(locator);
    const path = url.pathname.slice(new URL(base).pathname.replace(/\/$/, "").length);
    return { path, query: url.searchParams, body: JSON.parse(Buffer.from(bytes).toString()) };
  });
}

function problems(described: PublishedDescription, answers: ReturnType<typeof answersIn>): string[] {
  const all = answers.flatMap(({ path, query, body }) => {
    const description = path.startsWith("/rest/servicedeskapi/") ? serviceManagement : described;
    return [
      ...(path === search ? [] : description.problemsOfQuestion(path, query)),
      // Atlassian describes one link where Jira, and the example of the same page, give a list of them.
      ...(path.endsWith("/remotelink") && Array.isArray(body) ? body : [body]).flatMap((one) =>
        description.problemsOfAnswer(path, one),
      ),
    ];
  });
  return [...new Set(all)];
}

describe("the demo's servers answer as is published, to questions that are published", () => {
  let made: MadeSources;
  beforeAll(async () => {
    made = await makeSources();
  });
  afterAll(() => made[Symbol.asyncDispose]());
  const token = "a-token";
  const period = { period: resolvePeriod("2026-03-16", "2026-03-31", "Europe/Berlin") };

  it("GitHub", async () => {
    await using server = disposable(await startDemoServer(made.sources, { token }));
    const [source] = describeDemoSources(made.sources, server.running, "UNUSED").filter(isOf("github"));
    const pulled = await pullWithSecret(createGithubDriver(quickLimits), some(source), token, period);
    expect(pulled.records.length).toBeGreaterThan(30);
    expect(problems(github, answersIn(pulled, some(source).apiUrl))).toEqual([]);
  });

  it("Jira", async () => {
    await using server = disposable(await startDemoServer(made.sources, { token }));
    const [source] = describeDemoSources(made.sources, server.running, "UNUSED").filter(isOf("jira"));
    const pulled = await pullWithSecret(createJiraDriver(quickLimits), some(source), token, period);
    expect(pulled.records.length).toBeGreaterThan(5);
    expect(pulled.records.some(({ format }) => format === "jira.approvals")).toBe(true);
    expect(problems(jira, answersIn(pulled, some(source).siteUrl))).toEqual([]);
  });
});

it("GitHub's further parts are asked for as is published", async () => {
  const { source, server } = await startWithParts();
  const pulled = await pullWithSecret(createGithubDriver(quickLimits), source, githubToken, settings);
  expect(problems(github, answersIn(pulled, source.apiUrl))).toEqual([]);
  expect(server.seen.length).toBeGreaterThan(20);
  const wrong = server.seen.flatMap(({ path, query }) => github.problemsOfQuestion(path, query));
  expect([...new Set(wrong)]).toEqual([]);
});

it("Jira's comments, links and histories are asked for as is published", async () => {
  const issue = {
    key: "SHOP-1",
    created: "2025-02-01T10:00:00.000+0100",
    histories: 250,
    comments: 25,
    commentsShown: 3,
  };
  const { source, server } = await startJira({ issues: [issue] });
  const pulled = await pullWithSecret(
    createJiraDriver(quickLimits),
    { ...source, remoteLinks: true },
    jiraToken,
    settings,
  );
  expect(problems(jira, answersIn(pulled, source.siteUrl))).toEqual([]);
  const asked = server.seen.filter(({ path }) => path !== search);
  expect(new Set(asked.map(({ path }) => path.replace(/.*\//, "")))).toEqual(
    new Set(["myself", "mypermissions", "changelog", "comment", "remotelink"]),
  );
  expect(asked.flatMap(({ path, query }) => jira.problemsOfQuestion(path, query))).toEqual([]);
});

it("what is read of an answer is in its description, but for what only some answers have", () => {
  expect(undescribed("github")).toEqual({
    // Only a request asked for by itself has them.
    "/repos/{owner}/{repo}/pulls": ["merged_by", "commits", "additions", "deletions", "changed_files"],
    // Only comments on the code of a request have them.
    "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["path", "pull_request_url"],
  });
  // Which fields an issue has is each site's own affair, so the description names none.
  const fields = Object.values(undescribed("jira")).flat();
  expect(fields.filter((field) => !field.startsWith("issues/fields/"))).toEqual([]);
  expect(undescribed("jira-service-management")).toEqual({});
});

it("whatever Jira Service Management may answer of an approval is read, and is a yes only where the whole is one", () => {
  const [path = ""] = serviceManagement.operations;
  const page = { values: [], start: 0, isLastPage: true };
  const source: SourceOf<"jira-files"> = { id: "source", kind: "jira-files", projects: ["SHOP"], path: "export" };
  fc.assert(
    fc.property(anythingOf(serviceManagement.answerOf(path), page), (answer) => {
      const { facts, unread } = readEvidence(record("jira.approvals", answer, "SHOP-1/approval"), source);
      expect(unread).toEqual([]);
      const { values } = answer as { values: { id: string; finalDecision: string }[] };
      const given = new Set(values.flatMap(({ id, finalDecision }) => (finalDecision === "approved" ? [id] : [])));
      for (const fact of checkedFacts({ facts, unread })) {
        if (fact.kind !== "ticket-approval") throw new Error(`an approval became a ${fact.kind}`);
        if (fact.decision === "approved")
          expect(given).toContain(fact.id.slice(0, fact.id.length - fact.by.length - 1));
      }
      expect(facts.length).toBeGreaterThanOrEqual(values.length);
    }),
    { numRuns: 60 },
  );
});

it("a question and an answer that are not as published are named", () => {
  const pulls = "/repos/acme/shop/pulls";
  expect(github.problemsOfQuestion(pulls, new URLSearchParams("state=merged&page=two&until=now"))).toHaveLength(3);
  expect(github.problemsOfQuestion("/repos/acme/shop/merges", new URLSearchParams())).toHaveLength(1);
  expect(github.problemsOfAnswer(`${pulls}/1/reviews`, [{ id: "1", state: "APPROVED" }])).not.toEqual([]);
});

describeRecorded("ants", "what GitHub answered for a real project is as it publishes", (folder) => {
  const list = (row: unknown): unknown => [row];
  it.each<[file: string, path: string, page: (row: unknown) => unknown]>([
    ["github_pull_requests.jsonl.gz", "/repos/a/b/pulls", list],
    ["github_pull_request_reviews.jsonl", "/repos/a/b/pulls/1/reviews", list],
    ["github_pull_request_commits.jsonl.gz", "/repos/a/b/pulls/1/commits", list],
    ["github_comments.jsonl.gz", "/repos/a/b/issues/1/comments", list],
    ["github_pull_request_review_comments.jsonl", "/repos/a/b/pulls/1/comments", list],
    ["github_actions_runs.jsonl.gz", "/repos/a/b/actions/runs", (run) => ({ total_count: 1, workflow_runs: [run] })],
    ["github_actions_jobs.jsonl", "/repos/a/b/actions/runs/1/jobs", (job) => ({ total_count: 1, jobs: [job] })],
  ])("%s", (file, path, page) => {
    const wrong = linesOf(join(folder, file)).flatMap((line) => {
      const { data } = JSON.parse(line) as { data: unknown };
      return github.problemsOfAnswer(path, page(data));
    });
    expect([...new Set(wrong)]).toEqual([]);
  });
});

describeRecorded("jira-cloud", "what Jira Cloud answered for a real project is as Atlassian publishes", (folder) => {
  it("issues with their histories", () => {
    const lines = gunzipSync(readFileSync(join(folder, "issues.jsonl.gz")))
      .toString()
      .trim()
      .split("\n");
    const wrong = lines.flatMap((line) => jira.problemsOfAnswer("/rest/api/3/search", { issues: [JSON.parse(line)] }));
    expect([...new Set(wrong)]).toEqual([]);
  });
});

function linesOf(path: string): string[] {
  const bytes = readFileSync(path);
  const lines = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().trim().split("\n");
  expect(lines.length).toBeGreaterThan(5);
  return lines;
}

function isOf<K extends "github" | "jira">(kind: K) {
  return (source: { kind: string }): source is SourceOf<K> => source.kind === kind;
}

function some<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the demo has no such source");
  return value;
}

function disposable<T extends { close(): Promise<void> }>(running: T) {
  return { running, [Symbol.asyncDispose]: () => running.close() };
}
