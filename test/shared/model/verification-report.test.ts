import { describe, expect, test } from "vitest";
import {
  type Check,
  type CheckId,
  checkIds,
  failed,
  firstFailure,
  firstUndone,
  notPossible,
  passed,
  VerificationReport,
  verdictOf,
} from "../../../shared/model/verification-report.ts";

const allPassed = checkIds.map((id) => passed(id, "It holds."));

function allBut(changed: Check): Check[] {
  return allPassed.map((check) => (check.id === changed.id ? changed : check));
}

describe("the verdict", () => {
  test("is verified when everything holds and the signer is trusted", () => {
    expect(verdictOf(allPassed)).toBe("verified");
  });

  test("leaves the signer unknown when nobody outside the bundle vouches for it", () => {
    expect(verdictOf(allBut(notPossible("trust", "Unknown.")))).toBe("verified-signer-unknown");
    expect(verdictOf(allPassed.filter(({ id }) => id !== "trust"))).toBe("verified-signer-unknown");
  });

  test.each(checkIds)("is failed when %s failed", (id) => {
    expect(verdictOf(allBut(failed(id, "It differs.")))).toBe("failed");
    expect(verdictOf([...allPassed, failed(id, "It differs.")])).toBe("failed");
  });

  test.each<CheckId>(["container", "manifest", "hashes", "signature"])("is failed when %s was not looked at", (id) => {
    expect(verdictOf(allBut(notPossible(id, "Nobody looked.")))).toBe("failed");
    expect(verdictOf(allPassed.filter((check) => check.id !== id))).toBe("failed");
  });

  test("leaves the signer unknown when nobody can tell whether the certificate was valid, and fails when nobody asked", () => {
    expect(verdictOf(allBut(notPossible("certificate", "Expired since.")))).toBe("verified-signer-unknown");
    expect(verdictOf(allPassed.filter(({ id }) => id !== "certificate"))).toBe("failed");
  });

  test("leaves the signer unknown when one of several signers is not trusted", () => {
    expect(verdictOf([...allPassed, notPossible("trust", "Unknown.")])).toBe("verified-signer-unknown");
  });

  test.each<CheckId>(["activity-log", "git-objects", "evidence", "population-digest", "draw", "facts", "results"])(
    "is neither verified nor failed when %s was not done again, whoever signed",
    (id) => {
      expect(verdictOf(allBut(notPossible(id, "An earlier format.")))).toBe("not-reperformed");
      expect(verdictOf(allPassed.filter((check) => check.id !== id))).toBe("not-reperformed");
      expect(verdictOf([...allBut(notPossible(id, "No.")), notPossible("trust", "Unknown.")])).toBe("not-reperformed");
    },
  );

  test("is verified without a reconciliation, which an export of the sampled items cannot give", () => {
    expect(verdictOf(allBut(notPossible("reconciliation", "A part of the evidence.")))).toBe("verified");
  });

  test("of no checks at all is failed", () => {
    expect(verdictOf([])).toBe("failed");
  });
});

test("the first failure is the one that the report shows first", () => {
  const checks = [passed("container", "Fine."), failed("draw", "One."), failed("results", "Two.")];
  expect(firstFailure({ checks })?.id).toBe("draw");
  expect(firstFailure({ checks: allPassed })).toBeNull();
});

test("the first check that was not done is one that the verdict rests on", () => {
  const undone = [
    notPossible("revocation", "No list."),
    notPossible("reconciliation", "A part."),
    failed("facts", "One."),
  ];
  expect(firstUndone({ checks: [...undone, notPossible("results", "An earlier format.")] })?.id).toBe("results");
  expect(firstUndone({ checks: undone })).toBeNull();
});

test("a report is plain data that its schema accepts", () => {
  const report = {
    verdict: "failed",
    signer: null,
    signedAt: null,
    signatures: [{ file: "s.p7s", signer: null, claimedRole: null, signedAt: null, timestamp: null }],
    checks: [failed("hashes", "It differs.", { subject: "a", expected: "1", found: "2" }), notPossible("draw", "No.")],
    bundle: { path: "a.zip", sha256: "0".repeat(64), size: 1, formatVersion: null },
  };
  expect(VerificationReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});
