import { zuluTime } from "./moments.ts";
import type { PlannedAttempt, PlannedRun } from "./plan-runs.ts";
import { hexOf, spread } from "./spread.ts";

const rules = [
  {
    id: "LC001",
    name: "UnboundedLoop",
    shortDescription: { text: "A loop has no upper bound" },
    defaultConfiguration: { level: "warning" },
    properties: { "tags": ["security", "reliability"], "security-severity": "4.3" },
  },
  {
    id: "LC014",
    name: "UnparameterisedQuery",
    shortDescription: { text: "A query is put together from texts" },
    defaultConfiguration: { level: "error" },
    properties: { "tags": ["security", "external/cwe/cwe-089"], "security-severity": "8.8" },
  },
] as const;

/** The SARIF 2.1.0 log of a run's static analysis; null when the job did not get to the end. It finds what the story says. */
export function sarifReport(run: PlannedRun, attempt: PlannedAttempt, repositoryUri: string): object | null {
  const job = attempt.jobs.find(({ name }) => name === "static-analysis");
  if (job?.conclusion !== "success") return null;
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "ledger-check",
            semanticVersion: "3.2.1",
            informationUri: "https://ledger-check.example/",
            rules,
          },
        },
        automationDetails: { id: `ledger-core/static-analysis/${run.id}` },
        versionControlProvenance: [{ repositoryUri, revisionId: run.commit.id, branch: run.branch }],
        invocations: [
          { executionSuccessful: true, startTimeUtc: zuluTime(job.startedAt), endTimeUtc: zuluTime(job.finishedAt) },
        ],
        results: resultsOf(run),
        columnKind: "utf16CodeUnits",
      },
    ],
  };
}

function resultsOf(run: PlannedRun) {
  if (run.finding === null) return [];
  const rule = run.finding === "serious" ? 1 : 0;
  const line = spread(`${run.commit.id}/line`, 12, 60);
  return [
    {
      ruleId: rules[rule].id,
      ruleIndex: rule,
      level: rules[rule].defaultConfiguration.level,
      message: { text: rules[rule].shortDescription.text },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "src/main/java/example/northwind/ledger/Reconciler.java", uriBaseId: "%SRCROOT%" },
            region: { startLine: line, startColumn: 9 },
          },
        },
      ],
      partialFingerprints: { primaryLocationLineHash: `${hexOf(`${run.commit.id}/finding`, 16)}:1` },
    },
  ];
}
