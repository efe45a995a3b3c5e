import type { Materials } from "./github-pulls.ts";
import { commitOf } from "./github-pulls.ts";
import { minimalRepository, repositoryPage, repositoryUrl } from "./github-repository.ts";
import { githubUser, nodeId } from "./github-users.ts";
import { zuluTime } from "./moments.ts";
import type { PlannedAttempt, PlannedJob, PlannedRun } from "./plan-runs.ts";
import { headOf } from "./planned.ts";

const workflows = {
  ci: { id: 190_000_001, name: "CI", path: ".github/workflows/ci.yml" },
  docs: { id: 190_000_002, name: "Docs", path: ".github/workflows/docs.yml" },
  deploy: { id: 190_000_003, name: "Deploy", path: ".github/workflows/deploy.yml" },
} as const;

export type GithubRun = ReturnType<typeof githubRun>;
export type GithubJob = ReturnType<typeof githubJobs>[number];

/** One element of GET /repos/{o}/{r}/actions/runs (schema `workflow-run`), as of the given attempt; the latest if none. */
export function githubRun(materials: Materials, run: PlannedRun, attempt: number = run.attempts.length) {
  const { story } = materials;
  const url = `${repositoryUrl(story)}/actions/runs/${run.id}`;
  const suite = run.id + 29_000_000_000;
  const workflow = workflows[run.workflow];
  const { startedAt, conclusion } = attemptOf(run, attempt);
  const repository = minimalRepository(story);
  const actor = githubUser(run.actor);
  return {
    id: run.id,
    name: workflow.name,
    node_id: nodeId("WFR", run.id),
    head_branch: run.branch,
    head_sha: run.commit.id,
    path: workflow.path,
    display_title: run.title,
    run_number: run.number,
    event: run.event,
    status: "completed",
    conclusion,
    workflow_id: workflow.id,
    check_suite_id: suite,
    check_suite_node_id: nodeId("CS", suite),
    url,
    html_url: `${repositoryPage(story)}/actions/runs/${run.id}`,
    pull_requests: run.request ? [minimalPull(materials, run)] : [],
    created_at: zuluTime(run.createdAt),
    updated_at: zuluTime(finishOf(run, attempt)),
    actor,
    run_attempt: attempt,
    referenced_workflows: [],
    run_started_at: zuluTime(startedAt),
    triggering_actor: actor,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl(story)}/check-suites/${suite}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: attempt > 1 ? `${url}/attempts/${attempt - 1}` : null,
    workflow_url: `${repositoryUrl(story)}/actions/workflows/${workflow.id}`,
    head_commit: {
      id: run.commit.id,
      tree_id: run.commit.tree,
      message: run.commit.message,
      timestamp: zuluTime(run.commit.committer.at),
      author: { name: run.commit.author.name, email: run.commit.author.email },
      committer: { name: run.commit.committer.name, email: run.commit.committer.email },
    },
    repository,
    head_repository: repository,
  };
}

/** The jobs of one attempt, as GET /repos/{o}/{r}/actions/runs/{id}/jobs gives them (schema `job`). */
export function githubJobs(materials: Materials, run: PlannedRun, attempt: number) {
  const { jobs, startedAt } = attemptOf(run, attempt);
  const url = repositoryUrl(materials.story);
  return jobs.map((job, index) => {
    const id = (run.id - 20_600_000_000) * 100 + 59_000_000_000 + attempt * 10 + index;
    return {
      id,
      run_id: run.id,
      workflow_name: workflows[run.workflow].name,
      head_branch: run.branch,
      run_url: `${url}/actions/runs/${run.id}`,
      run_attempt: attempt,
      node_id: nodeId("CR", id),
      head_sha: run.commit.id,
      url: `${url}/actions/jobs/${id}`,
      html_url: `${repositoryPage(materials.story)}/actions/runs/${run.id}/job/${id}`,
      status: "completed",
      conclusion: job.conclusion,
      created_at: zuluTime(startedAt),
      started_at: zuluTime(job.startedAt),
      completed_at: zuluTime(job.finishedAt),
      name: job.name,
      steps: stepsOf(job),
      check_run_url: `${url}/check-runs/${id}`,
      labels: run.workflow === "deploy" ? ["self-hosted", "deploy"] : ["ubuntu-24.04"],
      ...runnerOf(run, job, id),
    };
  });
}

/** A skipped job never had a runner. */
function runnerOf(run: PlannedRun, job: PlannedJob, id: number) {
  if (job.conclusion === "skipped") {
    return { runner_id: 0, runner_name: "", runner_group_id: 0, runner_group_name: "" };
  }
  const own = run.workflow === "deploy";
  const name = own ? "deploy-runner-1" : `GitHub Actions ${id % 1_000_000}`;
  const group = own ? "Deploy" : "GitHub Actions";
  return {
    runner_id: own ? 3 : id % 1_000_000,
    runner_name: name,
    runner_group_id: own ? 2 : 0,
    runner_group_name: group,
  };
}

function stepsOf(job: PlannedJob) {
  if (job.conclusion === "skipped") return [];
  const between = job.startedAt + 4;
  const step = (number: number, name: string, conclusion: string, from: number, to: number) => {
    return { name, status: "completed", conclusion, number, started_at: zuluTime(from), completed_at: zuluTime(to) };
  };
  return [
    step(1, "Set up job", "success", job.startedAt, between),
    step(2, "Run actions/checkout@v4", "success", between, between + 3),
    step(3, `Run ${job.name}`, job.conclusion, between + 3, job.finishedAt - 1),
    step(4, "Complete job", "success", job.finishedAt - 1, job.finishedAt),
  ];
}

function minimalPull(materials: Materials, run: PlannedRun) {
  const { request } = run;
  if (!request) throw new Error("A run without a request has none to name.");
  const { id, name, releaseBranch } = materials.story.repository;
  const repo = { id, url: repositoryUrl(materials.story), name };
  const base = commitOf(materials, request.commits[0]?.key ?? "").parents[0] ?? "";
  return {
    url: `${repositoryUrl(materials.story)}/pulls/${request.number}`,
    id: 2_900_000_000 + request.number,
    number: request.number,
    head: { ref: request.branch, sha: commitOf(materials, headOf(request).key).id, repo },
    base: { ref: releaseBranch, sha: base, repo },
  };
}

function attemptOf(run: PlannedRun, attempt: number): PlannedAttempt {
  const found = run.attempts[attempt - 1];
  if (!found) throw new Error(`Run ${run.id} has no attempt ${attempt}.`);
  return found;
}

function finishOf(run: PlannedRun, attempt: number): number {
  return Math.max(...attemptOf(run, attempt).jobs.map((job) => job.finishedAt)) + 4;
}
