import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { auditStatements } from "../../../../shared/bundle/attestation/statements.ts";
import type { Outcome } from "../../../../shared/model/result.ts";
import { plan } from "../../evaluation/sample-under-test.ts";
import { auditRecordOf } from "../audit-record-under-test.ts";

const files = [
  { path: "results.jsonl", sha256: "1".repeat(64) },
  { path: "evidence/index.jsonl", sha256: "2".repeat(64) },
];
const statements = auditStatements(auditRecordOf(), files);
type TestResult = { result: string; passedTests: string[]; warnedTests: string[]; failedTests: string[] };
const [audit, ...ofCommits] = statements;

describe("in-toto statements of an audit", () => {
  test("begin with one over the files of the bundle, with the conclusions", () => {
    expect(audit?.subject).toEqual([
      { name: "results.jsonl", digest: { sha256: "1".repeat(64) } },
      { name: "evidence/index.jsonl", digest: { sha256: "2".repeat(64) } },
    ]);
    expect(audit?.predicate).toMatchObject({ conclusions: [{ control: "REV-01", support: "not-supported" }] });
  });

  test("tell by commit which controls passed and failed; alike commits share one", () => {
    expect(ofCommits).toHaveLength(2);
    const [passed, failed] = ofCommits;
    expect(passed?.subject).toHaveLength(56);
    expect(passed?.subject[0]).toEqual({
      name: "ledger@0000000000000000000000000000000000000000",
      digest: { gitCommit: "0000000000000000000000000000000000000000" },
    });
    expect(passed?.predicate).toMatchObject({ result: "PASSED", passedTests: ["REV-01"], failedTests: [] });
    expect(failed?.subject).toHaveLength(2);
    expect(failed?.predicate).toMatchObject({ result: "FAILED", passedTests: [], failedTests: ["REV-01"] });
  });

  test("never let a commit pass on which something failed, is missing, or did not apply", () => {
    const outcomes = fc.array(fc.constantFrom<Outcome>("pass", "fail", "no-evidence", "not-applicable"), {
      maxLength: 12,
    });
    const holds = (found: readonly Outcome[]) => {
      const count = (outcome: Outcome) => found.filter((each) => each === outcome).length;
      const record = auditRecordOf({
        populationSize: 100,
        basis: plan({ method: "binomial", confidence: "0.9", tolerableRate: "0.1" }),
        found: {
          "pass": count("pass"),
          "fail": count("fail"),
          "no-evidence": count("no-evidence"),
          "not-applicable": count("not-applicable"),
        },
      });
      const passed = auditStatements(record, files)
        .filter(({ predicate }) => (predicate as TestResult).result === "PASSED")
        .flatMap(({ subject }) => subject.map(({ name }) => name));
      expect(passed).toEqual([...record.results].filter(({ outcome }) => outcome === "pass").map(({ item }) => item));
    };
    fc.assert(fc.property(outcomes, holds), { numRuns: 40 });
  });

  test("say nothing of items that are no commits", () => {
    const record = auditRecordOf();
    const items = { change: (record.items.change ?? []).map(({ id, evidence }) => ({ id, evidence })) };
    expect(auditStatements({ ...record, items }, files)).toHaveLength(1);
  });
});
