import { type DeploymentRecord, deploymentsCsv, deploymentsJsonl } from "./deployment-log.ts";
import { type GithubRecords, latestOf } from "./github-records.ts";
import type { JiraRecords } from "./jira-records.ts";

/** Path below the demo's folder → content. */
export type DemoFiles = ReadonlyMap<string, string>;

const githubPage = 100;
const jiraPage = 50;

/**
 * The code host's answers, one a file: each is named after its address below the repository, with hyphens for
 * slashes, so that an empty list of reviews still says whose it is. What not everybody hands over lies apart.
 */
export function githubFiles({ repository, protection, releaseBranch, requests, runs }: GithubRecords): DemoFiles {
  const files = new Map<string, string>();
  const addTo = (folder: string, name: string, body: unknown) =>
    files.set(`export/${folder}/${name}.json`, JSON.stringify(body));
  const add = (name: string, body: unknown) => addTo("github", name, body);
  const latest = runs.map(latestOf);
  add("repository", repository);
  addTo("github-settings", `branches-${releaseBranch.name}`, releaseBranch);
  addTo("github-settings", `branches-${releaseBranch.name}-protection`, protection);
  const listed = requests.map((request) => request.listed).toReversed();
  for (const [index, page] of pagesOf(listed, githubPage)) add(`pulls-page-${index}`, page);
  for (const { full, reviews, commits, comments, timeline } of requests) {
    add(`pulls-${full.number}`, full);
    add(`pulls-${full.number}-reviews-page-1`, reviews);
    add(`pulls-${full.number}-commits-page-1`, commits);
    addTo("github-timelines", `issues-${full.number}-timeline-page-1`, timeline);
    addTo("github-comments", `pulls-${full.number}-comments-page-1`, comments);
    addTo("github-comments", `issues-${full.number}-comments-page-1`, []);
  }
  for (const [index, page] of pagesOf(latest, githubPage)) {
    add(`actions-runs-page-${index}`, { total_count: latest.length, workflow_runs: page });
  }
  for (const run of runs) {
    const jobs = run.attempts.flatMap((attempt) => attempt.jobs);
    add(`actions-runs-${latestOf(run).id}-jobs-page-1`, { total_count: jobs.length, jobs });
  }
  return files;
}

/** Search pages with all fields and history, and the whole history of what has too much for a page. */
export function jiraFiles(jira: JiraRecords): DemoFiles {
  const files = new Map<string, string>();
  const issues = jira.map(({ issue }) => issue);
  const pages = [...pagesOf(issues, jiraPage)];
  for (const [index, page] of pages) {
    const isLast = index === pages.length;
    files.set(`export/jira/search-page-${index}.json`, JSON.stringify({ issues: page, isLast }));
  }
  for (const { issue, histories } of jira) {
    if (histories.length <= issue.changelog.histories.length) continue;
    const self = `${issue.self}/changelog?maxResults=1000&startAt=0`;
    const page = { self, maxResults: 1000, startAt: 0, total: histories.length, isLast: true, values: histories };
    files.set(`export/jira/issue-${issue.key}-changelog-page-1.json`, JSON.stringify(page));
  }
  return files;
}

export function deploymentFiles(records: readonly DeploymentRecord[]): DemoFiles {
  return new Map([
    ["export/deployments.jsonl", deploymentsJsonl(records)],
    ["export/deployments.csv", deploymentsCsv(records)],
  ]);
}

/** Pages counted from 1; one empty page for an empty list. */
function pagesOf<T>(rows: readonly T[], size: number): [number, readonly T[]][] {
  const count = Math.max(1, Math.ceil(rows.length / size));
  return Array.from({ length: count }, (_, index) => [index + 1, rows.slice(index * size, (index + 1) * size)]);
}
