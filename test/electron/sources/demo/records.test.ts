import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { latestOf } from "../../../../electron/sources/demo/github-records.ts";
import type { DemoSources } from "../../../../electron/sources/demo/make-demo-sources.ts";
import { askGit, type MadeSources, makeSources } from "./made-sources.ts";

let made: MadeSources;
let demo: DemoSources;
let commits: Set<string>;
beforeAll(async () => {
  made = await makeSources();
  demo = made.sources;
  commits = new Set(askGit(demo, "rev-list", "--all"));
});
afterAll(() => made[Symbol.asyncDispose]());

const read = (path: string) => readFileSync(path, "utf8");
const deployments = () =>
  read(demo.deploymentsJsonl)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("the code host's records", () => {
  test("have every review on a commit of its request, but for the one that was force-pushed away", () => {
    const strays = demo.github.requests.flatMap(({ listed, reviews, commits: own }) => {
      const known = new Set(own.map((commit) => commit.sha));
      return reviews.filter((review) => !known.has(review.commit_id)).map(() => listed.title);
    });
    expect(strays).toEqual(["LED-1249 Offer templates for postings"]);
  });

  test("have every run on a commit of the repository, but for the head that was force-pushed away", () => {
    const strays = demo.github.runs.map(latestOf).filter((run) => !commits.has(run.head_sha));
    expect(strays.map((run) => run.head_branch)).toEqual(["feature/LED-1249-posting-templates"]);
  });

  test("have runs of both kinds, with jobs of every attempt and times in order", () => {
    const runs = demo.github.runs.flatMap(({ attempts }) => attempts);
    expect(new Set(runs.map(({ run }) => run.event))).toEqual(new Set(["push", "pull_request", "workflow_dispatch"]));
    for (const { run, jobs } of runs) {
      expect(jobs.length).toBeGreaterThan(0);
      expect(jobs.every((job) => job.run_id === run.id && job.run_attempt === run.run_attempt)).toBe(true);
      expect(jobs.every((job) => job.started_at <= job.completed_at && job.completed_at <= run.updated_at)).toBe(true);
    }
    const ids = runs.flatMap(({ jobs }) => jobs.map((job) => job.id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("are consistent in time: opened, reviewed and merged in this order unless the story says otherwise", () => {
    const late = demo.github.requests.flatMap(({ listed, reviews }) => {
      expect(listed.created_at < (listed.closed_at ?? "9")).toBe(true);
      return reviews.some((review) => review.submitted_at > (listed.merged_at ?? "9")) ? [listed.title] : [];
    });
    expect(late).toEqual(["LED-1214 Split payment files at a thousand payments"]);
    for (const { listed, reviews } of demo.github.requests) {
      for (const review of reviews) expect(review.submitted_at > listed.created_at).toBe(true);
    }
  });

  test("know nobody behind an address that was never registered", () => {
    const unknown = demo.github.requests
      .flatMap((request) => request.commits)
      .filter((commit) => commit.author === null);
    const emails = unknown.map((commit) => commit.commit.author.email);
    expect(emails).toEqual(emails.map(() => "contractor@build-laptop.example"));
    expect(emails).toHaveLength(3);
  });
});

describe("Jira's records", () => {
  test("have moves in order, from To Do to the status that the issue shows", () => {
    for (const { issue, histories } of demo.jira) {
      const moves = histories.flatMap(({ items }) => items).filter((item) => item["field"] === "status");
      const path = moves.map((item) => [item["fromString"], item["toString"]]);
      expect([issue.key, path[0]?.[0] ?? "To Do"]).toEqual([issue.key, "To Do"]);
      for (const [index, [from]] of path.entries()) if (index > 0) expect(from).toBe(path[index - 1]?.[1]);
      expect(issue.fields.status.name).toBe(path.at(-1)?.[1] ?? "To Do");
      const times = histories.map(({ created }) => Date.parse(created));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(Date.parse(issue.fields.created)).toBeLessThan(times[0] ?? Number.POSITIVE_INFINITY);
      expect(issue.fields.resolutiondate !== null).toBe(issue.fields.status.statusCategory.key === "done");
    }
  });

  test("write times in the zone of the account that asks, summer time included", () => {
    const offsets = new Set(demo.jira.map(({ issue }) => issue.fields.updated.slice(-5)));
    expect(offsets).toEqual(new Set(["+0100", "+0200"]));
  });

  test("have one ticket whose history is too long for a page", () => {
    const long = demo.jira.filter(({ issue }) => issue.changelog.total > issue.changelog.histories.length);
    expect(long.map(({ issue }) => issue.key)).toEqual(["LED-1000"]);
    expect(long[0]?.histories.length).toBeGreaterThan(100);
  });

  test("name the requests by their addresses", () => {
    const { name, firstRequest } = demo.story.portal.repository;
    const pages = new Set([
      ...demo.github.requests.map(({ listed }) => listed.html_url),
      ...demo.story.portal.changes.map(
        (_, index) => `https://github.com/northwind/${name}/pull/${firstRequest + index}`,
      ),
    ]);
    const named =
      JSON.stringify(demo.jira.map(({ comments }) => comments)).match(/https:\/\/github\.com\/[^"]+/g) ?? [];
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter((page) => !pages.has(page))).toEqual([]);
  });
});

describe("the deployment log", () => {
  test("says the same in JSON lines and in CSV", () => {
    const rows = parse(read(demo.deploymentsCsv), { columns: true }) as Record<string, string>[];
    const spelled = deployments().map((record) =>
      Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value === null ? "" : String(value)])),
    );
    expect(rows).toEqual(spelled);
  });

  test("deploys tags and commits that the repository knows, but for two", () => {
    const tags = new Set(askGit(demo, "tag"));
    const strays = deployments().filter(({ revision }) => !tags.has(revision) && !commits.has(revision));
    expect(strays.map(({ id }) => id)).toEqual(["dep-0462", "dep-0486"]);
    expect(deployments().some(({ revision }) => tags.has(revision))).toBe(true);
    expect(deployments().some(({ revision }) => commits.has(revision))).toBe(true);
  });

  test("names runs that the code host knows, for the very commit that was deployed", () => {
    const runs = new Map(demo.github.runs.map((run) => [latestOf(run).id, latestOf(run)]));
    const withRun = deployments().filter((record) => record.run_id !== null);
    expect(withRun.length).toBeGreaterThan(40);
    for (const { run_id: id, revision } of withRun) {
      expect(askGit(demo, "rev-parse", `${revision}^{commit}`)).toEqual([runs.get(id)?.head_sha]);
    }
  });

  test("has unique ids, in order of time", () => {
    const records = deployments();
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    const times = records.map((record) => record.started_at);
    expect(times).toEqual(times.toSorted());
  });
});

describe("the other files", () => {
  test("are one recorded answer each, under the name of its address", () => {
    const page = JSON.parse(read(join(demo.githubFolder, "pulls-page-1.json")));
    expect(page).toEqual(
      demo.github.requests
        .map(({ listed }) => listed)
        .toReversed()
        .slice(0, 100),
    );
    const [request] = demo.github.requests;
    const reviews = read(join(demo.githubFolder, `pulls-${request?.listed.number}-reviews-page-1.json`));
    expect(JSON.parse(reviews)).toEqual(request?.reviews);
  });

  test("include the host's log, in order over the turn of the year and without year or zone", () => {
    const lines = read(demo.authLog).trim().split("\n");
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines)
      expect(line).toMatch(/^[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} ledger-prod-1 (sudo|sshd\[\d+\]): /);
    const months = lines.map((line) => line.slice(0, 3)).filter((month, index, all) => month !== all[index - 1]);
    expect(months).toEqual(["Dec", "Jan", "Feb", "Mar", "Apr"]);
    expect(
      lines.some((line) => line.includes("jvelderoth : TTY=pts/0") && line.includes("ledger-switch v1.50.0")),
    ).toBe(true);
  });

  test("include a roster that joins the accounts of one person and leaves strangers out", () => {
    const rows = parse(read(demo.roster), { columns: true }) as Record<string, string>[];
    const tobias = rows.find((row) => row["id"] === "tobias");
    expect(tobias?.["logins"]).toMatch(/^tfennhagen;tobi-builds;712020:/);
    expect(read(demo.roster)).not.toMatch(/marlowe|contractor|ops-temp/);
  });
});
