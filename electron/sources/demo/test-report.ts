import { localTime } from "./moments.ts";
import type { PlannedAttempt, PlannedRun } from "./plan-runs.ts";
import { spread } from "./spread.ts";

const classes = [
  "AccountTest",
  "CsvImportTest",
  "FeeScheduleTest",
  "FxRatesTest",
  "InterestCalculatorTest",
  "JournalTest",
  "LimitCheckTest",
  "PostingTest",
  "SepaExportTest",
  "StatementBuilderTest",
] as const;

/** The JUnit XML report of a run's test job; null when the job did not get to the end. */
export function junitReport(run: PlannedRun, attempt: PlannedAttempt): string | null {
  const job = attempt.jobs.find(({ name }) => name === "test");
  if (!job || (job.conclusion !== "success" && job.conclusion !== "failure")) return null;
  const failing = job.conclusion === "failure" ? spread(`${run.commit.id}/failing`, 0, classes.length - 1) : -1;
  const cases = classes.map((name, index) => {
    const time = (spread(`${run.commit.id}/${name}`, 3, 900) / 1000).toFixed(3);
    const open = `    <testcase classname="example.northwind.ledger.${name}" name="keepsItsRules" time="${time}"`;
    if (index !== failing) return `${open}/>`;
    const message = "expected: &lt;100&gt; but was: &lt;101&gt;";
    return `${open}>\n      <failure message="${message}" type="org.opentest4j.AssertionFailedError">${message}</failure>\n    </testcase>`;
  });
  const failures = failing < 0 ? 0 : 1;
  const seconds = (job.finishedAt - job.startedAt).toFixed(3);
  const counts = `tests="${classes.length}" skipped="0" failures="${failures}" errors="0"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="ledger-core" ${counts} timestamp="${localTime(job.startedAt, "UTC")}" hostname="runner" time="${seconds}">
    <properties>
      <property name="git.commit" value="${run.commit.id}"/>
      <property name="ci.run" value="${run.id}"/>
      <property name="ci.attempt" value="${run.attempts.indexOf(attempt) + 1}"/>
    </properties>
${cases.join("\n")}
  </testsuite>
</testsuites>
`;
}
