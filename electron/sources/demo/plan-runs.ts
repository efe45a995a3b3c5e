import type { Identity } from "./directory.ts";
import type { Materials } from "./github-pulls.ts";
import { commitOf } from "./github-pulls.ts";
import type { Seconds } from "./moments.ts";
import type { PlannedDeployment } from "./plan-deployments.ts";
import type { CommitSignature, PlannedChange, PlannedCommit, PlannedHistory, PlannedRequest } from "./planned.ts";
import { headOf } from "./planned.ts";
import { hexOf, spread } from "./spread.ts";
import type { CiStory, StoryChange } from "./story-schema.ts";

export type Conclusion = "success" | "failure" | "cancelled" | "skipped";

export interface PlannedJob {
  readonly name: string;
  readonly conclusion: Conclusion;
  readonly startedAt: Seconds;
  readonly finishedAt: Seconds;
}

export interface PlannedAttempt {
  readonly startedAt: Seconds;
  readonly conclusion: Conclusion;
  readonly jobs: readonly PlannedJob[];
}

/** One run of a workflow on one commit. */
export interface PlannedRun {
  readonly id: number;
  readonly number: number;
  readonly workflow: "ci" | "docs" | "deploy";
  readonly event: "push" | "pull_request" | "workflow_dispatch";
  readonly branch: string;
  readonly commit: {
    readonly id: string;
    readonly tree: string;
    readonly message: string;
    readonly author: CommitSignature;
    readonly committer: CommitSignature;
  };
  readonly actor: Identity;
  readonly createdAt: Seconds;
  readonly attempts: readonly PlannedAttempt[];
  /** What its static analysis finds. */
  readonly finding: StoryChange["finding"] | null;
  readonly title: string;
  readonly request: PlannedRequest | null;
  /** The deployment that the run made. */
  readonly deployment: string | null;
}

type Draft = Omit<PlannedRun, "id" | "number">;

/** Every run of the three workflows, in the order in which they began. */
export function planRuns(
  materials: Materials,
  history: PlannedHistory,
  deployments: readonly PlannedDeployment[],
): PlannedRun[] {
  const drafts = [
    ...history.flatMap((change) => [...runsOnHeads(materials, change), ...runsOnArrival(materials, change)]),
    ...deployments
      .filter((deployment) => deployment.run)
      .map((deployment) => runOfDeployment(materials, history, deployment)),
  ].toSorted((a, b) => a.createdAt - b.createdAt);
  const numbers = new Map<string, number>();
  return drafts.map((draft, index) => {
    const number = (numbers.get(draft.workflow) ?? 1800) + 1;
    numbers.set(draft.workflow, number);
    return { ...draft, id: 20_600_000_000 + index * 7, number };
  });
}

/** A run for each head that the request had. They all pass: what goes wrong goes wrong after the merge. */
function runsOnHeads(materials: Materials, change: PlannedChange): Draft[] {
  const { request } = change;
  if (!request) return [];
  const first = request.commits.findLast((commit) => commit.pushedAt <= request.openedAt);
  const later = request.commits.filter((commit) => commit.pushedAt > request.openedAt);
  const run = (key: string, id: string, at: Seconds): Draft => {
    const { message, author, committer } = request.commits.find((commit) => commit.key === key) ?? headOf(request);
    const tree = key === "lost" ? hexOf(`${id}/tree`, 40) : commitOf(materials, key).tree;
    return {
      workflow: "ci",
      event: "pull_request",
      branch: request.branch,
      commit: { id, tree, message, author, committer },
      actor: request.opener,
      createdAt: at + 7,
      attempts: ciAttempts("passed", `${change.story.id}/${key}`, at + 7, change.story.lint),
      finding: null,
      title: request.title,
      request,
      deployment: null,
    };
  };
  return [
    ...(request.lostHead === null ? [] : [run("lost", request.lostHead, request.openedAt)]),
    ...(first ? [run(first.key, commitOf(materials, first.key).id, request.openedAt)] : []),
    ...later.map((commit) => run(commit.key, commitOf(materials, commit.key).id, commit.pushedAt)),
  ];
}

function runsOnArrival(materials: Materials, change: PlannedChange): Draft[] {
  const { arrival, request } = change;
  const { ci, id } = change.story;
  if (!arrival || ci === "not-run") return [];
  const createdAt = arrival.pushedAt + 12;
  const { id: sha, tree } = commitOf(materials, arrival.key);
  const { message, author, committer } = arrival;
  const actor = request?.mergedBy ?? materials.directory.of(change.story.author);
  return [
    {
      workflow: ci === "docs-only" ? "docs" : "ci",
      event: "push",
      branch: materials.story.repository.releaseBranch,
      commit: { id: sha, tree, message, author, committer },
      actor,
      createdAt,
      attempts: ci === "docs-only" ? [docsAttempt(createdAt)] : ciAttempts(ci, id, createdAt, change.story.lint),
      finding: change.story.finding ?? null,
      title: message.split("\n")[0] ?? "",
      request: null,
      deployment: null,
    },
  ];
}

function runOfDeployment(materials: Materials, history: PlannedHistory, deployment: PlannedDeployment): Draft {
  const isDeployed = (commit: PlannedCommit | null) => commit?.key === deployment.commit;
  const change = history.find(({ arrival, commits }) => isDeployed(arrival) || commits.some(isDeployed));
  const deployed = change?.arrival ?? change?.commits.at(-1);
  if (!change || !deployed) throw new Error(`Deployment ${deployment.id} deploys a commit that is not in the story.`);
  const { id, tree } = commitOf(materials, deployed.key);
  const { message, author, committer } = deployed;
  const onBranch = change.arrival ? materials.story.repository.releaseBranch : change.branch;
  const { startedAt, finishedAt, status } = deployment;
  const conclusion = status === "succeeded" ? "success" : "failure";
  const deploying: PlannedJob = { name: `deploy to ${deployment.environment}`, conclusion, startedAt, finishedAt };
  const jobs = status === "succeeded" ? [deploying, ...checksAfter(deployment)] : [deploying];
  return {
    workflow: "deploy",
    event: "workflow_dispatch",
    branch: deployment.told?.tag ?? onBranch,
    commit: { id, tree, message, author, committer },
    actor: deployment.triggeredBy ?? deployment.actor,
    createdAt: startedAt - 9,
    attempts: [{ startedAt: startedAt - 9, conclusion, jobs }],
    finding: null,
    title: `Deploy ${deployment.revision} to ${deployment.environment}`,
    request: null,
    deployment: deployment.id,
  };
}

/** Smoke and integration tests on what was just deployed. */
function checksAfter({ id, told, finishedAt }: PlannedDeployment): PlannedJob[] {
  const smoked = finishedAt + spread(`${id}/smoke`, 20, 60);
  const conclusion = told?.smoke === "failed" ? "failure" : "success";
  return [
    { name: "smoke", conclusion, startedAt: finishedAt, finishedAt: smoked },
    { name: "integration", conclusion: "success", startedAt: smoked, finishedAt: smoked + 95 },
  ];
}

function docsAttempt(startedAt: Seconds): PlannedAttempt {
  const jobs = [
    { name: "publish", conclusion: "success", startedAt: startedAt + 5, finishedAt: startedAt + 48 } as const,
  ];
  return { startedAt, conclusion: "success", jobs };
}

/** What each kind of run in the story means for its jobs `test` and the rest, attempt by attempt. */
const testConclusions: Readonly<Record<Exclude<CiStory, "not-run" | "docs-only">, readonly Conclusion[]>> = {
  passed: ["success"],
  failed: ["failure"],
  cancelled: ["cancelled"],
  "test-skipped": ["skipped"],
  "passed-on-second-attempt": ["failure", "success"],
  "failed-on-second-attempt": ["success", "failure"],
};

function ciAttempts(
  ci: keyof typeof testConclusions,
  name: string,
  createdAt: Seconds,
  lint: boolean,
): PlannedAttempt[] {
  return testConclusions[ci].map((test, index) => {
    const startedAt = createdAt + index * 2100;
    const built = startedAt + 6 + spread(`${name}/build`, 80, 150);
    const tested = built + (test === "skipped" ? 0 : spread(`${name}/test/${index}`, 170, 330));
    const analysis = test === "cancelled" ? "cancelled" : "success";
    const jobs: PlannedJob[] = [
      { name: "build", conclusion: "success", startedAt: startedAt + 6, finishedAt: built },
      { name: "test", conclusion: test, startedAt: built, finishedAt: tested },
      { name: "static-analysis", conclusion: analysis, startedAt: built, finishedAt: built + 64 },
    ];
    if (lint) jobs.push({ name: "lint", conclusion: "success", startedAt: built, finishedAt: built + 31 });
    // A skipped job does not fail its run: that is the trap.
    return { startedAt, conclusion: test === "skipped" ? "success" : test, jobs };
  });
}
