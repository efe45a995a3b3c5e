import type { TestReport } from "../../model/build-facts.ts";
import type { Origin } from "../../model/origin.ts";
import type { ReportSubject } from "./report-subject.ts";

/** How many tests there were, and which did not pass. */
export interface TestCounts {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
  readonly notPassed: string[];
}

const mostNamed = 100;
const longestName = 500;

export function noTests(): TestCounts {
  return { tests: 0, failures: 0, errors: 0, skipped: 0, notPassed: [] };
}

export type TestResult = "passed" | "failed" | "broke" | "skipped";

export function addTest(counts: TestCounts, name: string, result: TestResult): void {
  counts.tests += 1;
  if (result === "skipped") counts.skipped += 1;
  if (result === "failed") counts.failures += 1;
  if (result === "broke") counts.errors += 1;
  if (result === "failed" || result === "broke") nameTest(counts, name);
}

export function addCounts(counts: TestCounts, others: TestCounts): void {
  counts.tests += others.tests;
  counts.failures += others.failures;
  counts.errors += others.errors;
  counts.skipped += others.skipped;
  for (const name of others.notPassed) nameTest(counts, name);
}

/**
 * Totals that a report states, where they say more than the tests that it lists: a list that is cut short must not turn
 * a failure into a pass. A total that is no count, or is none of this world, says nothing.
 */
export function raiseTo(
  counts: TestCounts,
  stated: Partial<Record<"tests" | "failures" | "errors" | "skipped", unknown>>,
) {
  for (const what of ["tests", "failures", "errors", "skipped"] as const) {
    const number = countIn(stated[what]);
    if (number > counts[what]) counts[what] = number;
  }
}

function countIn(stated: unknown): number {
  const number = typeof stated === "string" && /^\d{1,9}$/.test(stated) ? Number(stated) : stated;
  return typeof number === "number" && Number.isInteger(number) && number >= 0 && number < 1e9 ? number : 0;
}

function nameTest(counts: TestCounts, name: string): void {
  if (counts.notPassed.length < mostNamed) counts.notPassed.push(name.slice(0, longestName));
}

export function testReport(
  origin: Origin,
  { repository, build, commit }: ReportSubject,
  more: { readonly suite: string; readonly tool: string; readonly at: string | null },
  { tests, failures, errors, skipped, notPassed }: TestCounts,
): TestReport {
  const counts = { tests, failures, errors, skipped, notPassed };
  return { kind: "test-report", origin, repository, build, commit, ...more, ...counts };
}
