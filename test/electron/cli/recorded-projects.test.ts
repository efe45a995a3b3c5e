import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stringify } from "yaml";
import type { RunReport } from "../../../electron/cli/commands/run-command.ts";
import { describeRecorded } from "../../recorded-data.ts";
import { tickmarkJson } from "./command-line.ts";

/** Runs a plan in a folder of its own, with a new identity, and exports and verifies everything. */
async function runOn(plan: object): Promise<{ report: RunReport; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-recorded-"));
  process.env.TICKMARK_TEST_PASSPHRASE = "only for this test";
  const identity = ["--name", "Test", "--organisation", "Test", "--passphrase-env", "TICKMARK_TEST_PASSPHRASE"];
  await tickmarkJson("identity", "create", join(folder, "signer.p12"), ...identity);
  const planPath = join(folder, "plan.yaml");
  writeFileSync(planPath, stringify(plan));
  return { report: await tickmarkJson<RunReport>("run", planPath), folder };
}

const everything = (population: string) => ({ population, method: "everything", rationale: "All of it." });
const exported = {
  zip: "bundle.zip",
  evidence: "all",
  identity: { pkcs12: "signer.p12", passphrase: { in: "environment", name: "TICKMARK_TEST_PASSPHRASE" } },
};
const summaryOf = (report: RunReport, control: string) =>
  report.summaries.find((summary) => summary.control === control);

describeRecorded("govuk", "run on a project with git and deployments, and no review data", (path) => {
  let report: RunReport;
  let folder: string;

  beforeAll(async () => {
    ({ report, folder } = await runOn({
      engagement: {
        file: "govuk.tickmark",
        name: "H1",
        entity: "A publisher",
        from: "2025-01-01",
        to: "2025-06-30",
        timeZone: "Europe/London",
        auditor: "Test",
      },
      sources: [
        {
          id: "git",
          kind: "git",
          repository: "publisher",
          location: join(path, "specialist-publisher.git.tar"),
          releaseBranch: "main",
        },
        {
          id: "deployments",
          kind: "deployment-log",
          repository: "publisher",
          path: join(path, "deployments.jsonl.gz"),
          format: "jsonl",
          mapping: {
            id: "commit",
            environment: "environment",
            revision: "newImageTag",
            previousRevision: "oldImageTag",
            at: "mergeDate",
            by: "author",
            service: "app",
          },
          pipelineAccounts: ["govuk-ci"],
        },
      ],
      samples: [everything("change"), everything("deployment")],
      export: exported,
    }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("finds 276 merges on the release branch", () => {
    expect(report.population.reconciliation.changes).toMatchObject({ total: 276, merges: 276 });
  });

  it("finds 201 production deployments: 194 of a merge, 7 by commit id, 4 of these in no ref, 1 rollback", () => {
    const { deployments } = report.population.reconciliation;
    expect(deployments).toMatchObject({ total: 201, ofMerge: 194, byCommit: 7, byTag: 194 });
    expect(deployments.absent).toHaveLength(4);
    expect(deployments.rollbacks).toHaveLength(1);
  });

  it("judges no review control: no review data was handed over, so there is no evidence, neither pass nor fail", () => {
    for (const control of ["REV-01", "REV-06", "SOD-01", "TRC-01"]) {
      expect(summaryOf(report, control), control).toMatchObject({
        tested: 276,
        pass: 0,
        fail: 0,
        noEvidence: 276,
        notApplicable: 0,
      });
    }
  });

  it("exports a bundle from which the whole population and every result come out again", () => {
    const outcomes = report.verification?.checks.map(({ id, outcome }) => `${id} ${outcome}`);
    expect(report.verification?.verdict).toBe("verified-signer-unknown");
    expect(outcomes).toEqual(
      expect.arrayContaining(["facts passed", "reconciliation passed", "results passed", "draw passed"]),
    );
  });
});

describeRecorded("alloy", "run on a project with git and Jira", (path) => {
  let report: RunReport;
  let folder: string;

  beforeAll(async () => {
    ({ report, folder } = await runOn({
      engagement: {
        file: "alloy.tickmark",
        name: "H2",
        entity: "A framework",
        from: "2013-07-01",
        to: "2013-12-31",
        timeZone: "America/Los_Angeles",
        auditor: "Test",
      },
      sources: [
        { id: "git", kind: "git", repository: "alloy", location: join(path, "alloy.git.tar"), releaseBranch: "main" },
        { id: "jira", kind: "jira-files", projects: ["ALOY"], path: join(path, "jira-issues.jsonl.gz") },
      ],
      samples: [everything("change")],
      export: exported,
    }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("finds the 100 tickets that changes of the period name", () => {
    const { changes, tickets } = report.population.reconciliation;
    // The archive lacks one more key, which only the commit names at which the clone is cut, before the period.
    expect(tickets).toMatchObject({ total: 144, named: 100, namedButAbsent: [] });
    expect(changes).toMatchObject({ total: 158, merges: 102 });
  });

  it("tests that tickets are named, and has no evidence on what needs more than git and Jira", () => {
    const named = summaryOf(report, "TRC-01");
    expect(named).toMatchObject({ noEvidence: 0, pass: report.population.reconciliation.changes.withTicket });
    for (const control of ["REV-01", "REV-06", "TST-01", "SOD-01"]) {
      expect(summaryOf(report, control), control).toMatchObject({ pass: 0, fail: 0, noEvidence: named?.tested });
    }
  });

  it("exports a bundle from which it all comes out again", () => {
    expect(report.verification?.verdict).toBe("verified-signer-unknown");
  });
});
