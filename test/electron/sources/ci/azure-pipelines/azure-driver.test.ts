import { expect, it } from "vitest";
import { createAzurePipelinesDriver } from "../../../../../electron/sources/ci/azure-pipelines/azure-driver.ts";
import { faultOf } from "../../../../../shared/errors.ts";
import { readEvidence } from "../../../../../shared/facts/evidence-reading.ts";
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { quickLimits } from "../../code-host/fake-github.ts";
import { sendJson } from "../../http/loopback-server.ts";
import { createPullDouble, evidenceOf, recordsOf } from "../../pull-double.ts";
import { doubled, everythingKept, type Pulled, pullDyingAtEverySave, pullWithSecret } from "../../pull-with-secret.ts";
import { azureToken, type FakeBuild, startAzure } from "./fake-azure.ts";

const driver = createAzurePipelinesDriver(quickLimits);
const period = resolvePeriod("2025-02-01", "2025-02-28", "UTC");
const settings = { period };

/** Builds 1 to `count`, six hours apart. */
function builds(count: number, more: Partial<FakeBuild> = {}): FakeBuild[] {
  const first = Date.parse("2025-02-01T00:00:00Z");
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    queued: new Date(first + index * 21_600_000).toISOString(),
    ...more,
  }));
}

function idsOf(pulled: Pulled): number[] {
  return recordsOf(pulled, "azure-pipelines.builds").flatMap(({ bytes }) =>
    JSON.parse(Buffer.from(bytes).toString()).value.map(({ id }: { id: number }) => id),
  );
}

it("builds of the period and its margin come week by week with timelines and approvals, and tie out", async () => {
  const { source, server } = await startAzure({
    builds: [
      { id: 1, queued: "2024-12-01T00:00:00.000Z" },
      ...builds(30).map((build) => ({ ...build, id: build.id + 1 })),
      { id: 90, queued: "2025-03-10T00:00:00.000Z", approvals: ["gate-1"] },
    ],
  });
  const pulled = await pullWithSecret(driver, source, azureToken, settings);
  expect(new Set(idsOf(pulled)).size).toBe(31);
  expect(pulled.outcome).toMatchObject({ identity: "The Auditor (auditor@example.test)" });
  expect(pulled.outcome.counts).toEqual({ "builds": 31, "deleted builds": 0, "timelines": 31, "approvals": 1 });
  expect(pulled.outcome.tieOuts).toEqual([
    expect.objectContaining({ expected: 31, received: 31 }),
    expect.objectContaining({ what: "approvals", expected: 1, received: 1 }),
  ]);
  expect(pulled.outcome.coverage.map(({ kind }) => kind)).toEqual(["builds", "gates"]);
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
  expect(everythingKept(pulled)).not.toContain(azureToken);
});

it("what was pulled reads as builds, stages and gates", async () => {
  const { source } = await startAzure({ builds: builds(1, { approvals: ["gate-1"] }) });
  const pulled = await pullWithSecret(driver, source, azureToken, settings);
  const read = pulled.records.map((record) =>
    readEvidence({ ...record, sha256: "0".repeat(64), sourceId: "ci" }, source),
  );
  expect(read.flatMap(({ unread }) => unread)).toEqual([]);
  expect(read.flatMap(({ facts }) => facts)).toMatchObject([
    {
      kind: "build",
      id: "1",
      commit: "b".repeat(40),
      conclusion: "success",
      branch: "main",
      actor: "ada@example.test",
    },
    { kind: "build-job", build: "1", name: "Build", conclusion: "success" },
    { kind: "build-job", build: "1", name: "Unit tests" },
    {
      kind: "deployment-approval",
      deployment: "1",
      by: "grace@example.test",
      environment: "Build",
      decision: "approved",
    },
  ]);
});

it("answers at gates that the builds name and the server keeps back are told, and gates are not covered", async () => {
  const { azure, source } = await startAzure({ builds: builds(1, { approvals: ["gate-1", "gate-2"] }) });
  azure.before = ({ path, query }, response) => {
    if (!path.endsWith("/pipelines/approvals")) return false;
    const isAsked = query.get("api-version") === "7.1-preview.1";
    sendJson(response, { count: 0, value: [] }, isAsked ? {} : { status: 400 });
    return true;
  };
  const { outcome } = await pullWithSecret(driver, source, azureToken, settings);
  expect(outcome.coverage.map(({ kind }) => kind)).toEqual(["builds"]);
  expect(outcome.notes.join(" ")).toContain("Not covered: approvals");
});

it("a build queued at the turn of a week is taken once", async () => {
  // The window begins 30 days before the period, so its first week ends on 9 January.
  const { source } = await startAzure({ builds: [{ id: 1, queued: "2025-01-09T00:00:00.000Z" }] });
  const pulled = await pullWithSecret(driver, source, azureToken, settings);
  expect(idsOf(pulled)).toEqual([1, 1]);
  expect(pulled.outcome.counts).toMatchObject({ builds: 1, timelines: 1 });
  expect(pulled.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 1, received: 1 })]);
});

it("a build that slips between two pages is found by the list in the opposite order", async () => {
  const { azure, source } = await startAzure({ builds: builds(10), pageSize: 4 });
  azure.before = ({ query }) => {
    const isSecond = query.get("queryOrder") === "queueTimeAscending" && query.get("continuationToken") === "4";
    if (isSecond) azure.builds = azure.builds.filter(({ id }) => id !== 1);
    return false;
  };
  const pulled = await pullWithSecret(driver, source, azureToken, settings);
  expect(new Set(idsOf(pulled)).size).toBe(10);
  expect(pulled.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 9, received: 9 })]);
});

it("deleted builds and builds that never began are told and asked for no timeline in vain", async () => {
  const { source, server } = await startAzure({
    builds: [
      { id: 1, queued: "2025-02-02T00:00:00.000Z", deleted: true },
      { id: 2, queued: "2025-02-03T00:00:00.000Z", neverBegan: true },
    ],
  });
  const { outcome } = await pullWithSecret(driver, source, azureToken, settings);
  expect(outcome.counts).toMatchObject({ "builds": 2, "deleted builds": 1, "timelines": 0 });
  expect(server.seen.some(({ path }) => path.includes("builds/1/timeline"))).toBe(false);
  expect(outcome.notes.join(" ")).toContain("1 builds have no timeline");
});

it("a pull that dies at every step goes on without losing or doubling anything", async () => {
  const { source } = await startAzure({
    builds: builds(23).map((build) => ({ ...build, approvals: [`gate-${build.id}`] })),
    pageSize: 4,
  });
  const whole = await pullWithSecret(driver, source, azureToken, settings);
  const broken = await pullDyingAtEverySave(driver, source, azureToken, settings);
  expect(broken.deaths).toBeGreaterThan(20);
  const content = (pulled: Pulled) => evidenceOf(pulled).filter((line) => !line.startsWith("azure-pipelines.other"));
  expect(content(broken)).toEqual(content(whole));
  expect(doubled(broken, "azure-pipelines.other")).toEqual([]);
  expect(broken.outcome).toEqual(whole.outcome);
});

it("a page token that ran out during a long interruption begins the week's list again", async () => {
  const { azure, source } = await startAzure({ builds: builds(10), pageSize: 4 });
  const begun = createPullDouble({ ...settings, dieAtSave: 24 });
  await driver.pull(source, { ...begun.context, readSecret: () => azureToken }).catch(() => undefined);
  let stale = true;
  azure.before = ({ query }, response) => {
    if (!stale || !query.has("continuationToken")) return false;
    stale = false;
    sendJson(response, { message: "The continuation token is not valid." }, { status: 400 });
    return true;
  };
  const resumed = await pullWithSecret(driver, source, azureToken, { after: begun });
  expect(new Set(idsOf(resumed)).size).toBe(10);
  expect(resumed.outcome.counts).toMatchObject({ builds: 10 });
  expect(resumed.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 10, received: 10 })]);
});

it("a list that never ends and an answer as to a stranger are faults", async () => {
  const { azure, source } = await startAzure({ builds: builds(3) });
  azure.before = ({ path }, response) => {
    if (!path.endsWith("/build/builds")) return false;
    sendJson(response, { value: [] }, { headers: { "x-ms-continuationtoken": "again" } });
    return true;
  };
  const endless = await pullWithSecret(driver, source, azureToken, settings).catch((error: unknown) => error);
  expect(faultOf(endless).code).toBe("response-invalid");
  azure.stranger = true;
  const stranger = await pullWithSecret(driver, source, azureToken, settings).catch((error: unknown) => error);
  expect(faultOf(stranger).code).toBe("http-unauthorised");
});
