import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { z } from "zod";
import { emptyTally, readSkippedTest, type Tally } from "./tally.ts";

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).optional() }),
      ),
    }),
  ),
});

/**
 * Reads vitest's JSON report.
 * @param status vitest's own exit status, which also knows of errors outside of tests
 */
export function readVitestReport(path: string, status: number): Tally {
  let report: z.infer<typeof Report>;
  try {
    report = Report.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return { ...emptyTally, faults: [`vitest ended with status ${status} and left no report that can be read`] };
  }
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({ ...test, file: basename(file.name) })),
  );
  const failed = tests
    .filter((test) => test.status === "failed")
    .map((test) => ({ name: `${test.file} › ${test.fullName}`, message: (test.failureMessages ?? []).join("\n") }));
  // A file that cannot be loaded has no tests to count, and must not count as nothing.
  const unloaded = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const faults = unloaded.map((file) => `${file.name} could not be run`);
  if (status !== 0 && failed.length === 0 && faults.length === 0) {
    faults.push(`vitest ended with status ${status} although no test failed; its message stands above`);
  }
  return {
    passed: tests.filter((test) => test.status === "passed").length,
    failed: [...failed, ...unloaded.map((file) => ({ name: basename(file.name), message: file.message ?? "" }))],
    skipped: tests
      .filter((test) => test.status !== "passed" && test.status !== "failed")
      .map((test) => readSkippedTest(test.fullName)),
    faults,
  };
}
