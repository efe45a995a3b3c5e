import type { GithubPart } from "../../../shared/model/code-host-source.ts";
import { type Instant, instantOf, millisecondsOf } from "../../../shared/model/instant.ts";
import type { TieOut } from "../../../shared/model/pull.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { dayMs } from "../audit-window.ts";
import type { PullOutcome } from "../source-driver.ts";
import { wantedBranches } from "../wanted-branches.ts";
import { partCoverage, partsOf } from "./github/github-parts.ts";
import { type GithubPull, listedOf, vouchedEnd } from "./github-pull.ts";
import { isShort } from "./request-tie-out.ts";
import { coverageOfStages, declaredTieOuts, noRequests, notesOfStages } from "./walk/host-outcome.ts";

/** GitHub.com, and GitHub Enterprise Cloud at an address of its own, archives the record of a run after 400 days and deletes it soon after; nothing older can be vouched for. */
const runsKeptDays = 400;

export function outcomeOf(pull: GithubPull): PullOutcome {
  const { source, steps, window } = pull;
  const { cursor } = steps;
  const branches = wantedBranches(source.releaseBranch);
  return {
    endpoint: `GitHub REST API at ${source.apiUrl}, repository ${source.project}`,
    query:
      `Closed pull requests into ${branches.words}, newest update first, those merged from ${window.from} to ` +
      `${window.to}, each with its reviews and commits; workflow runs on ${branches.words} and of merge queues, created in ` +
      `the same time, each with the jobs of all attempts.${besides(source)}`,
    identity: cursor.identity,
    access: cursor.access,
    counts: {
      "pull requests": cursor.counts.requests,
      "reviews": cursor.counts.reviews,
      "commits of pull requests": cursor.counts.commits,
      "workflow runs": cursor.counts.runs,
      "jobs": cursor.counts.jobs,
      ...cursor.parts.counts,
    },
    tieOuts: tieOutsOf(pull),
    coverage: coverageOf(pull),
    notes: [
      ...cursor.notes,
      ...notesOfBranches(pull),
      ...notesOfGates(cursor.parts),
      ...driftNotes(pull),
      ...cursor.parts.notes,
      ...notesOfStages(cursor.parts),
    ],
  };
}

const partNames: Readonly<Record<GithubPart, string>> = {
  events: "the timeline of each request",
  comments: "its comments",
  checks: "the checks of its last and its merge commit",
  protection: "the release branch's protection",
  analysis: "code-scanning alerts and analyses",
  deployments: "deployments with statuses and approvals",
};

function besides(source: SourceOf<"github">): string {
  const names = [...partsOf(source)].map((part) => partNames[part]);
  return names.length === 0 ? "" : ` Besides: ${names.join(", ")}.`;
}

function notesOfBranches({ source, steps: { cursor } }: GithubPull): string[] {
  const branches = wantedBranches(source.releaseBranch);
  return branches.only === null && cursor.counts.requests === 0 ? [noRequests(branches)] : [];
}

function notesOfGates({ counts }: Pick<GithubPull["steps"]["cursor"]["parts"], "counts">): string[] {
  if ((counts["approvals of workflow runs"] ?? 0) === 0) return [];
  return [
    "GitHub does not tell when a workflow run was approved. An approval is taken to have been given no later than the " +
      "deployment that it held went on, as GitHub's own status says; where none says that it was held, its time is not known.",
  ];
}

function tieOutsOf({ source, context, steps: { cursor } }: GithubPull): TieOut[] {
  const tieOuts: TieOut[] = [];
  const isOne = wantedBranches(source.releaseBranch).only !== null;
  if (cursor.expectedInPeriod !== null) {
    tieOuts.push({
      what: `pull requests merged from ${context.period.from} to ${context.period.to}${isOne ? "" : ", into any branch"}`,
      how: `GitHub's own count: search of merged pull requests of this ${isOne ? "branch and " : ""}time`,
      expected: cursor.expectedInPeriod,
      received: cursor.inPeriod,
    });
  }
  tieOuts.push(...cursor.parts.tieOuts);
  if (cursor.runs.available) {
    tieOuts.push({
      what: "workflow runs of the period and its margin",
      how: "GitHub's own count: total_count of the run lists",
      expected: cursor.runs.expected,
      received: cursor.runs.received,
    });
  }
  return [...tieOuts, ...declaredTieOuts(cursor.parts)];
}

function coverageOf(pull: GithubPull): PullOutcome["coverage"] {
  const { source, context, steps } = pull;
  const from = context.period.start;
  const to = vouchedEnd(pull);
  const scope = source.repository;
  const covered: PullOutcome["coverage"][number][] = [
    { kind: "requests", scope, from, to },
    { kind: "reviews", scope, from, to },
  ];
  const parts = partsOf(source);
  const besides = partCoverage.filter(({ part }) => parts.has(part));
  const asked = { ...steps.cursor.parts, startedAt: steps.cursor.startedAt };
  covered.push(...coverageOfStages(besides, scope, context, asked));
  if (hasAllRuns(steps.cursor)) covered.push({ kind: "builds", scope, from: runsKeptFrom(pull, from), to });
  return covered.filter((coverage) => coverage.from < coverage.to);
}

/** A run or a job that GitHub counts and did not give may be the one that failed. */
function hasAllRuns({ runs, parts: { declared } }: GithubPull["steps"]["cursor"]): boolean {
  const { expected, received } = declared.jobs ?? { expected: 0, received: 0 };
  return runs.available && runs.received >= runs.expected && received >= expected;
}

function runsKeptFrom({ source, steps }: GithubPull, from: Instant): Instant {
  const { hostname } = new URL(source.apiUrl);
  if (hostname !== "api.github.com" && !hostname.endsWith(".ghe.com")) return from;
  const kept = instantOf(millisecondsOf(steps.cursor.startedAt) - runsKeptDays * dayMs);
  return kept > from ? kept : from;
}

function driftNotes(pull: GithubPull): string[] {
  const { context, steps } = pull;
  const { drift, walkedAgain, inPeriod, expectedInPeriod, expectedInWindow, runs } = steps.cursor;
  const notes: string[] = [];
  if (drift.repeated > 0) {
    notes.push(
      `${drift.repeated} pull requests were listed again because the list moved while it was read; each was taken once.`,
    );
  }
  if (drift.late > 0) {
    notes.push(`${drift.late} pull requests were found only by reading the newest updates, or the list, once more.`);
  }
  if (walkedAgain && expectedInPeriod !== null && expectedInPeriod !== inPeriod) {
    notes.push("GitHub's count of merged pull requests differs from the list even after reading the list twice.");
  }
  if (walkedAgain && isShort(steps.cursor)) {
    notes.push(
      `GitHub counted ${expectedInWindow} merged pull requests in the period and its margin when the pull began; ` +
        `${listedOf(steps.cursor)} were received.`,
    );
  }
  if (runs.late > 0) notes.push(`${runs.late} workflow runs were found only by reading their list once more.`);
  if (runs.available && !hasAllRuns(steps.cursor)) {
    notes.push("Not covered: builds, since workflow runs or jobs that GitHub counts did not come; see the tie-outs.");
  }
  if (vouchedEnd(pull) < context.period.end) {
    notes.push(`The period was not over when the pull began; it vouches for nothing after ${vouchedEnd(pull)}.`);
  }
  if (runs.available && runsKeptFrom(pull, context.period.start) > context.period.start) {
    notes.push(`GitHub keeps workflow runs for ${runsKeptDays} days; for earlier ones nothing is known about builds.`);
  }
  return notes;
}
