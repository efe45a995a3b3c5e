import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../../../build/install.mjs";
import { temporaryFolder } from "../../../electron/sources/pull-double.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { readAs, readFixture } from "../fixture-evidence.ts";

const node = join(root, "node_modules/.bin/node");

it("Surefire: what passed when it was run again passed, and what failed again failed once", () => {
  const { facts, unread } = readFixture("junit.xml/maven-surefire.xml");
  expect(unread).toEqual([]);
  expect(facts).toMatchObject([
    {
      kind: "test-report",
      repository: "quay",
      tool: "Maven Surefire",
      suite: "example.harbour.TariffTest",
      tests: 6,
      failures: 1,
      errors: 1,
      skipped: 1,
      notPassed: ["example.harbour.TariffTest knowsNoNegativeTonnage", "example.harbour.TariffTest readsTheRateTable"],
      at: null,
    },
  ]);
});

it("pytest, jest-junit, gotestsum and rspec_junit_formatter are read with their counts, tools and times", () => {
  const read = (name: string) => readFixture(`junit.xml/${name}`).facts;
  expect(read("pytest.xml")).toMatchObject([
    { tool: "pytest", tests: 3, failures: 1, skipped: 1, at: "2025-02-03T10:15:00.123Z" },
  ]);
  expect(read("jest-junit.xml")).toMatchObject([
    { tool: "Jest", suite: "berth list", tests: 2, failures: 1, at: "2025-02-03T10:15:00.000Z" },
    { tool: "Jest", suite: "tide clock", tests: 1, failures: 0 },
  ]);
  expect(read("gotestsum.xml")).toMatchObject([
    { tool: "Go", tests: 3, failures: 1, skipped: 1, notPassed: ["harbour.example/berths TestTaken"] },
  ]);
  expect(read("rspec-junit-formatter.xml")).toMatchObject([
    { tool: "RSpec", tests: 3, failures: 1, skipped: 1, at: "2025-02-03T09:15:00.000Z", build: "981" },
  ]);
});

it("node:test: tests beside suites and suites in suites are counted once each", () => {
  expect(readFixture("junit.xml/node-test.xml").facts).toMatchObject([
    { tool: "node:test", suite: "tides", tests: 3, failures: 1, skipped: 1, notPassed: ["test are low"] },
    { tool: "node:test", suite: "", tests: 1, failures: 0 },
  ]);
});

it.each([
  ['status="run" result="completed"', "passed"],
  ['status="passed"', "passed"],
  ["", "passed"],
  ['status="run" result="interrupted"', "broke"],
  ['status="run" result="suppressed"', "skipped"],
  ['status="undefined"', "broke"],
  ['result="Failure"', "failed"],
  ['status="untested"', "skipped"],
])("a test with %s %s: a word that is not known is no pass", (attributes, expected) => {
  const [report] = readAs("junit.xml", `<testsuite name="a"><testcase name="b" ${attributes}/></testsuite>`).facts;
  const counts = { failures: 0, errors: 0, skipped: 0 };
  const named = { passed: counts, failed: { ...counts, failures: 1 }, broke: { ...counts, errors: 1 } };
  const wanted = { ...named, skipped: { ...counts, skipped: 1 } }[expected];
  expect(report).toMatchObject({ tests: 1, ...wanted });
});

it("commit and build come from the report, else from the names of its folders, else from nowhere", () => {
  const commit = "0123456789abcdef0123456789abcdef01234567";
  expect(readFixture("junit.xml/rspec-junit-formatter.xml").facts).toMatchObject([{ commit, build: "981" }]);
  const bare = '<testsuite name="a"><testcase name="b"/></testsuite>';
  const at = (locator: string) => readAs("junit.xml", bare, { locator }).facts[0];
  expect(at(`reports/${commit}/junit.xml`)).toMatchObject({ commit, build: "" });
  expect(at("reports/build-41/junit.xml")).toMatchObject({ commit: "", build: "41" });
  expect(at("reports/builds/42/junit.xml#line 1")).toMatchObject({ build: "42" });
  expect(at("reports/abc/junit.xml")).toMatchObject({ commit: "", build: "" });
  const reading = { about: { commit, build: "7" } };
  expect(readAs("junit.xml", bare, { reading }).facts).toMatchObject([{ commit, build: "7" }]);
});

it("a total that states more than the list of tests shows counts: a cut list turns no failure into a pass", () => {
  const cut = '<testsuites><testsuite name="a" tests="9" failures="2"><testcase name="b"/></testsuite></testsuites>';
  expect(readAs("junit.xml", cut).facts).toMatchObject([{ tests: 9, failures: 2, errors: 0 }]);
  const outside = '<testsuites tests="3" errors="1"><testsuite name="a"><testcase name="b"/></testsuite></testsuites>';
  expect(readAs("junit.xml", outside).facts).toMatchObject([
    { suite: "a", tests: 1 },
    { suite: "", tests: 2, errors: 1 },
  ]);
  const nonsense = '<testsuite name="a" tests="1e99" failures="-4" skipped="NaN"><testcase name="b"/></testsuite>';
  expect(readAs("junit.xml", nonsense).facts).toMatchObject([{ tests: 1, failures: 0, skipped: 0 }]);
});

it("a time that cannot be read is listed, and the tests count all the same", () => {
  const report = (time: string) => `<testsuite name="a" timestamp="${time}"><testcase name="b"/></testsuite>`;
  const invalid = readAs("junit.xml", report("2025-02-31T10:00:00"));
  expect(invalid.facts).toMatchObject([{ tests: 1, at: null }]);
  expect(invalid.unread).toMatchObject([{ origin: { place: "line 1" }, reason: expect.stringContaining("calendar") }]);
  expect(readAs("junit.xml", report("2025-02-03T10:00:00"), { reading: {} }).unread).toHaveLength(1);
});

it("what is hostile is refused or only text", () => {
  const laughs =
    '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><testsuite name="a"><testcase name="&c;"/></testsuite>';
  expect(readAs("junit.xml", laughs)).toMatchObject({
    facts: [],
    unread: [{ reason: expect.stringContaining("DOCTYPE") }],
  });
  const deep = `${'<testsuite name="a">'.repeat(5000)}${"</testsuite>".repeat(5000)}`;
  expect(readAs("junit.xml", deep)).toMatchObject({ facts: [], unread: [{ reason: expect.stringContaining("deep") }] });
  const script =
    '<testsuite name="&lt;script&gt;alert(1)&lt;/script&gt;"><testcase name="b"><failure/></testcase></testsuite>';
  expect(readAs("junit.xml", script).facts).toMatchObject([{ suite: "<script>alert(1)</script>", failures: 1 }]);
  expect(readAs("junit.xml", "<html/>").unread).toMatchObject([{ reason: "its root element is html, not testsuites" }]);
});

it("what node:test really writes is read as it meant it", () => {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, "berth.test.mjs"),
    `import { describe, it, test } from "node:test";
import assert from "node:assert";
test("free", () => {});
describe("tides", () => {
  it("are low", () => assert.equal(1, 2));
  it("are high", { skip: "no moon" }, () => {});
  describe("neap", () => it("come twice", () => {}));
});`,
  );
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout } = spawnSync(node, ["--test", "--test-reporter=junit", "berth.test.mjs"], { cwd: folder, env });
  const { facts, unread } = readAs("junit.xml", stdout);
  expect(unread).toEqual([]);
  const total = { tests: 0, failures: 0, skipped: 0 };
  for (const fact of facts) {
    if (fact.kind !== "test-report") continue;
    total.tests += fact.tests;
    total.failures += fact.failures + fact.errors;
    total.skipped += fact.skipped;
  }
  expect(total).toEqual({ tests: 4, failures: 1, skipped: 1 });
  expect(facts).toMatchObject([{ tool: "node:test" }, { tool: "node:test" }]);
});

it("what Vitest really writes is read as it meant it", () => {
  const folder = temporaryFolder();
  const vitest = join(root, "node_modules/vitest");
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(
    join(folder, "berth.test.js"),
    `import { describe, expect, it } from ${JSON.stringify(join(vitest, "dist/index.js"))};
describe("tides", () => {
  it("are low", () => expect(1).toBe(2));
  it.skip("are high", () => {});
});
it("free", () => {});`,
  );
  const report = join(folder, "report.xml");
  const { VITEST: _, VITEST_POOL_ID: __, VITEST_WORKER_ID: ___, ...env } = process.env;
  const ran = spawnSync(
    node,
    [join(vitest, "vitest.mjs"), "run", "--root", folder, "--reporter=junit", `--outputFile=${report}`],
    { cwd: folder, env, encoding: "utf8" },
  );
  expect(ran.stderr, ran.stdout).not.toContain("Cannot find");
  const { facts, unread } = readAs("junit.xml", readFileSync(report));
  expect(unread).toEqual([]);
  expect(facts).toMatchObject([
    {
      tool: "Vitest",
      suite: "berth.test.js",
      tests: 3,
      failures: 1,
      skipped: 1,
      notPassed: [expect.stringContaining("are low")],
    },
  ]);
});

describeRecorded("ci-reports", "a recorded report of pytest", (folder) => {
  it("is read with all its tests", () => {
    const { facts, unread } = readAs("junit.xml", readFileSync(join(folder, "pytest-junit.xml")));
    expect(unread).toEqual([]);
    expect(facts).toMatchObject([{ tool: "pytest", tests: 279, skipped: 52, failures: 0, errors: 0 }]);
  });
});
