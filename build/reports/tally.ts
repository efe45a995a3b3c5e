/** What a test runner's report comes to. */
export interface Tally {
  readonly passed: number;
  readonly failed: readonly FailedTest[];
  readonly skipped: readonly SkippedTest[];
  /** What went wrong outside of any test: a runner that crashed, a report that is missing. */
  readonly faults: readonly string[];
}

/** A test that failed, with the runner's own message: for a property, with the seed and the case that broke it. */
export interface FailedTest {
  readonly name: string;
  readonly message: string;
}

export interface SkippedTest {
  readonly name: string;
  /** The one reason for a skip that is accepted: the recorded data of real projects is not part of the repository. */
  readonly isRecordedDataAbsent: boolean;
}

export const emptyTally: Tally = { passed: 0, failed: [], skipped: [], faults: [] };

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: [...a.failed, ...b.failed],
    skipped: [...a.skipped, ...b.skipped],
    faults: [...a.faults, ...b.faults],
  };
}

/** Tests named by test/recorded-data.ts carry this mark while their data is absent, and only then. */
export function readSkippedTest(name: string): SkippedTest {
  return { name, isRecordedDataAbsent: name.includes("[recorded data not present]") };
}

/**
 * Whether the tests are good, and if not, why.
 * @param strict under CI a test that did not run is a failure
 */
export function judgeTally(tally: Tally, strict: boolean): { isGood: boolean; reasons: string[] } {
  const reasons = [...tally.faults];
  if (tally.failed.length > 0) {
    reasons.push(`${tally.failed.length} of the tests failed`);
  }
  if (tally.passed + tally.failed.length === 0) {
    reasons.push("no test ran");
  }
  const unexplained = tally.skipped.filter((skip) => !skip.isRecordedDataAbsent);
  if (strict && unexplained.length > 0) {
    reasons.push(`under CI=true every test must run, but ${unexplained.length} did not`);
  }
  return { isGood: reasons.length === 0, reasons };
}
