import { expect, it } from "vitest";
import { createAzureReposDriver } from "../../../../../electron/sources/code-host/azure-repos/azure-repos-driver.ts";
import { faultOf } from "../../../../../shared/errors.ts";
import { readEvidence } from "../../../../../shared/facts/evidence-reading.ts";
import { addFact, createFactSet, factsOf, repositoryFacts } from "../../../../../shared/facts/fact-set.ts";
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { completeRecords } from "../../../../../shared/population/host-records.ts";
import { checkedFacts, record } from "../../../../shared/facts/recorded-answer.ts";
import { createPullDouble, evidenceOf, type PullDouble } from "../../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../../pull-with-secret.ts";
import { quickLimits } from "../fake-github.ts";
import { shaOf } from "../fake-host.ts";
import { azureToken, type FakeAzure, startAzure } from "./fake-azure-repos.ts";

const driver = createAzureReposDriver(quickLimits);
const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
const settings = { period };

function closed(count: number): FakeAzure["requests"] {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    closedAt: new Date(Date.UTC(2025, 1, 1) + index * 3_600_000).toISOString(),
  }));
}

function factsFrom(pulled: PullDouble, source: Awaited<ReturnType<typeof startAzure>>["source"]) {
  const set = createFactSet();
  for (const { format, bytes, locator } of pulled.records) {
    const read = readEvidence({ ...record(format, bytes, locator), receivedAt: "2025-07-01T10:00:00.000Z" }, source);
    expect(read.unread).toEqual([]);
    for (const fact of checkedFacts(read)) addFact(set, fact);
  }
  return set;
}

it("pull requests come with votes, pushes and comments, and policies of their branch besides", async () => {
  const { source } = await startAzure({
    requests: [...closed(120), { id: 900, closedAt: "2025-03-01T00:00:00Z", bypass: "the night of the outage" }],
  });
  const pulled = await pullWithSecret(driver, source, azureToken, settings);
  expect(pulled.outcome.counts).toMatchObject({
    "pull requests": 121,
    "commits of pull requests": 242,
    "branch policies": 2,
  });
  expect(pulled.outcome.coverage.map(({ kind }) => kind)).toEqual([
    "requests",
    "reviews",
    "events",
    "comments",
    "protection",
  ]);
  expect(everythingKept(pulled)).not.toContain(azureToken);

  const set = factsFrom(pulled, source);
  const { requests, reviews } = completeRecords(set, repositoryFacts(set, "shop"));
  expect(requests.find(({ number }) => number === 5)).toMatchObject({
    system: "azure-devops",
    author: "ada@example.test",
    mergedBy: "rita@example.test",
    targetBranch: "main",
    mergeCommit: shaOf(5),
  });
  // A comment that speaks of a vote is none, and the vote was given on what had been pushed by then.
  expect(reviews.filter(({ request }) => request === 5)).toEqual([
    expect.objectContaining({ reviewer: "rita@example.test", state: "approved", commit: shaOf(1_000_005) }),
  ]);
  // List pages and the request by itself say the same, each in its own record.
  const overrides = factsOf(set, "request-event").filter(({ event }) => event === "checks-overridden");
  expect(new Set(overrides.map(({ request, id, by, text }) => `${request} ${id} ${by}: ${text}`))).toEqual(
    new Set(["900 bypass rita@example.test: the night of the outage"]),
  );
  expect(factsOf(set, "branch-protection")).toEqual([
    expect.objectContaining({ branch: "main", enabled: true, requiredApprovals: 2, dismissesStaleApprovals: true }),
    expect.objectContaining({ branch: "main", requiredChecks: ["CI"] }),
  ]);
});

it("a pull that dies at every step goes on without losing or doubling anything", async () => {
  const { source } = await startAzure({ requests: closed(30) });
  const whole = await pullWithSecret(driver, source, azureToken, settings);
  const broken = await pullDyingAtEverySave(driver, source, azureToken, settings);
  const content = (pulled: typeof whole) => [
    ...new Set(evidenceOf(pulled).filter((line) => !line.startsWith("azure-repos.other"))),
  ];
  expect(content(broken)).toEqual(content(whole));
  expect(broken.outcome).toEqual(whole.outcome);
});

it("a request that closes while the list is read is taken by the next reading, and none is lost by the shift", async () => {
  const { source, azure, host } = await startAzure({ requests: closed(150) });
  host.before = (seen) => {
    if (seen.query.get("$skip") === "100" && azure.requests.length === 150) azure.requests = azure.requests.slice(1);
    return false;
  };
  const pulled = await pullWithSecret(driver, source, azureToken, settings);
  expect(pulled.outcome.counts["pull requests"]).toBe(150);
});

it("a right to contribute is warned of, and a branch is known by its whole name", async () => {
  const { source, azure, server } = await startAzure();
  const context = { ...createPullDouble(settings).context, readSecret: () => azureToken };
  expect(await driver.test(source, context)).toMatchObject({ identity: "auditor@example.test", canWrite: false });
  azure.canContribute = true;
  expect(await driver.test(source, context)).toMatchObject({ canWrite: true });
  const unknown = driver.test({ ...source, releaseBranch: "mai" }, context).catch((error: unknown) => error);
  expect(faultOf(await unknown).code).toBe("source-invalid");
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
});
