import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { TickmarkError } from "../../../shared/errors.ts";
import type { EventOf } from "../../../shared/ipc/contract.ts";
import { ParameterValues } from "../../../shared/model/catalog.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import type { Source, SourceOf } from "../../../shared/model/source.ts";
import { changeTypeField } from "../../sources/demo/jira-issues.ts";
import { type DemoSources, makeDemoSources } from "../../sources/demo/make-demo-sources.ts";
import { startDemoServer } from "../../sources/demo/server/demo-server.ts";
import { chooseCatalog, saveCatalogSettings } from "../catalog-settings.ts";
import type { Session } from "../session.ts";

/** Name of the variable, in this process alone, that the demo server's token is handed over in. */
const tokenVariable = "TICKMARK_DEMO_TOKEN";

export const demoName = "Demo: change management";
export const demoAuditor = "Demo auditor";

type DemoProgress = EventOf<"work-progress">;

/** The demo's invented company: what an engagement on it is made of. Its servers run until `close`. */
export interface Demo {
  readonly entity: string;
  /** Its first and last day, and the time zone in which they begin and end. */
  readonly period: { readonly from: string; readonly to: string; readonly timeZone: string };
  readonly sources: readonly Source[];
  readonly parameters: ParameterValues;
  readonly story: DemoSources["story"];
  close(): Promise<void>;
}

/**
 * Makes the demo's sources in a new folder and serves them on loopback. The token of its servers is handed over in the
 * environment of this process.
 */
export async function openDemo(folder: string, onProgress: (progress: DemoProgress) => void): Promise<Demo> {
  const demo = await makeDemoSources(folder, {
    onProgress: (progress) => onProgress({ ...progress, what: `Making ${progress.what}` }),
  });
  const token = randomBytes(16).toString("hex");
  process.env[tokenVariable] = token;
  const server = await startDemoServer(demo, { token });
  const { entity, period } = demo.answerKey;
  return {
    entity,
    period,
    sources: describeDemoSources(demo, server, tokenVariable),
    parameters: demoParameters(demo),
    story: demo.story,
    close: () => server.close(),
  };
}

/** An engagement on the demo in a new folder below `folder`, ready to be pulled; its servers run as long as it is open. */
export async function createDemoEngagement(session: Session, folder: string): Promise<void> {
  const base = freeFolder(folder);
  const demo = await openDemo(join(base, "sources"), (progress) => session.emit("work-progress", progress));
  const { createEngagement } = await import("../../store/engagement-file.ts");
  const { from, to, timeZone } = demo.period;
  const path = join(base, "demo.tickmark");
  const engagement = {
    id: randomUUID(),
    name: demoName,
    entity: demo.entity,
    period: resolvePeriod(from, to, timeZone),
    auditor: demoAuditor,
  };
  const store = createEngagement(path, engagement, session);
  await session.adopt(store, path);
  session.atClose(() => demo.close());
  saveCatalogSettings(session, chooseCatalog(undefined, demo.parameters));
  for (const source of demo.sources) store.addSource(source);
}

/** The story's policy, as parameters of the catalog. */
export function demoParameters(demo: DemoSources): ParameterValues {
  return ParameterValues.parse(demo.answerKey.parameters);
}

/** The demo's sources as an auditor would configure them. */
export function describeDemoSources(
  demo: DemoSources,
  server: { githubUrl: string; jiraUrl: string },
  tokenVariable: string,
): Source[] {
  const repository = demo.story.repository.name;
  const { releaseBranch } = demo.story.repository;
  const { pipeline } = demo.story.deployments;
  const portal = demo.story.portal.repository.name;
  const token = { in: "environment", name: tokenVariable } as const;
  return [
    { id: "git", kind: "git", repository, location: demo.repositoryPath, releaseBranch },
    {
      id: "git-batch",
      kind: "git",
      repository: demo.story.archive.repository,
      location: demo.archivePath,
      releaseBranch,
    },
    { id: "git-portal", kind: "git", repository: portal, location: demo.portalPath, releaseBranch },
    {
      id: "github-portal",
      kind: "github-files",
      repository: portal,
      project: `${demo.story.repository.owner}/${portal}`,
      path: join(demo.exportFolder, "portal"),
    },
    {
      id: "github",
      kind: "github",
      repository,
      project: `${demo.story.repository.owner}/${repository}`,
      apiUrl: server.githubUrl,
      releaseBranch,
      // The demo's host keeps these besides requests, reviews and runs.
      include: ["events", "comments"],
      token,
    },
    {
      id: "jira",
      kind: "jira",
      siteUrl: server.jiraUrl,
      projects: [demo.story.jira.project],
      approvals: true,
      changeTypeField,
      token,
    },
    {
      id: "jira-batch",
      kind: "jira-files",
      projects: [demo.story.archive.project],
      path: join(demo.exportFolder, "jira-batch"),
    },
    {
      id: "deployments",
      kind: "deployment-log",
      repository,
      path: demo.deploymentsJsonl,
      format: "jsonl",
      mapping: {
        id: "id",
        environment: "environment",
        revision: "revision",
        previousRevision: "previous_revision",
        at: "finished_at",
        by: "actor",
        requestedBy: "triggered_by",
        trigger: "trigger",
        status: "status",
        service: "service",
      },
      production: ["production", "reporting"],
      pipelineTriggers: ["pipeline"],
      pipelineAccounts: demo.story.people.bots.filter(({ id }) => id === pipeline).map(({ login }) => login),
    },
    { id: "people", kind: "roster", path: demo.roster },
    ...describeHandedOver(demo),
  ];
}

/** What the entity hands over as files, and for which time it says that they are whole. */
function describeHandedOver({ exportFolder, story }: DemoSources): Source[] {
  const { from, to, timeZone } = story.period;
  const files = (id: string, path: string, more: Partial<SourceOf<"files">> = {}): Source => ({
    ...{ id, kind: "files", path: join(exportFolder, path), covers: { from, to } },
    ...{ repository: "", scope: "", production: ["production"], pipelineAccounts: [], note: "" },
    ...more,
  });
  const repository = story.repository.name;
  const [firstHost = ""] = story.operations.hosts;
  return [
    files("gates", "gates.jsonl", { repository }),
    files("tests", "junit", { repository }),
    files("analysis", "sarif", { repository }),
    files("access", "auth.log", { scope: firstHost, timeZone }),
    ...story.operations.hosts.map((host) => files(`detector-${host}`, `aide/${host}`, { scope: host })),
    files("configuration", "puppet"),
    files("switches", "unleash/events.json"),
    files("announcements", "slack", { covers: { from: story.operations.announcements.from, to } }),
    files("attestations", "attestations"),
    files("post-mortems", "post-mortems", {
      scope: "post-mortems",
      covers: { from, to: story.operations.postMortemsUntil },
    }),
    files("batch-deployments", "batch-deployments", {
      repository: story.archive.repository,
      covers: { from: story.archive.deploymentsFrom, to },
    }),
  ];
}

function freeFolder(folder: string): string {
  for (let number = 1; number < 10_000; number += 1) {
    const candidate = join(folder, `demo-${number}`);
    if (!existsSync(candidate)) return candidate;
  }
  throw new TickmarkError("file-unwritable", `${folder} is full of demo engagements.`, "Remove some of them.");
}
