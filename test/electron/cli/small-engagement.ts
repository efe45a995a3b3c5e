import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tickmarkJson } from "./command-line.ts";
import { passphrase } from "./demo-bundle.ts";

const commitCount = 36;
const dayOf = (index: number) => new Date(Date.UTC(2026, 0, 5 + index * 2, 10));

/** One process makes the whole history, so that a test that needs any engagement begins soon. */
function makeRepository(path: string, bodyOf: (index: number) => string): string[] {
  execFileSync("git", ["init", "-q", "--bare", "-b", "main", path]);
  const commits = Array.from({ length: commitCount }, (_, index) => {
    const who = `Ada Osei <ada@example.org> ${dayOf(index).getTime() / 1000} +0000`;
    const message = `Change ${index}${bodyOf(index)}`;
    const file = `${index}\n`;
    return (
      `commit refs/heads/main\nmark :${index + 1}\nauthor ${who}\ncommitter ${who}\ndata ${message.length}\n${message}\n` +
      `M 100644 inline f${index}\ndata ${file.length}\n${file}\n`
    );
  });
  execFileSync("git", ["-C", path, "fast-import", "--quiet"], { input: commits.join("") });
  const list = execFileSync("git", ["-C", path, "rev-list", "--reverse", "main"]).toString();
  return list.trim().split("\n");
}

const catalog = `
id: small
version: "1"
title: Small
controls:
  - id: ODD-01
    title: Change 7 and change 11 were not to be made
    objective: Two changes are found.
    risk: They are not.
    idea: A control that is easy to count.
    frameworks: {}
    population: change
    assertions:
      - {id: is-another, needs: [commits], passes: It is another., pass: "change.title != 'Change 7' && change.title != 'Change 11'", fails: It is one of them.}
  - id: DEP-01
    title: Deployed
    objective: Each deployment has a place.
    risk: It has none.
    idea: A control that each deployment passes.
    frameworks: {}
    population: deployment
    assertions:
      - {id: is-there, needs: [deployments], passes: It is there., pass: "deployment.environment != ''", fails: It is nowhere.}
`;

/**
 * Makes small.tickmark, pulled and frozen, of a catalog that changes 7 and 11 fail, with a signer beside it: 36 changes
 * of January to March 2026 and 12 deployments.
 *
 * @param furtherControls in YAML, at the end of the catalog's list
 * @param bodyOf what the message of a commit says after its title
 */
export async function makeSmallEngagement(
  folder: string,
  furtherControls = "",
  bodyOf: (index: number) => string = () => "",
): Promise<string> {
  process.env.TICKMARK_TEST_PASSPHRASE = "only for this test";
  const ids = makeRepository(join(folder, "ledger.git"), bodyOf);
  const header = "id,environment,revision,finished_at,actor,trigger,status";
  const deployed = ids.filter((_, index) => index % 3 === 2);
  const rows = deployed.map((id, index) => {
    const at = new Date(dayOf(index * 3 + 2).getTime() + 7_200_000).toISOString();
    return `d${index},production,${id},${at},deploy-bot,pipeline,success`;
  });
  writeFileSync(join(folder, "deployments.csv"), `${[header, ...rows].join("\n")}\n`);
  writeFileSync(join(folder, "catalog.yaml"), catalog + furtherControls);
  const mapping = {
    ...{ id: "id", environment: "environment", revision: "revision", at: "finished_at" },
    ...{ by: "actor", trigger: "trigger", status: "status" },
  };
  const sources = [
    { id: "git", kind: "git", repository: "ledger", location: "ledger.git", releaseBranch: "main" },
    {
      ...{ id: "deployments", kind: "deployment-log", repository: "ledger", path: "deployments.csv" },
      ...{ format: "csv", mapping },
    },
  ];
  const file = join(folder, "small.tickmark");
  const period = ["--from", "2026-01-01", "--to", "2026-03-31", "--time-zone", "Europe/Berlin"];
  const names = ["--name", "Small", "--entity", "Northwind", "--auditor", "Ada Osei"];
  await tickmarkJson("new", file, ...names, ...period, "--catalog", join(folder, "catalog.yaml"));
  for (const source of sources) {
    const path = join(folder, `${source.id}.json`);
    writeFileSync(path, JSON.stringify(source));
    await tickmarkJson("source", "add", file, path);
  }
  await tickmarkJson("pull", file);
  await tickmarkJson("population", file);
  await tickmarkJson(
    ...["identity", "create", join(folder, "signer.p12"), "--name", "Signer", "--organisation", "Test"],
    ...passphrase,
  );
  return file;
}
