import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeDemoSources } from "../../../electron/sources/demo/make-demo-sources.ts";
import { tickmarkJson } from "./command-line.ts";

export const passphrase = ["--passphrase-env", "TICKMARK_TEST_PASSPHRASE"];

/**
 * Makes demo.tickmark, bundle.zip and bundle.pdf in a folder: the demo's exported files, samples smaller than the
 * populations, and an export with the evidence of the sampled items.
 */
export async function makeDemoBundle(folder: string, sizes = { changes: 12, deployments: 5 }): Promise<void> {
  process.env.TICKMARK_TEST_PASSPHRASE = "only for this test";
  const demo = await makeDemoSources(join(folder, "sources"));
  const names = ["--name", "Signer", "--organisation", "Test"];
  await tickmarkJson("identity", "create", join(folder, "signer.p12"), ...names, ...passphrase);
  const repository = "ledger-core";
  const mapping = {
    id: "id",
    environment: "environment",
    revision: "revision",
    at: "finished_at",
    by: "actor",
    requestedBy: "triggered_by",
    trigger: "trigger",
    status: "status",
  };
  const { from, to, timeZone } = demo.answerKey.period;
  const plan = {
    engagement: { file: "demo.tickmark", name: "Demo", entity: "Northwind", from, to, timeZone, auditor: "Test" },
    sources: [
      { id: "git", kind: "git", repository, location: demo.repositoryPath, releaseBranch: "main" },
      { id: "github", kind: "github-files", repository, project: "northwind/ledger-core", path: demo.githubFolder },
      { id: "jira", kind: "jira-files", projects: ["LED"], path: demo.jiraFolder },
      { id: "deployments", kind: "deployment-log", repository, path: demo.deploymentsCsv, format: "csv", mapping },
      { id: "people", kind: "roster", path: demo.roster },
    ],
    samples: [
      { population: "change", size: sizes.changes, seed: "seed one", rationale: "Enough for a test." },
      { population: "deployment", size: sizes.deployments, seed: "seed two", rationale: "Enough for a test." },
    ],
    export: {
      zip: "bundle.zip",
      identity: { pkcs12: "signer.p12", passphrase: { in: "environment", name: "TICKMARK_TEST_PASSPHRASE" } },
    },
  };
  writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
  await tickmarkJson("run", join(folder, "plan.json"));
}
