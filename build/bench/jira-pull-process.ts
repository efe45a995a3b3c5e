/**
 * Reads all issues of a Jira on loopback and prints how long that took and how much memory:
 * `jira-pull-process.ts bare URL` with the drivers' own client, in a loop that throws the pages away;
 * `jira-pull-process.ts pull URL FOLDER` as the engine pulls them into an engagement, from the first question to the IPE record.
 */
import { join } from "node:path";
import { Session } from "../../electron/engine/session.ts";
import { pullSources } from "../../electron/engine/steps/pull-step.ts";
import { pullLimits } from "../../electron/sources/http/http-limits.ts";
import { createJiraClient } from "../../electron/sources/jira/jira-client.ts";
import { searchPath } from "../../electron/sources/jira/jira-pull.ts";
import { createEngagement } from "../../electron/store/engagement-file.ts";
import { instantOf } from "../../shared/model/instant.ts";
import { resolvePeriod } from "../../shared/model/period.ts";
import { JiraSource } from "../../shared/model/ticket-source.ts";
import { ownPeakMemory } from "./measurement.ts";

const [mode, siteUrl = "", folder = ""] = process.argv.slice(2);
const variable = "TICKMARK_BENCH_TOKEN";
process.env[variable] = "none";
const source = JiraSource.parse({
  id: "tickets",
  kind: "jira",
  siteUrl,
  projects: ["BANK"],
  token: { in: "environment", name: variable },
  allowUnencrypted: true,
});
const period = resolvePeriod("2025-01-01", "2025-12-31", "UTC");
const now = (): string => instantOf(Date.now());

const began = performance.now();
const issues = mode === "bare" ? await readBare() : await pull();
const ms = performance.now() - began;
process.stdout.write(JSON.stringify({ issues, ms, peakMemoryBytes: ownPeakMemory() }));

async function readBare(): Promise<number> {
  const signal = new AbortController().signal;
  const client = createJiraClient(
    source,
    { period, signal, now, readSecret: () => "none", baseFolder: ".", workFolder: "." },
    pullLimits,
  );
  let seen = 0;
  const query = { jql: "project = BANK ORDER BY key ASC", fields: "*all", expand: "changelog", maxResults: 100 };
  for (let token: string | undefined = ""; token !== undefined; ) {
    const next = token === "" ? {} : { nextPageToken: token };
    const page = (await client.get(searchPath(source), { ...query, ...next })).json as {
      issues: unknown[];
      nextPageToken?: string;
    };
    seen += page.issues.length;
    token = page.nextPageToken;
  }
  return seen;
}

async function pull(): Promise<number> {
  const session = new Session(() => undefined);
  const path = join(folder, "pull.tickmark");
  const engagement = { id: crypto.randomUUID(), name: "Bench", entity: "Bench", period, auditor: "Bench" };
  await session.adopt(createEngagement(path, engagement, { now }), path);
  session.writable.addSource(source);
  const [ipe] = await pullSources(session, ["tickets"]);
  await session.close();
  return ipe?.counts.tickets ?? 0;
}
