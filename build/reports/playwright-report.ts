import { readFileSync } from "node:fs";
import { z } from "zod";
import { emptyTally, readSkippedTest, type Tally } from "./tally.ts";

const Attempt = z.object({ errors: z.array(z.object({ message: z.string().optional() })).optional() });
const Spec = z.object({
  title: z.string(),
  tests: z.array(z.object({ status: z.string(), results: z.array(Attempt).optional() })),
});
interface Suite {
  title: string;
  specs: z.infer<typeof Spec>[];
  suites?: Suite[] | undefined;
}
const Suite: z.ZodType<Suite> = z.object({
  title: z.string(),
  specs: z.array(Spec),
  get suites() {
    return z.array(Suite).optional();
  },
});
const Report = z.object({ suites: z.array(Suite), errors: z.array(z.object({ message: z.string().optional() })) });

interface NamedTest {
  readonly name: string;
  readonly status: string;
  readonly message: string;
}

/**
 * Reads Playwright's JSON report.
 * @param status Playwright's own exit status, which also knows of errors outside of tests
 */
export function readPlaywrightReport(path: string, status: number): Tally {
  let report: z.infer<typeof Report>;
  try {
    report = Report.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return { ...emptyTally, faults: [`Playwright ended with status ${status} and left no report that can be read`] };
  }
  const tests = report.suites.flatMap((suite) => testsOf(suite, ""));
  const failed = tests
    .filter(({ status }) => status === "unexpected" || status === "flaky")
    .map(({ name, message }) => ({ name, message }));
  const faults = report.errors.map(
    (error) => `Playwright: ${error.message?.split("\n")[0] ?? "an error without a message"}`,
  );
  if (status !== 0 && failed.length === 0 && faults.length === 0) {
    faults.push(`Playwright ended with status ${status} although no test failed; its message stands above`);
  }
  return {
    passed: tests.filter(({ status }) => status === "expected").length,
    failed,
    skipped: tests.filter(({ status }) => status === "skipped").map(({ name }) => readSkippedTest(name)),
    faults,
  };
}

function testsOf(suite: Suite, above: string): NamedTest[] {
  const name = `${above}${suite.title} › `;
  const own = suite.specs.flatMap((spec) =>
    spec.tests.map(({ status, results = [] }) => ({
      name: name + spec.title,
      status,
      message: results
        .flatMap(({ errors = [] }) => errors.map((error) => error.message ?? "an error without a message"))
        .join("\n"),
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, name))];
}
