import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { RunReport } from "../../../electron/cli/commands/run-command.ts";
import { createRepository } from "../sources/git/repository-under-test.ts";
import { tickmarkJson } from "./command-line.ts";
import { passphrase } from "./demo-bundle.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-lines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A release 9 and a release 10 cut after it, with a fix merged on each; both are deployed. @returns the merges */
function makeReleases(): { fixOf9: string; fixOf10: string } {
  const { git, commit, merge } = createRepository(join(folder, "shop"));
  commit("2025-01-10", "Start", { "a.txt": "1\n" });
  const fixed = (release: string, day: string): string => {
    git("switch", "--quiet", "-c", `release/${release}`, "main");
    git("switch", "--quiet", "-c", "fix");
    commit(day, `Fix of ${release}`, { [`${release}.txt`]: "fixed\n" });
    git("switch", "--quiet", `release/${release}`);
    const id = merge(day, "fix");
    git("branch", "-D", "fix");
    git("switch", "--quiet", "main");
    return id;
  };
  const fixOf9 = fixed("9", "2025-02-01");
  commit("2025-02-10", "Later", { "a.txt": "2\n" });
  const fixOf10 = fixed("10", "2025-03-01");
  return { fixOf9, fixOf10 };
}

it("a bundle with a sampled fix and deployment of a second release branch is verified from its own evidence", async () => {
  process.env.TICKMARK_TEST_PASSPHRASE = "only for this test";
  const { fixOf9, fixOf10 } = makeReleases();
  await tickmarkJson(
    ...["identity", "create", join(folder, "signer.p12"), "--name", "Signer", "--organisation", "Test"],
    ...passphrase,
  );
  const rows = [`d9,production,${fixOf9},2025-02-02T10:00:00Z`, `d10,production,${fixOf10},2025-03-02T10:00:00Z`];
  writeFileSync(join(folder, "deployments.csv"), `${["id,environment,revision,at", ...rows].join("\n")}\n`);
  const mapping = { id: "id", environment: "environment", revision: "revision", at: "at" };
  const log = {
    id: "log",
    kind: "deployment-log",
    repository: "shop",
    path: "deployments.csv",
    format: "csv",
    mapping,
  };
  const period = { from: "2025-01-01", to: "2025-12-31", timeZone: "UTC" };
  const targeted = (population: string, id: string) => ({
    ...{ population, method: "targeted", rationale: "The fix" },
    items: [{ id, reason: "It is on the second line" }],
  });
  const plan = {
    engagement: { file: "lines.tickmark", name: "Lines", entity: "Northwind", auditor: "Test", ...period },
    sources: [{ id: "git", kind: "git", repository: "shop", location: "shop", releaseBranch: "release/*" }, log],
    samples: [targeted("change", `shop@${fixOf10}`), targeted("deployment", "shop/production/d10")],
    export: {
      zip: "bundle.zip",
      identity: { pkcs12: "signer.p12", passphrase: { in: "environment", name: "TICKMARK_TEST_PASSPHRASE" } },
    },
  };
  writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
  const report = await tickmarkJson<RunReport>("run", join(folder, "plan.json"));
  expect(report.population.reconciliation.changes).toMatchObject({ total: 4, merges: 2, released: 4 });
  expect(report.population.reconciliation.deployments).toMatchObject({ total: 2, otherBranch: [], rollbacks: [] });
  expect(report.verification?.verdict).toBe("verified-signer-unknown");
  const facts = report.verification?.checks.find(({ id }) => id === "facts");
  expect(facts).toMatchObject({ outcome: "passed", detail: expect.stringContaining("2 sampled items") });
});
