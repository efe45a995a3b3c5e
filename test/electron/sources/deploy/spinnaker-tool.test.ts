import { expect, it } from "vitest";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { createPullDouble, evidenceOf } from "../pull-double.ts";
import { pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { startSpinnaker } from "./fake-spinnaker.ts";
import { factsOf, toolToken } from "./tool-under-test.ts";

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };

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
  const searches = server.seen.filter(({ path }) => path.endsWith("/search")).map(({ query }) => query);
  const asked = searches.filter((query) => !query.has("pipelineName"));
  expect(asked.map((query) => query.get("startIndex"))).toEqual(["0", "100", "200", "0", "100", "200"]);
  expect(asked[0]?.get("triggerTimeStartBoundary")).toBe(String(Date.parse("2024-12-02T00:00:00Z")));
  expect(asked[0]?.get("triggerTimeEndBoundary")).toBe(String(Date.parse("2025-07-31T00:00:00Z")));
});

it("of a pipeline of which nothing older is kept, nothing before its oldest execution is covered", async () => {
  const { fake, driver, source } = await startSpinnaker(6);
  fake.before = [];
  const { outcome } = await pullWithSecret(driver, source, toolToken, settings);
  expect(outcome.coverage.map(({ from }) => from)).toEqual(["2025-02-01T10:00:00.000Z", "2025-02-01T10:00:00.000Z"]);
  expect(outcome.notes).toContain(
    "Of the pipeline Release nothing is kept from before 2025-02-01T10:00:00.000Z: it may have been removed.",
  );
  const few = await startSpinnaker(4);
  few.fake.before = [];
  const young = await pullWithSecret(few.driver, few.source, toolToken, settings);
  expect(young.outcome.coverage[0]?.from).toBe(settings.period.start);
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
