import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stringify } from "yaml";
import { root } from "../../../build/install.mjs";
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

const document = readFileSync(join(root, "docs/recorded-projects.md"), "utf8");

/** Rows of the table that docs/recorded-projects.md has of a project. */
function toldOf(project: string): string[] {
  const section = document.split("\n## ").find((part) => part.startsWith(`${project}:`)) ?? "";
  return section.split("\n").filter((line) => /^\| [A-Z]{3}-\d{2} /.test(line));
}

/** The same rows as a run gives them: of every control that has anything but no evidence on some item. */
function rowsOf({ summaries }: RunReport): string[] {
  return summaries
    .filter(({ tested, noEvidence }) => noEvidence < tested)
    .map(({ control, tested, pass, fail, noEvidence, notApplicable }) =>
      ["", control, tested, pass, fail, noEvidence, notApplicable, ""].join(" | ").trim(),
    );
}

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

  it("comes out as the document tells", () => {
    expect(rowsOf(report)).toEqual(toldOf("govuk"));
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

  it("comes out as the document tells", () => {
    expect(rowsOf(report)).toEqual(toldOf("alloy"));
  });

  it("exports a bundle from which it all comes out again", () => {
    expect(report.verification?.verdict).toBe("verified-signer-unknown");
  });
});

/** Runs a project whose figures alone are looked at: nothing is exported. */
async function figuresOf(name: string, days: readonly [string, string], sources: readonly object[]): Promise<string[]> {
  const [from, to] = days;
  const engagement = {
    file: `${name}.tickmark`,
    name,
    entity: "A library",
    from,
    to,
    timeZone: "UTC",
    auditor: "Test",
  };
  const { report, folder } = await runOn({ engagement, sources, samples: [everything("change")] });
  rmSync(folder, { recursive: true, force: true });
  return rowsOf(report);
}

describeRecorded("ants", "run on a project with git and some records of GitHub", (path) => {
  it("comes out as the document tells", async () => {
    const git = {
      id: "git",
      kind: "git",
      repository: "ants",
      location: join(path, "ants.git.tar"),
      releaseBranch: "dev",
    };
    const records = mkdtempSync(join(tmpdir(), "tickmark-ants-"));
    for (const name of readdirSync(path)) if (name.includes(".jsonl")) cpSync(join(path, name), join(records, name));
    const github = { id: "github", kind: "files", repository: "ants", path: records };
    const rows = await figuresOf("ants", ["2018-05-01", "2022-08-31"], [git, github]);
    rmSync(records, { recursive: true, force: true });
    expect(rows).toEqual(toldOf("ants"));
  });
});

describeRecorded("gerrit-oauth2", "run on a project with git and Gerrit's trailers", (path) => {
  it("comes out as the document tells", async () => {
    const location = join(path, "oauth2.git.tar");
    const git = { id: "git", kind: "git", repository: "oauth2", location, releaseBranch: "master" };
    expect(await figuresOf("oauth2", ["2022-07-01", "2025-12-31"], [git])).toEqual(toldOf("gerrit-oauth2"));
  });
});
