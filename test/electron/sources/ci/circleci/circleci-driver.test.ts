import { expect, it } from "vitest";
import { createCircleciDriver } from "../../../../../electron/sources/ci/circleci/circleci-driver.ts";
import { faultOf } from "../../../../../shared/errors.ts";
import { readEvidence } from "../../../../../shared/facts/evidence-reading.ts";
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { quickLimits } from "../../code-host/fake-github.ts";
import { sendJson } from "../../http/loopback-server.ts";
import { createPullDouble, evidenceOf } from "../../pull-double.ts";
import { doubled, everythingKept, type Pulled, pullDyingAtEverySave, pullWithSecret } from "../../pull-with-secret.ts";
import { circleciToken, type FakePipeline, startCircleci } from "./fake-circleci.ts";

const driver = createCircleciDriver(quickLimits);
const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
const settings = { period };

/** Pipelines 1 to `count`, an hour apart; every third is of the release branch. */
function pipelines(count: number): FakePipeline[] {
  const first = Date.parse("2025-02-01T00:00:00Z");
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    at: new Date(first + index * 3_600_000).toISOString(),
    branch: index % 3 === 0 ? "main" : "feature",
  }));
}

it("pipelines of the release branch and of tags come with workflows and jobs; the others tell that none is missing", async () => {
  const { source, server } = await startCircleci({
    pipelines: [...pipelines(30), { number: 31, at: "2025-03-01T00:00:00Z", tag: "v7" }],
    pageSize: 7,
  });
  const pulled = await pullWithSecret(driver, source, circleciToken, settings);
  expect(pulled.outcome.counts).toEqual({
    "pipelines": 31,
    "pipelines of the release branch and of tags": 11,
    "workflows": 11,
    "jobs": 22,
  });
  expect(pulled.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 31, received: 31 })]);
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
  expect(everythingKept(pulled)).not.toContain(circleciToken);
});

it("what was pulled reads as builds with commit and result, jobs and gates", async () => {
  const { source } = await startCircleci({ pipelines: pipelines(1) });
  const pulled = await pullWithSecret(driver, source, circleciToken, settings);
  const read = pulled.records.map((record) =>
    readEvidence({ ...record, sha256: "0".repeat(64), sourceId: "ci" }, source),
  );
  expect(read.flatMap(({ unread }) => unread)).toEqual([]);
  expect(read.flatMap(({ facts }) => facts)).toMatchObject([
    { kind: "build", id: "w-1", commit: "c".repeat(40), branch: "main", actor: "ada", conclusion: "success" },
    { kind: "build-job", build: "w-1", name: "test" },
    { kind: "build-job", build: "w-1", name: "hold" },
    { kind: "deployment-approval", deployment: "w-1", by: "uuid-grace", decision: "approved" },
  ]);
});

it("where the pipeline before the oldest is gone, nothing before that one is vouched for", async () => {
  const { source } = await startCircleci({ pipelines: pipelines(30).slice(9) });
  const { outcome } = await pullWithSecret(driver, source, circleciToken, settings);
  const oldest = "2025-02-01T09:00:00.000Z";
  expect(outcome.coverage).toMatchObject([{ from: oldest }, { from: oldest }]);
  expect(outcome.notes).toContain(`CircleCI has no pipelines from before ${oldest}; earlier ones were removed.`);
  expect(outcome.tieOuts).toEqual([expect.objectContaining({ expected: 21, received: 21 })]);
});

it("where more numbers are missing than are asked for, nothing is covered", async () => {
  const { source } = await startCircleci({ pipelines: [...pipelines(1), { number: 700, at: "2025-03-01T00:00:00Z" }] });
  const { outcome } = await pullWithSecret(driver, source, circleciToken, settings);
  expect(outcome.coverage).toEqual([]);
  expect(outcome.notes.join(" ")).toContain("198 more numbers are missing");
});

it("a pipeline that names a commit alone is read, and one that names none is told", async () => {
  const at = "2025-02-02T00:00:00Z";
  const { source } = await startCircleci({
    pipelines: [...pipelines(1), { number: 2, at, vcs: { revision: "d".repeat(40) } }, { number: 3, at, vcs: {} }],
  });
  const { outcome } = await pullWithSecret(driver, source, circleciToken, settings);
  expect(outcome.counts).toMatchObject({ pipelines: 3, workflows: 2 });
  expect(outcome.notes.join(" ")).toContain("1 pipelines name no commit");
});

it("reading stops at the first page that reaches past the window", async () => {
  const old = Array.from({ length: 100 }, (_, index) => ({ number: index + 1, at: "2020-01-01T00:00:00Z" }));
  const { source, server } = await startCircleci({ pipelines: [...old, { number: 101, at: "2025-03-01T00:00:00Z" }] });
  const { outcome } = await pullWithSecret(driver, source, circleciToken, settings);
  expect(server.seen.filter(({ path }) => path.endsWith("/pipeline"))).toHaveLength(1);
  expect(outcome.counts).toMatchObject({ pipelines: 1 });
});

it("a pipeline that no page had is found by its number, and a number that does not exist is told", async () => {
  const { circleci, source } = await startCircleci({ pipelines: pipelines(20), pageSize: 5 });
  const all = circleci.pipelines.filter(({ number }) => number !== 9);
  circleci.before = ({ path }) => {
    circleci.pipelines = path.endsWith("/pipeline") ? all.filter(({ number }) => number !== 13) : all;
    return false;
  };
  const { outcome } = await pullWithSecret(driver, source, circleciToken, settings);
  expect(outcome.tieOuts).toEqual([expect.objectContaining({ expected: 19, received: 19 })]);
  expect(outcome.notes).toContain("CircleCI has no pipeline with the numbers 9.");
  expect(outcome.notes).toContain("1 pipelines were in no page of the list and were found by their numbers.");
});

it("a pull that dies at every step goes on without losing or doubling anything", async () => {
  const { source } = await startCircleci({ pipelines: pipelines(24), pageSize: 5 });
  const whole = await pullWithSecret(driver, source, circleciToken, settings);
  const broken = await pullDyingAtEverySave(driver, source, circleciToken, settings);
  expect(broken.deaths).toBeGreaterThan(8);
  const content = (pulled: Pulled) => evidenceOf(pulled).filter((line) => !line.startsWith("circleci.other"));
  expect(content(broken)).toEqual(content(whole));
  expect(doubled(broken, "circleci.other")).toEqual([]);
  expect(broken.outcome).toEqual(whole.outcome);
});

it("the test of the connection warns that a personal token may write, and a list that never ends is a fault", async () => {
  const { circleci, source } = await startCircleci({ pipelines: pipelines(1) });
  const { context } = createPullDouble(settings);
  const tested = await driver.test(source, { ...context, readSecret: () => circleciToken });
  expect(tested).toMatchObject({ identity: "The Auditor (auditor)", canWrite: true });
  circleci.before = ({ path }, response) => {
    if (!path.endsWith("/pipeline")) return false;
    sendJson(response, { items: [], next_page_token: "again" });
    return true;
  };
  const thrown = await pullWithSecret(driver, source, circleciToken, settings).catch((error: unknown) => error);
  expect(faultOf(thrown).code).toBe("response-invalid");
});
