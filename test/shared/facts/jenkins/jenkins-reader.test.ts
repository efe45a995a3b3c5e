import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { JenkinsSource } from "../../../../shared/model/ci-source.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { evidenceInput } from "../evidence-under-test.ts";
import { readAs, readFixture } from "../fixture-evidence.ts";

it("a build that runs has no result yet; one without a commit, or with several, is listed and not guessed", () => {
  const { facts, unread } = readFixture("jenkins.builds/page.json");
  expect(facts).toMatchObject([
    {
      id: "harbour/quay#3",
      completed: false,
      conclusion: "unknown",
      finishedAt: null,
      actor: "ada",
      event: "user",
      branch: "",
    },
  ]);
  expect(unread).toMatchObject([
    { origin: { place: "/allBuilds/1" }, reason: "it checked out 2 commits, and nothing says which of them it built" },
    { origin: { place: "/allBuilds/2" }, reason: "it names no commit that it built" },
  ]);
});

it("where a build checks out several repositories, the source's clone address tells which counts", () => {
  const source = JenkinsSource.parse({
    id: "ci",
    kind: "jenkins",
    repository: "quay",
    siteUrl: "https://jenkins.example",
    jobs: ["harbour/quay"],
    remoteUrl: "harbour:QUAY.git",
    user: "auditor",
    token: { in: "environment", name: "T" },
  });
  const build = {
    actions: [
      { lastBuiltRevision: { SHA1: "a".repeat(40), branch: [] }, remoteUrls: ["git@harbour:quay"] },
      { lastBuiltRevision: { SHA1: "b".repeat(40), branch: [] }, remoteUrls: ["git@harbour:pipeline-library"] },
    ],
    number: 5,
    result: "SUCCESS",
    timestamp: 1_738_577_700_000,
    duration: 1000,
  };
  const locator = "https://jenkins.example/job/harbour/job/quay/5/api/json";
  const input = { ...evidenceInput(JSON.stringify(build), undefined, "jenkins.build"), locator };
  expect(readEvidence(input, source).facts).toMatchObject([{ id: "harbour/quay#5", commit: "a".repeat(40) }]);
  const other = readEvidence(input, { ...source, remoteUrl: "harbour:crane" });
  expect(other.unread).toMatchObject([{ reason: "it checked out nothing from harbour:crane" }]);
});

it("stages belong to the run that their address names, and one that waits for somebody is not over", () => {
  expect(readFixture("jenkins.stages/describe.json").facts).toMatchObject([
    { build: "harbour/quay#31", name: "Test", conclusion: "failure", finishedAt: "2025-02-03T10:15:51.000Z" },
    { build: "harbour/quay#31", name: "Deploy", completed: false, finishedAt: null },
  ]);
  const nowhere = { _links: { self: { href: "/job/a/wfapi/describe" } }, stages: [] };
  expect(readAs("jenkins.stages", JSON.stringify(nowhere)).unread).toHaveLength(1);
});

it.each([
  ["org.jenkinsci.plugins.workflow.cps.replay.ReplayCause", "replay"],
  ["org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause", "restart"],
  ["hudson.model.Cause$UpstreamCause", "user"],
])("a build that %s caused besides a person is a %s", (_class, event) => {
  const causes = [{ _class: "hudson.model.Cause$UserIdCause", userId: "ada" }, { _class }];
  const actions = [{ causes }, { lastBuiltRevision: { SHA1: "a".repeat(40), branch: [] }, remoteUrls: [] }];
  const build = { actions, number: 1, result: "SUCCESS", timestamp: 1_738_577_700_000, duration: 1000 };
  expect(readAs("jenkins.builds", JSON.stringify({ allBuilds: [build] })).facts).toMatchObject([
    { event, actor: "ada" },
  ]);
});

it.each(["SKIPPED", "NOT_EXECUTED", "UNSTABLE", "ABORTED", "SOMETHING_NEW"])(
  "a stage that ended as %s did not pass",
  (status) => {
    const run = {
      _links: { self: { href: "/job/a/1/wfapi/describe" } },
      stages: [{ id: "1", name: "Test", status, startTimeMillis: 0, durationMillis: 0 }],
    };
    const { facts } = readAs("jenkins.stages", JSON.stringify(run));
    expect(facts).toMatchObject([{ startedAt: null, finishedAt: null }]);
    expect(facts).not.toMatchObject([{ conclusion: "success" }]);
  },
);

it("times and durations of no world are refused and throw nothing", () => {
  for (const odd of [{ timestamp: 1e300 }, { timestamp: -1 }, { duration: 1e300 }, { timestamp: "soon" }]) {
    const build = { actions: [], number: 1, result: "SUCCESS", timestamp: 0, ...odd };
    const { facts, unread } = readAs("jenkins.builds", JSON.stringify({ allBuilds: [build] }));
    expect(facts).toEqual([]);
    expect(unread).toHaveLength(1);
  }
});

describeRecorded("jenkins", "recorded builds of Jenkins", (folder) => {
  const rows = readFileSync(join(folder, "builds.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

  it("are read where they name a commit, and listed where they do not", () => {
    const allBuilds = rows.map(({ data }) => data);
    const { facts, unread } = readAs("jenkins.builds", JSON.stringify({ fullName: "recorded", allBuilds }));
    const withCommit = allBuilds.filter((build) => JSON.stringify(build).includes('"SHA1"'));
    expect(facts).toHaveLength(withCommit.length);
    expect(facts.length).toBeGreaterThan(0);
    expect(new Set(unread.map(({ reason }) => reason))).toEqual(new Set(["it names no commit that it built"]));
    expect(facts.length + unread.length).toBe(allBuilds.length);
  });
});
