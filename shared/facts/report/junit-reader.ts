import type { TestReport } from "../../model/build-facts.ts";
import type { ReadFacts, Unread } from "../../model/facts.ts";
import type { Instant } from "../../model/instant.ts";
import type { Source } from "../../model/source.ts";
import { readTime } from "../../model/written-time.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";
import { childrenOf, parseXml, type XmlElement } from "../xml-evidence.ts";
import { junitTool } from "./junit-tool.ts";
import { commitIn, subjectOf } from "./report-subject.ts";
import { addCounts, addTest, noTests, raiseTo, type TestCounts, type TestResult, testReport } from "./test-counts.ts";

/**
 * A report of tests in JUnit's XML, which no standard defines. Read are the dialects of Maven Surefire, pytest,
 * jest-junit, node:test, vitest, gotestsum and go-junit-report, and rspec_junit_formatter: suites in suites, tests
 * beside suites, counts that are missing or that leave out nested suites.
 *
 * Each outermost suite is one report; tests outside of any suite are one together.
 */
export function readJunit(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseXml(input);
  if ("reason" in document) return unreadWhole(input, document);
  const { root } = document;
  if (root.name !== "testsuites" && root.name !== "testsuite") {
    return unreadWhole(input, { reason: `its root element is ${root.name}, not testsuites` });
  }
  const tool = junitTool(root);
  const facts: TestReport[] = [];
  const unread: Unread[] = [];
  const report = (suite: XmlElement, name: string, counts: TestCounts): void => {
    const origin = originOf(input, suite.place);
    const properties = propertiesOf([root, suite]);
    const subject = subjectOf(input, source, {
      commit: commitIn(firstOf(properties, commitNames)),
      build: firstOf(properties, buildNames),
    });
    const time = timeOf(suite, root, input);
    // The tests count all the same; that their time is not known is told.
    if (time !== null && "reason" in time) unread.push({ origin, reason: `timestamp: ${time.reason}` });
    const at: Instant | null = time !== null && "at" in time ? time.at : null;
    facts.push(testReport(origin, subject, { suite: name, tool, at }, counts));
  };
  const suites = root.name === "testsuite" ? [root] : childrenOf(root, "testsuite");
  for (const suite of suites) report(suite, suite.attributes.get("name") ?? "", countSuite(suite));
  if (root.name === "testsuites") {
    const rest = countCases(root);
    const total = totalOf(suites, rest);
    const stated = noTests();
    raiseTo(stated, Object.fromEntries(root.attributes));
    // What the root states beyond its suites is not dropped: it is counted with the tests outside of any suite.
    for (const what of ["tests", "failures", "errors", "skipped"] as const) {
      rest[what] += Math.max(0, stated[what] - total[what]);
    }
    if (rest.tests + rest.failures + rest.errors > 0) report(root, root.attributes.get("name") ?? "", rest);
  }
  return { facts, unread };
}

function totalOf(suites: readonly XmlElement[], rest: TestCounts): TestCounts {
  const total = noTests();
  addCounts(total, rest);
  for (const suite of suites) addCounts(total, countSuite(suite));
  return total;
}

function countSuite(suite: XmlElement): TestCounts {
  const counts = countCases(suite);
  for (const nested of childrenOf(suite, "testsuite")) addCounts(counts, countSuite(nested));
  raiseTo(counts, {
    ...Object.fromEntries(suite.attributes),
    skipped: suite.attributes.get("skipped") ?? suite.attributes.get("skips") ?? suite.attributes.get("disabled"),
  });
  // A suite that broke outside of its tests (Surefire, go-junit-report) says so itself.
  if (childrenOf(suite, "error").length > 0 && counts.errors === 0) counts.errors = 1;
  return counts;
}

function countCases(suite: XmlElement): TestCounts {
  const counts = noTests();
  for (const test of childrenOf(suite, "testcase")) {
    const name = [test.attributes.get("classname"), test.attributes.get("name")].filter(Boolean).join(" ");
    addTest(counts, name, resultOf(test));
  }
  return counts;
}

/**
 * `flakyFailure` and `flakyError` are of tests that passed when they were run again, `rerunFailure` and `rerunError`
 * of tests that never did, beside the `failure` or `error` of the first run.
 */
function resultOf(test: XmlElement): TestResult {
  const names = new Set(test.children.map(({ name }) => name));
  if (names.has("error") || names.has("rerunError")) return "broke";
  if (names.has("failure") || names.has("rerunFailure")) return "failed";
  // GoogleTest and Bazel say by the one whether it ran and by the other how it ended, such as "interrupted".
  const words = ["status", "result"].flatMap((name) => test.attributes.get(name)?.trim().toLowerCase() || []);
  if (words.some((word) => /^fail(?:ed|ure)?$/.test(word))) return "failed";
  if (names.has("skipped") || words.some((word) => skipping.test(word))) return "skipped";
  // A word that is not known is no pass.
  return words.every((word) => passing.test(word)) ? "passed" : "broke";
}

const skipping = /^(?:skip|skipped|disabled|notrun|not_run|suppressed|filtered|pending|ignored|untested|todo)$/;
const passing = /^(?:pass|passed|success|successful|succeeded|ok|run|ran|completed|executed|finished|fixed|true)$/;

function timeOf(suite: XmlElement, root: XmlElement, input: EvidenceInput) {
  const written = suite.attributes.get("timestamp") ?? root.attributes.get("timestamp");
  return written === undefined || written === "" ? null : readTime(written, input.reading);
}

const commitNames = [
  "git.commit",
  "git.commit.id",
  "commit",
  "revision",
  "vcs.revision",
  "git_commit",
  "ci_commit_sha",
];
const buildNames = ["ci.run", "ci.build", "build.id", "build_id", "build_number", "github_run_id", "ci_pipeline_id"];

/** Properties of the outer and the inner element, their names in lower case. */
function propertiesOf(elements: readonly XmlElement[]): Map<string, string> {
  const properties = new Map<string, string>();
  for (const list of elements.flatMap((element) => childrenOf(element, "properties"))) {
    for (const { attributes, text } of childrenOf(list, "property")) {
      const name = attributes.get("name")?.toLowerCase() ?? "";
      properties.set(name, (attributes.get("value") ?? text).trim());
    }
  }
  return properties;
}

function firstOf(properties: ReadonlyMap<string, string>, names: readonly string[]): string {
  return names.map((name) => properties.get(name) ?? "").find((value) => value !== "") ?? "";
}
