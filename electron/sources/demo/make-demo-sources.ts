import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { TickmarkError } from "../../../shared/errors.ts";
import { aideReports } from "./aide-reports.ts";
import { sarifReport } from "./analysis-report.ts";
import { type AnswerKey, makeAnswerKey } from "./answer-key.ts";
import { makeArchivedRepository } from "./archived-repository.ts";
import { attestationFiles } from "./attestations.ts";
import { authLog } from "./auth-log.ts";
import { deploymentRecords } from "./deployment-log.ts";
import { type Directory, makeDirectory } from "./directory.ts";
import { type DemoFiles, deploymentFiles, githubFiles, jiraFiles } from "./export-files.ts";
import { gateEvents } from "./gate-events.ts";
import type { Materials } from "./github-pulls.ts";
import { type GithubRecords, makeGithubRecords } from "./github-records.ts";
import { repositoryPage } from "./github-repository.ts";
import { hostDeployments } from "./host-deployments.ts";
import { type JiraRecords, makeJiraRecords } from "./jira-records.ts";
import { type MadeRepository, makeRepository } from "./make-repository.ts";
import { type PlannedDeployment, planDeployments } from "./plan-deployments.ts";
import { planHistory } from "./plan-history.ts";
import { type PlannedRun, planRuns } from "./plan-runs.ts";
import { planTickets } from "./plan-tickets.ts";
import { makePortal } from "./portal.ts";
import { puppetReports } from "./puppet-reports.ts";
import { releaseChannel } from "./release-channel.ts";
import { rosterCsv } from "./roster.ts";
import { readStory } from "./story.ts";
import type { Story } from "./story-schema.ts";
import { switchEvents } from "./switch-events.ts";
import { junitReport } from "./test-report.ts";

/** The demo's sources: where they lie on disk, and what the demo server answers with. */
export interface DemoSources {
  readonly folder: string;
  /** The bare git repository. */
  readonly repositoryPath: string;
  readonly portalPath: string;
  /** That of the code base of which the auditor has little. */
  readonly archivePath: string;
  /** Recorded REST answers of the code host, one a file. */
  readonly githubFolder: string;
  /** Recorded search pages of Jira. */
  readonly jiraFolder: string;
  readonly deploymentsJsonl: string;
  readonly deploymentsCsv: string;
  readonly authLog: string;
  /** Everything that is handed over as files. */
  readonly exportFolder: string;
  readonly roster: string;
  readonly answerKeyPath: string;
  readonly answerKey: AnswerKey;
  readonly story: Story;
  readonly github: GithubRecords;
  readonly jira: JiraRecords;
}

export interface DemoProgress {
  readonly what: string;
  readonly done: number;
  readonly total: number;
}

export interface DemoOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DemoProgress) => void;
  /** `resources/demo`, where it is not found by itself. */
  readonly storyFolder?: string;
}

const repositoryName = "ledger-core.git";
/** Everything that is written below the folder, and all that is removed before it is written again. */
const ownEntries: readonly string[] = [
  "export",
  "answer-key.json",
  "roster.csv",
  "archive.git",
  "portal.git",
  repositoryName,
];

/**
 * Makes the demo's sources in a folder, within seconds: a real git repository and, beside it, the records that the code
 * host, Jira and the deployment tool would hold. The same story gives the same bytes and the same commit ids.
 *
 * @param folder made if missing; otherwise empty, or holding demo sources made before, which are made anew
 * @throws file-unwritable, file-missing, record-invalid, git-missing, git-failed, cancelled
 */
export async function makeDemoSources(folder: string, options: DemoOptions = {}): Promise<DemoSources> {
  const { signal, onProgress = () => {}, storyFolder } = options;
  const steps = 3;
  const base = resolve(folder);
  onProgress({ what: "the story", done: 0, total: steps });
  const story = readStory(storyFolder);
  await clear(base);
  const directory = makeDirectory(story.people);
  const history = planHistory(story, directory);
  onProgress({ what: "the git repository", done: 1, total: steps });
  const repositoryPath = join(base, repositoryName);
  const repository = await makeRepository(repositoryPath, story, directory, history, signal);
  onProgress({ what: "the records of the code host, Jira and the deployment tool", done: 2, total: steps });
  const materials: Materials = { story, directory, repository };
  const deployments = planDeployments(story, directory, repository, history);
  const runs = planRuns(materials, history, deployments);
  const github = makeGithubRecords(materials, history, runs);
  const portalPath = join(base, "portal.git");
  const portal = await makePortal(portalPath, story, directory, signal);
  const jira = makeJiraRecords(story, [...planTickets(story, directory, history), ...portal.tickets]);
  const archivePath = join(base, "archive.git");
  const archived = await makeArchivedRepository(archivePath, story, directory, signal);
  const answerKey = makeAnswerKey(story, directory, repository, history, { archived, portal });
  const files = new Map([
    ...githubFiles(github),
    ...jiraFiles(jira),
    ...deploymentFiles(deploymentRecords(story, deployments, runs)),
    ...reportFiles(story, runs),
    ...operationsFiles(story, directory, repository, deployments),
    ...portal.files,
    ...archivedDeployments(story, archived),
    ["export/jira-batch/search-page-1.json", `${JSON.stringify({ issues: [], isLast: true })}\n`] as const,
    ["roster.csv", rosterCsv(story)] as const,
    ["answer-key.json", `${JSON.stringify(answerKey, null, 2)}\n`] as const,
  ]);
  await writeAll(base, files, signal);
  onProgress({ what: "done", done: steps, total: steps });
  return {
    folder: base,
    repositoryPath,
    portalPath,
    archivePath,
    githubFolder: join(base, "export", "github"),
    jiraFolder: join(base, "export", "jira"),
    deploymentsJsonl: join(base, "export", "deployments.jsonl"),
    deploymentsCsv: join(base, "export", "deployments.csv"),
    authLog: join(base, "export", "auth.log"),
    exportFolder: join(base, "export"),
    roster: join(base, "roster.csv"),
    answerKeyPath: join(base, "answer-key.json"),
    answerKey,
    story,
    github,
    jira,
  };
}

/** What is kept beside code host, Jira and CI: by the hosts, the detector, the configuration tool, people. */
function operationsFiles(
  story: Story,
  directory: Directory,
  repository: MadeRepository,
  deployments: readonly PlannedDeployment[],
): DemoFiles {
  return new Map([
    ["export/auth.log", authLog(story, deployments)] as const,
    ["export/gates.jsonl", gateEvents(story, directory, deployments)] as const,
    ["export/unleash/events.json", switchEvents(story)] as const,
    ...releaseChannel(story, deployments),
    ...aideReports(story),
    ...puppetReports(story, repository),
    ...attestationFiles(story, directory),
  ]);
}

function archivedDeployments(story: Story, commits: ReadonlyMap<string, string>): DemoFiles {
  const files = hostDeployments(story, story.archive.repository, story.archive.deployments, commits);
  return new Map([...files].map(([name, content]) => [`export/batch-deployments/${name}`, content]));
}

/** Reports of the CI runs on the release branch, as the runs' artifacts would be. */
function reportFiles(story: Story, runs: readonly PlannedRun[]): DemoFiles {
  const files = new Map<string, string>();
  for (const run of runs) {
    if (run.workflow !== "ci" || run.event !== "push") continue;
    for (const [index, attempt] of run.attempts.entries()) {
      const name = `${run.commit.id}.run-${run.id}.attempt-${index + 1}`;
      const junit = junitReport(run, attempt);
      if (junit !== null) files.set(`export/junit/${name}.xml`, junit);
      const sarif = sarifReport(run, attempt, repositoryPage(story));
      if (sarif !== null) files.set(`export/sarif/${name}.sarif`, `${JSON.stringify(sarif, null, 2)}\n`);
    }
  }
  return files;
}

/** Removes what was made before. A folder that is not wholly the demo's is left alone. */
async function clear(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const found = await readdir(folder);
    // The repository is made first and removed last, so even half-made sources have it.
    const foreign = found.find((name) => !ownEntries.includes(name) || !found.includes(repositoryName));
    if (foreign !== undefined) throw unwritable(folder, `it holds ${foreign}, which is not the demo's`);
    for (const name of ownEntries) await rm(join(folder, name), { recursive: true, force: true });
  } catch (cause) {
    if (cause instanceof TickmarkError) throw cause;
    throw unwritable(folder, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

async function writeAll(folder: string, files: DemoFiles, signal: AbortSignal | undefined): Promise<void> {
  try {
    const folders = new Set([...files.keys()].map((name) => dirname(join(folder, name))));
    for (const path of folders) await mkdir(path, { recursive: true });
    for (const [name, content] of files) {
      signal?.throwIfAborted();
      await writeFile(join(folder, name), content);
    }
  } catch (cause) {
    if (signal?.aborted) {
      throw new TickmarkError("cancelled", "Making the demo sources was stopped.", "Start it again when you like.", {
        cause,
      });
    }
    throw unwritable(folder, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function unwritable(folder: string, why: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "file-unwritable",
    `The demo sources cannot be written into ${folder}: ${why}.`,
    "Choose an empty folder that you may write to.",
    { cause },
  );
}
