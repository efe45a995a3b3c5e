import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeRecorded } from "../../../recorded-data.ts";
import { readAs, readFixture } from "../fixture-evidence.ts";

function sarif(run: object): string {
  return JSON.stringify({ version: "2.1.0", runs: [{ tool: { driver: { name: "T" } }, ...run }] });
}

describe("SARIF", () => {
  const { facts, unread } = readFixture("sarif.json/security.sarif");

  it("a run says what it looked at, when, and whether it came to its end", () => {
    expect(facts.filter(({ kind }) => kind === "analysis-run")).toMatchObject([
      {
        tool: "TideScan",
        toolVersion: "2.4.0",
        sort: "security",
        commit: "0123456789abcdef0123456789abcdef01234567",
        build: "4711",
        at: "2025-02-03T10:16:00.500Z",
        succeeded: true,
        findings: 4,
      },
      { tool: "ESLint", sort: "lint", succeeded: false, findings: 0 },
    ]);
  });

  it("a finding weighs what its rule says, and is open unless it was suppressed for good or is gone", () => {
    const findings = facts.filter((fact) => fact.kind === "analysis-finding");
    expect(findings.map(({ rule, severity, state }) => [rule, severity, state])).toEqual([
      ["TS100", "critical", "open"],
      ["TS200/low", "note", "open"],
      ["TS300", "medium", "dismissed"],
      ["TS300", "medium", "open"],
      ["TS300", "medium", "fixed"],
      ["TS300", "none", "open"],
      ["CR1", "medium", "open"],
    ]);
    expect(findings[0]).toMatchObject({ path: "src/berths.ts", line: 42, id: "abc:1" });
    expect(findings[2]).toMatchObject({ reason: "read by the crane" });
  });

  it("a run without results tells nothing, and does not pass for a clean one", () => {
    expect(unread).toMatchObject([{ origin: { place: "/runs/2" }, reason: expect.stringContaining("results") }]);
    expect(readAs("sarif.json", sarif({}))).toMatchObject({ facts: [], unread: [{}] });
  });

  it("a result that cannot be read is listed and counts as a finding", () => {
    expect(readAs("sarif.json", sarif({ results: [{ message: 7 }] }))).toMatchObject({
      facts: [{ kind: "analysis-run", findings: 1 }],
      unread: [{ origin: { place: "/runs/0/results/0" } }],
    });
  });

  it("scores, lines and versions of no world are passed over", () => {
    const results = [
      { message: { text: "a" }, properties: { "security-severity": "99" } },
      { message: { text: "b" }, properties: { "security-severity": "" }, level: "error" },
      { message: { text: "c" }, ruleIndex: -1, rule: { index: 1e9 } },
    ];
    const findings = readAs("sarif.json", sarif({ results })).facts.slice(1);
    expect(findings).toMatchObject([{ severity: "medium" }, { severity: "high" }, { severity: "medium" }]);
    expect(readAs("sarif.json", '{"version":"1.0.0","runs":[]}').unread).toHaveLength(1);
  });
});

describe("the weight of an error in SARIF", () => {
  /** Severity of a result of level `error` or another, of a rule that the log describes or does not. */
  function weigh(tool: string, rule: { id: string; [name: string]: unknown }, result: object = { level: "error" }) {
    const driver = { name: tool, rules: [rule] };
    const results = [{ ruleId: rule.id, message: { text: "m" }, ...result }];
    return readAs("sarif.json", sarif({ tool: { driver }, results })).facts.flatMap((fact) =>
      fact.kind === "analysis-finding" ? [fact.severity] : fact.kind === "analysis-run" ? [fact.sort] : [],
    );
  }

  it("of a lint tool is none of a weakness, unless its rule is for weaknesses", () => {
    expect(weigh("ESLint", { id: "no-unused-vars" })).toEqual(["lint", "medium"]);
    expect(weigh("ESLint", { id: "no-unused-vars" }, { level: "warning" })).toEqual(["lint", "low"]);
    expect(weigh("ESLint", { id: "security/detect-eval-with-expression" })).toEqual(["lint", "high"]);
    expect(weigh("Ruff", { id: "S602" })).toEqual(["lint", "high"]);
    expect(weigh("RuboCop", { id: "Security/Eval", properties: { tags: ["security"] } })).toEqual(["security", "high"]);
  });

  it("of a tool for both is told by the rule's tags, score or place in a list of weaknesses", () => {
    const quality = { id: "js/useless-assignment", properties: { tags: ["maintainability", "readability"] } };
    expect(weigh("CodeQL", quality)).toEqual(["unknown", "medium"]);
    const listed = { id: "A1", relationships: [{ target: { id: "79", toolComponent: { name: "CWE" } } }] };
    expect(weigh("T", listed)).toEqual(["security", "high"]);
    expect(weigh("T", { id: "A1", properties: { tags: ["external/cwe/cwe-079"] } })).toEqual(["security", "high"]);
    expect(weigh("T", { id: "A1", properties: { tags: ["style"], "security-severity": "9.1" } })).toEqual([
      "security",
      "critical",
    ]);
  });

  it("of a tool that nobody knows, with a rule that says nothing of itself, is taken at its face value", () => {
    expect(weigh("T", { id: "A1" })).toEqual(["unknown", "high"]);
    expect(weigh("T", { id: "A1" }, { level: "shout" })).toEqual(["unknown", "unknown"]);
    expect(weigh("T", { id: "A1" }, { level: "error", kind: "pass" })).toEqual(["unknown", "none"]);
  });
});

describe("lint tools", () => {
  it("puppet-lint's JSON, in one list or one for each file", () => {
    const { facts, unread } = readFixture("puppet-lint.json/two-files.json");
    expect(unread).toEqual([]);
    expect(facts).toMatchObject([
      { kind: "analysis-run", tool: "puppet-lint", sort: "lint", findings: 2, succeeded: true },
      { rule: "double_quoted_strings", severity: "low", path: "manifests/init.pp", line: 3, state: "open" },
      { rule: "autoloader_layout", severity: "medium" },
      { rule: "140chars", state: "dismissed", reason: "a long address" },
    ]);
    expect(readAs("puppet-lint.json", "[]").facts).toMatchObject([{ kind: "analysis-run", findings: 0 }]);
  });

  it("puppet-lint's text, line by line, with the lines that are none of it", () => {
    expect(readFixture("puppet-lint.text/remarks.txt").facts).toMatchObject([
      { findings: 2 },
      { path: "manifests/init.pp", line: 3, severity: "low", rule: "double_quoted_strings" },
      { line: 1, severity: "medium", rule: "autoloader_layout" },
    ]);
    expect(readAs("puppet-lint.text", "WARNING: a on line 3\nwhat?\n")).toMatchObject({
      facts: [{ findings: 2 }, { line: 3 }],
      unread: [{ origin: { place: "line 2" } }],
    });
  });

  it.each([
    [{ target_file_count: 1, inspected_file_count: 1 }, true],
    [{ target_file_count: 9, inspected_file_count: 1 }, false],
    [undefined, true],
  ])("a run of RuboCop of which %j came to its end: %s", (summary, succeeded) => {
    const read = (files: object[]) => readAs("rubocop.json", JSON.stringify({ metadata: {}, files, summary })).facts[0];
    expect(read([{ path: "a.rb", offenses: [] }])).toMatchObject({ kind: "analysis-run", succeeded });
    expect(read([])).toMatchObject({ succeeded: false });
  });

  it("RuboCop's JSON, which is Cookstyle's where its rules are for Chef", () => {
    expect(readFixture("rubocop.json/cookstyle.json").facts).toMatchObject([
      { tool: "cookstyle", toolVersion: "1.25.1", findings: 2 },
      { rule: "Chef/Deprecations/ResourceWithoutUnifiedTrue", severity: "note", path: "recipes/default.rb", line: 1 },
      { severity: "low", line: 7 },
    ]);
  });
});

describeRecorded("ci-reports", "recorded SARIF of ESLint", (folder) => {
  it("is read result by result, and the clean run is a run", () => {
    const text = readFileSync(join(folder, "eslint.sarif"), "utf8");
    const { facts, unread } = readAs("sarif.json", text);
    expect(unread).toEqual([]);
    expect(facts).toHaveLength(1 + JSON.parse(text).runs[0].results.length);
    expect(facts[0]).toMatchObject({ kind: "analysis-run", tool: "ESLint", sort: "lint" });
    const clean = readAs("sarif.json", readFileSync(join(folder, "eslint-clean.sarif")));
    expect(clean.facts).toMatchObject([{ kind: "analysis-run", findings: 0, succeeded: true }]);
  });
});
