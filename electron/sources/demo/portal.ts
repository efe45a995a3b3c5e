import type { Directory } from "./directory.ts";
import { type DemoFiles, githubFiles } from "./export-files.ts";
import type { GithubRecords } from "./github-records.ts";
import { makeGithubRecords } from "./github-records.ts";
import { repositoryUrl } from "./github-repository.ts";
import { hostDeployments } from "./host-deployments.ts";
import { type MadeRepository, makeRepository } from "./make-repository.ts";
import { zuluTime } from "./moments.ts";
import { planHistory } from "./plan-history.ts";
import { planRuns } from "./plan-runs.ts";
import { type PlannedTicket, planTickets } from "./plan-tickets.ts";
import type { PlannedCommit, PlannedHistory } from "./planned.ts";
import { type Story, StoryTicket } from "./story-schema.ts";

/** The second code base on the same host, of which the host's answers were handed over. */
export interface Portal {
  readonly story: Story;
  readonly history: PlannedHistory;
  readonly repository: MadeRepository;
  readonly tickets: readonly PlannedTicket[];
  readonly files: DemoFiles;
}

/** @param path folder of the repository to make; must not exist */
export async function makePortal(
  path: string,
  told: Story,
  directory: Directory,
  signal?: AbortSignal,
): Promise<Portal> {
  const story = storyOf(told);
  const history = planHistory(story, directory);
  const repository = await makeRepository(path, story, directory, history, signal);
  const materials = { story, directory, repository };
  const github = makeGithubRecords(materials, history, planRuns(materials, history, []));
  return {
    story,
    history,
    repository,
    tickets: planTickets(story, directory, history),
    files: filesOf(story, github, history, repository),
  };
}

/** The same people in the same period, with changes and tickets of its own, none of which was released. */
function storyOf(told: Story): Story {
  const { repository, code, changes } = told.portal;
  const tickets = changes.map(({ ticket, title }) => [ticket, StoryTicket.parse({ summary: title })] as const);
  return {
    ...told,
    ...{ repository: { ...told.repository, ...repository }, code, changes, tickets: Object.fromEntries(tickets) },
    ...{ tags: [], production: [], staging: [] },
  };
}

function filesOf(story: Story, github: GithubRecords, history: PlannedHistory, { commits }: MadeRepository): DemoFiles {
  const answers = [...githubFiles(github)].flatMap(([name, content]) => {
    const own = /^export\/github(?:-timelines|-comments)?\/(.*)$/.exec(name)?.[1];
    return own === undefined ? [] : [[own, content] as const];
  });
  const ids = new Map([...commits].map(([key, { id }]) => [key, id]));
  const deployments = hostDeployments(story, story.repository.name, story.portal.deployments, ids);
  const arrived = history.flatMap(({ arrival }) => arrival ?? []);
  const scanned = [
    ["alerts", [minorAlert(story)]] as const,
    ["analyses", arrived.map((commit, index) => analysisOf(story, commit, ids, index)).reverse()] as const,
  ].map(([name, rows]) => [`code-scanning-${name}-page-1.json`, `${JSON.stringify(rows, null, 2)}\n`] as const);
  return new Map([...answers, ...deployments, ...scanned].map(([name, content]) => [`export/portal/${name}`, content]));
}

/** Code scanning ran on each change when it had arrived, and found nothing. */
function analysisOf(
  { repository: { releaseBranch } }: Story,
  { key, pushedAt }: PlannedCommit,
  ids: ReadonlyMap<string, string>,
  index: number,
) {
  return {
    ...{ id: 93001 + index, ref: `refs/heads/${releaseBranch}`, commit_sha: ids.get(key) ?? "" },
    ...{ analysis_key: ".github/workflows/code-scanning.yml:analyze", environment: "{}" },
    ...{ category: "/language:javascript-typescript", created_at: zuluTime(pushedAt + 540) },
    ...{ results_count: 0, rules_count: 87, error: "", warning: "", deletable: true },
    tool: { name: "CodeQL", guid: null, version: "2.23.6" },
  };
}

/** What code scanning found before the period, and somebody put right. */
function minorAlert(story: Story) {
  return {
    number: 1,
    url: `${repositoryUrl(story)}/code-scanning/alerts/1`,
    state: "fixed",
    created_at: "2025-12-09T08:14:00Z",
    fixed_at: "2025-12-10T15:40:00Z",
    dismissed_at: null,
    dismissed_by: null,
    dismissed_reason: null,
    rule: {
      id: "js/unused-local-variable",
      description: "Unused variable",
      severity: "note",
      security_severity_level: "low",
      tags: [],
    },
    tool: { name: "CodeQL" },
    most_recent_instance: {
      commit_sha: "",
      message: { text: "Unused variable page." },
      location: { path: "src/loginPage.ts", start_line: 3 },
    },
  };
}
