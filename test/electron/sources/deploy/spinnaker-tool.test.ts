import { expect, it } from "vitest";
import { spinnakerTool } from "../../../../electron/sources/deploy/spinnaker/spinnaker-tool.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { createPullDouble, evidenceOf } from "../pull-double.ts";
import { pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { factsOf, startTool, toolToken } from "./tool-under-test.ts";

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };
const start = Date.parse("2025-02-01T10:00:00Z");

function execution(number: number) {
  return {
    id: `01EXEC${String(number).padStart(4, "0")}`,
    name: "Release",
    application: "shop",
    startTime: start + number * 1000,
    authentication: { user: "deployer@example.org" },
    trigger: {
      type: "manual",
      user: "ada",
      artifacts: [{ type: "docker/image", name: "shop/web", version: `v${number}`, reference: `shop/web:v${number}` }],
      buildInfo: { number: 7, scm: [{ sha1: "a".repeat(40) }] },
    },
    stages: [
      { refId: "1", type: "deployManifest", status: "SUCCEEDED", endTime: start, context: { account: "staging" } },
      {
        refId: "2",
        requisiteStageRefIds: ["1"],
        type: "manualJudgment",
        name: "Release to production?",
        status: "SUCCEEDED",
        context: { judgmentStatus: "continue", judgmentInput: "looks good" },
        lastModified: { user: "bo", lastModifiedTime: start + 5000 },
      },
      { refId: "3", requisiteStageRefIds: ["2"], type: "wait", status: "SUCCEEDED" },
      {
        refId: "4",
        requisiteStageRefIds: ["3"],
        type: "deployManifest",
        status: "TERMINAL",
        endTime: start + 9000,
        context: { account: "production" },
      },
      {
        refId: "4<1",
        type: "deployManifest",
        status: "SUCCEEDED",
        endTime: start,
        syntheticStageOwner: "STAGE_BEFORE",
      },
    ],
  };
}

interface Fake {
  executions: ReturnType<typeof execution>[];
  permissions: Record<string, string[]> | null;
  /** Called before a search answers. */
  onSearch: (isCheck: boolean, startIndex: number) => void;
}

async function startSpinnaker(count: number) {
  const fake: Fake = {
    executions: Array.from({ length: count }, (_, number) => execution(number)),
    permissions: { READ: ["auditors"], EXECUTE: ["developers"] },
    onSearch: () => undefined,
  };
  const started = await startTool(spinnakerTool, { application: "shop" }, ({ path, query }) => {
    if (path === "/auth/user") return { body: { username: "auditor", roles: [{ name: "auditors" }] } };
    if (path === "/applications/shop") return { body: { attributes: { permissions: fake.permissions } } };
    const one = /^\/pipelines\/(.+)$/.exec(path)?.[1];
    if (one !== undefined) return { body: fake.executions.find(({ id }) => id === one) };
    if (path !== "/applications/shop/executions/search") return null;
    const from = Number(query.get("startIndex"));
    fake.onSearch(query.get("expand") === "false", from);
    const sorted = query.get("reverse") === "true" ? fake.executions.toReversed() : fake.executions;
    return { body: sorted.slice(from, from + Number(query.get("size"))) };
  });
  return { fake, ...started };
}

it("each deploy stage is a deployment, and the judgement before it an approval of that deployment alone", async () => {
  const { driver, source } = await startSpinnaker(1);
  const pulled = await pullWithSecret(driver, source, toolToken, settings);
  expect(factsOf(pulled, source, "deployment")).toMatchObject([
    { id: "01EXEC0000/1", environment: "staging", production: false, status: "SUCCEEDED" },
    {
      id: "01EXEC0000/4",
      environment: "production",
      production: true,
      revision: "v0",
      by: "deployer@example.org",
      trigger: "manual",
      status: "TERMINAL",
    },
  ]);
  expect(factsOf(pulled, source, "deployment-approval")).toMatchObject([
    {
      deployment: "01EXEC0000/4",
      environment: "production",
      by: "bo",
      decision: "approved",
      at: "2025-02-01T10:00:05.000Z",
      comment: "Release to production?: looks good",
    },
  ]);
  expect(factsOf(pulled, source, "artifact")).toMatchObject([
    { name: "shop/web:v0", commit: "a".repeat(40), build: "7" },
  ]);
  expect(pulled.outcome.coverage.map(({ kind }) => kind)).toEqual(["deployments", "gates"]);
});

it("the period is asked for with its margin, page by page, and tied to a second list from the other end", async () => {
  const { driver, source, server } = await startSpinnaker(230);
  const { outcome } = await pullWithSecret(driver, source, toolToken, settings);
  expect(outcome.tieOuts).toEqual([expect.objectContaining({ what: "executions", expected: 230, received: 230 })]);
  const asked = server.seen.filter(({ path }) => path.endsWith("/search")).map(({ query }) => query);
  expect(asked.map((query) => query.get("startIndex"))).toEqual(["0", "100", "200", "0", "100", "200"]);
  expect(asked[0]?.get("triggerTimeStartBoundary")).toBe(String(Date.parse("2024-12-02T00:00:00Z")));
  expect(asked[0]?.get("triggerTimeEndBoundary")).toBe(String(Date.parse("2025-07-31T00:00:00Z")));
});

it("an execution that slips between two pages is found by the second list and fetched by its id", async () => {
  const { fake, driver, source } = await startSpinnaker(150);
  fake.onSearch = (isCheck, startIndex) => {
    // The newest one is deleted after the first page, so that those behind it move up.
    if (!isCheck && startIndex === 100) fake.executions = fake.executions.slice(0, 149);
  };
  const pulled = await pullWithSecret(driver, source, toolToken, settings);
  const ids = new Set(factsOf(pulled, source, "deployment").map(({ id }) => id.split("/")[0]));
  expect(ids.size).toBe(150);
  expect(pulled.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 149, received: 149 })]);
});

it("a pull that dies at every step goes on without losing or doubling anything, with GET alone", async () => {
  const { driver, source, server } = await startSpinnaker(230);
  const whole = await pullWithSecret(driver, source, toolToken, settings);
  const broken = await pullDyingAtEverySave(driver, source, toolToken, settings);
  const content = (pulled: typeof whole) => evidenceOf(pulled).filter((line) => line.startsWith("spinnaker."));
  expect(content(broken)).toEqual(content(whole));
  expect(broken.outcome).toEqual(whole.outcome);
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
});

it("who may run pipelines is told by the application's own rights", async () => {
  const { fake, driver, source } = await startSpinnaker(0);
  const test = () => driver.test(source, { ...createPullDouble(settings).context, readSecret: () => toolToken });
  expect(await test()).toMatchObject({ identity: "auditor", access: "rights: READ", canWrite: false });
  fake.permissions = { READ: ["auditors"], WRITE: ["auditors"] };
  expect(await test()).toMatchObject({ access: "rights: READ, WRITE", canWrite: true });
  fake.permissions = null;
  expect(await test()).toMatchObject({ canWrite: true });
});
