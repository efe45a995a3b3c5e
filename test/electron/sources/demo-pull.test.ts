import { hash } from "node:crypto";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createGithubDriver } from "../../../electron/sources/code-host/github-driver.ts";
import { githubFilesDriver } from "../../../electron/sources/code-host/github-files-driver.ts";
import { startDemoServer } from "../../../electron/sources/demo/server/demo-server.ts";
import { createJiraDriver } from "../../../electron/sources/jira/jira-driver.ts";
import { jiraFilesDriver } from "../../../electron/sources/jira/jira-files-driver.ts";
import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import type { Fact } from "../../../shared/model/facts.ts";
import { Fact as FactSchema } from "../../../shared/model/facts.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import type { Source, SourceOf } from "../../../shared/model/source.ts";
import { quickLimits } from "./code-host/fake-github.ts";
import { type MadeSources, makeSources } from "./demo/made-sources.ts";
import { type PullDouble, pullOnce } from "./pull-double.ts";
import { everythingKept, pullWithSecret } from "./pull-with-secret.ts";

const token = "a-token-for-the-demo";
let made: MadeSources;
beforeAll(async () => {
  made = await makeSources();
});
afterAll(() => made[Symbol.asyncDispose]());

async function serve() {
  const server = await startDemoServer(made.sources, { token, rateLimitAfter: 25 });
  onTestFinished(() => server.close());
  return server;
}

function demoPeriod() {
  const { from, to, timeZone } = made.sources.answerKey.period;
  return resolvePeriod(from, to, timeZone);
}

/** Facts of a pull without the places that they were read at; each is held against its schema. */
function factsOf({ records }: Pick<PullDouble, "records">, source: Source) {
  const facts = new Map<string, Omit<Fact, "origin">>();
  for (const record of records) {
    const input = { ...record, sha256: hash("sha256", record.bytes), sourceId: source.id };
    const { facts: read, unread } = readEvidence(input, source);
    expect(unread).toEqual([]);
    for (const fact of read) {
      const { origin: _origin, ...said } = FactSchema.parse(fact);
      facts.set(JSON.stringify(said), said);
    }
  }
  return [...facts.values()];
}

function countKinds(facts: readonly { readonly kind: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of facts) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

it("the demo's GitHub is pulled over HTTP through its rate limit, whole and tied out", async () => {
  const server = await serve();
  const { story, github } = made.sources;
  const project = `${story.repository.owner}/${story.repository.name}`;
  const source: SourceOf<"github"> = {
    id: "github",
    kind: "github",
    repository: story.repository.name,
    project,
    apiUrl: server.githubUrl,
    releaseBranch: story.repository.releaseBranch,
    include: [],
    token: { in: "environment", name: "UNUSED" },
  };
  const settings = { period: demoPeriod() };
  const pulled = await pullWithSecret(createGithubDriver(quickLimits), source, token, settings);
  for (const { expected, received } of pulled.outcome.tieOuts) expect(received).toBe(expected);
  expect(pulled.outcome.tieOuts).toHaveLength(4);
  expect(pulled.outcome.coverage.map(({ kind }) => kind)).toEqual(["requests", "reviews", "builds"]);
  expect(server.requests).toMatchObject({ writing: 0, unauthorised: 0 });
  expect(server.requests.limited).toBeGreaterThan(0);
  expect(everythingKept(pulled)).not.toContain(token);

  const facts = factsOf(pulled, source);
  const merged = github.requests.filter(({ full }) => full.merged_at !== null);
  const requests = facts.filter((fact) => fact.kind === "change-request" && "commits" in fact && fact.commits !== null);
  expect(requests).toHaveLength(merged.length);
  const reviews = merged.reduce((sum, request) => sum + request.reviews.length, 0);
  expect(countKinds(facts)).toMatchObject({ "review": reviews, "review-page": merged.length });

  const files: SourceOf<"github-files"> = {
    id: "github",
    kind: "github-files",
    repository: story.repository.name,
    project,
    path: made.sources.githubFolder,
  };
  const handedOver = await pullOnce(githubFilesDriver, files, settings);
  expect(handedOver.outcome.notes.join("\n")).not.toContain("was not taken");
  const fromFiles = new Set(factsOf(handedOver, files).map((fact) => JSON.stringify(fact)));
  const missing = facts.filter((fact) => !fromFiles.has(JSON.stringify(fact)));
  expect(missing).toEqual([]);
});

it("the demo's Jira is pulled over HTTP through its rate limit, and gives the facts of the exported files", async () => {
  const server = await serve();
  const { story, jira } = made.sources;
  const source: SourceOf<"jira"> = {
    id: "jira",
    kind: "jira",
    siteUrl: server.jiraUrl,
    projects: [story.jira.project],
    user: server.jiraUser,
    token: { in: "environment", name: "UNUSED" },
  };
  const settings = { period: demoPeriod() };
  const pulled = await pullWithSecret(createJiraDriver(quickLimits), source, token, settings);
  expect(pulled.outcome.tieOuts).toEqual([expect.objectContaining({ expected: jira.length, received: jira.length })]);
  expect(pulled.outcome.access).toBe("rights that change tickets: none");
  expect(server.requests.writing).toBe(0);
  const facts = factsOf(pulled, source);
  expect(countKinds(facts).ticket).toBe(jira.length);

  const files: SourceOf<"jira-files"> = {
    id: "jira",
    kind: "jira-files",
    projects: [story.jira.project],
    path: made.sources.jiraFolder,
  };
  const handedOver = await pullOnce(jiraFilesDriver, files, settings);
  const tickets = (all: readonly { readonly kind: string }[]) =>
    new Set(all.filter(({ kind }) => kind === "ticket").map((fact) => JSON.stringify(fact)));
  expect(tickets(factsOf(handedOver, files))).toEqual(tickets(facts));
  const events = (all: ReturnType<typeof factsOf>) =>
    all.flatMap((fact) => (fact.kind === "ticket-history" && "events" in fact ? fact.events : [])).length;
  expect(events(factsOf(handedOver, files))).toBe(events(facts));
  expect(events(facts)).toBeGreaterThan(0);
});
