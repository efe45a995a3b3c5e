import { type GithubComment, githubComments } from "./github-comments.ts";
import { type GithubCommit, githubCommit, githubCommits } from "./github-commits.ts";
import {
  type GithubPull,
  type GithubPullListed,
  githubPull,
  listedPull,
  type Materials,
  type Requested,
} from "./github-pulls.ts";
import { branchProtection, fullRepository, repositoryPage, repositoryUrl } from "./github-repository.ts";
import { type GithubReview, githubReviews } from "./github-reviews.ts";
import { type GithubJob, type GithubRun, githubJobs, githubRun } from "./github-runs.ts";
import { githubTimeline } from "./github-timeline.ts";
import type { PlannedRun } from "./plan-runs.ts";
import type { PlannedChange, PlannedHistory } from "./planned.ts";

export interface RequestRecords {
  readonly listed: GithubPullListed;
  readonly full: GithubPull;
  readonly reviews: readonly GithubReview[];
  readonly commits: readonly GithubCommit[];
  readonly timeline: readonly Record<string, unknown>[];
  /** On lines of the code. */
  readonly comments: readonly GithubComment[];
}

export interface RunRecords {
  /** One for each attempt, the first first: the run as of that attempt and its jobs. */
  readonly attempts: readonly { readonly run: GithubRun; readonly jobs: readonly GithubJob[] }[];
}

/** Everything that the code host knows, as its REST API writes it. */
export interface GithubRecords {
  readonly repository: ReturnType<typeof fullRepository>;
  readonly protection: ReturnType<typeof branchProtection>;
  readonly releaseBranch: ReturnType<typeof releaseBranch>;
  /** In the order of their numbers. */
  readonly requests: readonly RequestRecords[];
  /** Newest first, as the host lists them. */
  readonly runs: readonly RunRecords[];
}

export function makeGithubRecords(
  materials: Materials,
  history: PlannedHistory,
  runs: readonly PlannedRun[],
): GithubRecords {
  const requested = history.filter(isRequested).toSorted((a, b) => a.request.number - b.request.number);
  return {
    repository: fullRepository(materials.story),
    protection: branchProtection(materials.story),
    releaseBranch: releaseBranch(materials, history),
    requests: requested.map((change) => ({
      listed: listedPull(materials, change),
      full: githubPull(materials, change),
      reviews: githubReviews(materials, change),
      commits: githubCommits(materials, change),
      timeline: githubTimeline(materials, change),
      comments: githubComments(materials, change),
    })),
    runs: runs.toReversed().map((run) => ({
      attempts: run.attempts.map((_, index) => ({
        run: githubRun(materials, run, index + 1),
        jobs: githubJobs(materials, run, index + 1),
      })),
    })),
  };
}

/** GET /repos/{o}/{r}/branches/{branch} (schema `branch-with-protection`). */
function releaseBranch(materials: Materials, history: PlannedHistory) {
  const name = materials.story.repository.releaseBranch;
  const tip = history.findLast((change) => change.arrival !== null)?.arrival;
  if (!tip) throw new Error("Nothing ever arrived on the demo's release branch.");
  const url = `${repositoryUrl(materials.story)}/branches/${name}`;
  return {
    name,
    commit: githubCommit(materials, tip),
    _links: { self: url, html: `${repositoryPage(materials.story)}/tree/${name}` },
    protected: true,
    protection: {
      enabled: true,
      required_status_checks: { enforcement_level: "non_admins", contexts: ["build"], checks: [] },
    },
    protection_url: `${url}/protection`,
  };
}

/** The run as it stands: its latest attempt. */
export function latestOf(run: RunRecords): GithubRun {
  const latest = run.attempts.at(-1);
  if (!latest) throw new Error("A run has at least one attempt.");
  return latest.run;
}

function isRequested(change: PlannedChange): change is Requested {
  return change.request !== null;
}
