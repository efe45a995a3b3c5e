import { expect, it } from "vitest";
import { createJenkinsDriver } from "../../../../../electron/sources/ci/jenkins/jenkins-driver.ts";
import { faultOf } from "../../../../../shared/errors.ts";
import { readEvidence } from "../../../../../shared/facts/evidence-reading.ts";
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { quickLimits } from "../../code-host/fake-github.ts";
import { sendJson } from "../../http/loopback-server.ts";
import { createPullDouble, evidenceOf, recordsOf } from "../../pull-double.ts";
import { doubled, everythingKept, type Pulled, pullDyingAtEverySave, pullWithSecret } from "../../pull-with-secret.ts";
import { type FakeBuild, jenkinsToken, startJenkins } from "./fake-jenkins.ts";

const driver = createJenkinsDriver(quickLimits);
const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
const settings = { period };

/** Builds 1 to `count`, an hour apart. */
function builds(count: number, more: Partial<FakeBuild> = {}): FakeBuild[] {
  const first = Date.parse("2025-02-01T00:00:00Z");
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    at: new Date(first + index * 3_600_000).toISOString(),
    ...more,
  }));
}

function numbersOf(pulled: Pulled): number[] {
  const pages = recordsOf(pulled, "jenkins.builds").flatMap(
    ({ bytes }) => JSON.parse(Buffer.from(bytes).toString()).allBuilds,
  );
  const single = recordsOf(pulled, "jenkins.build").map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()));
  return [...pages, ...single].map(({ number }) => number);
}

it("all builds of the period come with the stages of pipeline runs, and tie out with the list of numbers", async () => {
  const { source, server } = await startJenkins({ jobs: { "team/shop": builds(3, { pipeline: true }) } });
  const pulled = await pullWithSecret(driver, source, jenkinsToken, settings);
  expect(numbersOf(pulled)).toEqual([3, 2, 1]);
  expect(pulled.outcome.counts).toEqual({ "builds": 3, "runs with stages": 3 });
  expect(pulled.outcome.tieOuts).toEqual([
    expect.objectContaining({ what: "builds of team/shop", expected: 3, received: 3 }),
  ]);
  expect(pulled.outcome.coverage).toEqual([{ kind: "builds", scope: "shop", from: period.start, to: period.end }]);
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
  expect(everythingKept(pulled)).not.toContain(jenkinsToken);
});

it("what was pulled reads as builds with their stages", async () => {
  const { source } = await startJenkins({ jobs: { "team/shop": builds(1, { pipeline: true }) } });
  const pulled = await pullWithSecret(driver, source, jenkinsToken, settings);
  const read = pulled.records.map((record) =>
    readEvidence({ ...record, sha256: "0".repeat(64), sourceId: "ci" }, source),
  );
  expect(read.flatMap(({ unread }) => unread)).toEqual([]);
  expect(read.flatMap(({ facts }) => facts)).toMatchObject([
    { kind: "build", id: "team/shop#1", commit: "a".repeat(40), conclusion: "success", branch: "main" },
    { kind: "build-job", build: "team/shop#1", name: "Test", conclusion: "success" },
    { kind: "build-job", build: "team/shop#1", name: "Deploy", conclusion: "skipped" },
  ]);
});

it("reading stops at the first page that reaches past the window", async () => {
  const old = Array.from({ length: 250 }, (_, index) => ({ number: index + 1, at: "2020-01-01T00:00:00Z" }));
  const { source, server } = await startJenkins({
    jobs: { "team/shop": [...old, { number: 251, at: "2025-03-01T00:00:00Z" }] },
  });
  const pulled = await pullWithSecret(driver, source, jenkinsToken, settings);
  expect(server.seen.filter(({ query }) => query.get("tree")?.includes("duration"))).toHaveLength(1);
  expect(pulled.outcome.counts).toMatchObject({ builds: 1 });
  expect(pulled.outcome.coverage).toEqual([expect.objectContaining({ from: period.start })]);
});

it("a build that slips between two pages when another is deleted is found by its number", async () => {
  const { jenkins, source } = await startJenkins({ jobs: { "team/shop": builds(150) } });
  jenkins.before = (seen) => {
    // Number 150 is deleted after the first page, so that number 50 moves up onto it.
    if (seen.query.get("tree")?.endsWith("{100,200}")) jenkins.jobs["team/shop"] = builds(149);
    return false;
  };
  const pulled = await pullWithSecret(driver, source, jenkinsToken, settings);
  expect(new Set(numbersOf(pulled)).size).toBe(150);
  expect(recordsOf(pulled, "jenkins.build")).toHaveLength(1);
  expect(pulled.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 149, received: 149 })]);
});

it("where pages never reach as far as the numbers do, what they lack is found by its number", async () => {
  const { jenkins, source } = await startJenkins({ jobs: { "team/shop": builds(130) } });
  let emptied = 0;
  jenkins.before = ({ query }, response) => {
    if (!query.get("tree")?.endsWith("{100,200}")) return false;
    emptied += 1;
    sendJson(response, { fullName: "team/shop", nextBuildNumber: 131, allBuilds: [] });
    return true;
  };
  const pulled = await pullWithSecret(driver, source, jenkinsToken, settings);
  expect(emptied).toBe(3);
  expect(new Set(numbersOf(pulled)).size).toBe(130);
  expect(pulled.outcome.counts).toMatchObject({ builds: 130 });
  expect(pulled.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 130, received: 130 })]);
  expect(pulled.outcome.notes.join("\n")).toContain("30 builds of team/shop were on no page of the list");
});

it("a build that starts while the list is read doubles nothing", async () => {
  const { jenkins, source } = await startJenkins({ jobs: { "team/shop": builds(150) } });
  jenkins.before = (seen) => {
    if (seen.query.get("tree")?.endsWith("{100,200}")) jenkins.jobs["team/shop"] = builds(151);
    return false;
  };
  const { outcome } = await pullWithSecret(driver, source, jenkinsToken, settings);
  expect(outcome.counts).toMatchObject({ builds: 150 });
  expect(outcome.notes.join(" ")).toContain("1 builds of team/shop were listed again because");
});

it("numbers without a build are told, and builds deleted at the beginning shorten what is vouched for", async () => {
  const kept = builds(20).filter(({ number }) => number > 4 && ![7, 8, 12].includes(number));
  const { source } = await startJenkins({ jobs: { "team/shop": kept } });
  const { outcome } = await pullWithSecret(driver, source, jenkinsToken, settings);
  expect(outcome.notes.join(" ")).toContain("3 builds of team/shop are gone from Jenkins, by their numbers: 7–8, 12.");
  expect(outcome.notes).toContain(
    "Jenkins has no builds of team/shop from before 2025-02-01T04:00:00.000Z; earlier ones were deleted.",
  );
  // A build that is gone may be one that failed, so nothing is vouched for from the one before it to the one after.
  expect(outcome.coverage).toEqual([
    { kind: "builds", scope: "shop", from: "2025-02-01T04:00:00.000Z", to: "2025-02-01T05:00:00.000Z" },
    { kind: "builds", scope: "shop", from: "2025-02-01T08:00:00.000Z", to: "2025-02-01T10:00:00.000Z" },
    { kind: "builds", scope: "shop", from: "2025-02-01T12:00:00.000Z", to: period.end },
  ]);
});

it("a build that is listed and cannot be had stays a difference in the tie-out, and no builds are covered", async () => {
  const { jenkins, source } = await startJenkins({ jobs: { "team/shop": builds(5) } });
  jenkins.before = (seen) => {
    const isNumbers = seen.query.get("tree") === "allBuilds[number,timestamp]";
    jenkins.jobs["team/shop"] = isNumbers ? builds(5) : builds(5).filter(({ number }) => number !== 3);
    return false;
  };
  const { outcome } = await pullWithSecret(driver, source, jenkinsToken, settings);
  expect(outcome.tieOuts).toEqual([expect.objectContaining({ expected: 5, received: 4 })]);
  expect(outcome.coverage).toEqual([]);
});

it("a server without the stage view is read all the same, and says so once", async () => {
  const { source } = await startJenkins({ jobs: { "team/shop": builds(3, { pipeline: true }) }, stageView: false });
  const { outcome } = await pullWithSecret(driver, source, jenkinsToken, settings);
  expect(outcome.counts).toEqual({ "builds": 3, "runs with stages": 0 });
  expect(outcome.notes.filter((note) => note.includes("stages"))).toHaveLength(1);
});

it("a pull that dies at every step goes on without losing or doubling anything", async () => {
  const jobs = { "team/shop": builds(105), "team/main%2Fx": builds(7, { pipeline: true }) };
  const { source } = await startJenkins({ jobs });
  const both = { ...source, jobs: Object.keys(jobs) };
  const whole = await pullWithSecret(driver, both, jenkinsToken, settings);
  const broken = await pullDyingAtEverySave(driver, both, jenkinsToken, settings);
  expect(broken.deaths).toBeGreaterThan(8);
  const content = (pulled: Pulled) => evidenceOf(pulled).filter((line) => !line.startsWith("jenkins.other"));
  expect(content(broken)).toEqual(content(whole));
  expect(doubled(broken, "jenkins.other")).toEqual([]);
  expect(broken.outcome).toEqual(whole.outcome);
});

it("an answer as to a stranger, an unknown job and a wrong token are faults", async () => {
  const { jenkins, source } = await startJenkins({ jobs: { "team/shop": builds(1) }, anonymous: true });
  const faults: string[] = [];
  const attempt = async (secret: string, jobs: string[]) => {
    const double = createPullDouble(settings);
    const context = { ...double.context, readSecret: () => secret };
    await driver.test({ ...source, jobs }, context).catch((thrown: unknown) => faults.push(faultOf(thrown).code));
  };
  await attempt(jenkinsToken, ["team/shop"]);
  jenkins.anonymous = false;
  await attempt(jenkinsToken, ["team/other"]);
  await attempt("wrong", ["team/shop"]);
  await attempt(jenkinsToken, ["team/shop"]);
  expect(faults).toEqual(["http-unauthorised", "http-not-found", "http-unauthorised"]);
});
