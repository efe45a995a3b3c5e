import type { Build, BuildJob } from "../model/build-facts.ts";
import type { Instant } from "../model/instant.ts";
import type { BuildWithJobs } from "./build-index.ts";

/**
 * Up to when a run can take the place of an earlier one: the moment at which the code was released. What ran again only
 * after that has not been right at the release. `open`: it was not released, so that what is last stands. `unknown`: nobody
 * knows whether it was released, so nothing takes the place of anything.
 */
export type Until = Instant | "open" | "unknown";

/** A job, or a check or status that is one by itself. */
type Ran = Pick<BuildJob, "completed" | "conclusion" | "startedAt" | "finishedAt">;

/** What ran at once under one name; a rerun is a round of its own. */
type Round<T extends Ran> = readonly T[];

/**
 * The builds of one commit as they stood at a moment. What was run again counts by its last run, as its host counts it:
 *
 * - a workflow of GitHub that is run again is a new attempt of the same run, on the same commit and for the same event; only
 *   the jobs that ran again have one, and all others stand as they are. Its jobs are on the commit as checks, too;
 * - a check of another app, and a status of one account, by the newest of its name: that is what GitHub's protection of
 *   branches looks at;
 * - a job of GitLab that is retried is another job of its name in the same pipeline, where names are unique.
 *
 * A run takes the place of an earlier one only if it began after that one and had ended by then, and if it went well, or
 * failed too. Whatever else ran later stands beside it, and counts.
 */
export function standingBuilds(builds: readonly BuildWithJobs[], until: Until): BuildWithJobs[] {
  const runs = builds.map((entry) => ({ entry, outdated: outdatedJobs(entry, until) }));
  const ofRuns = runs.filter(({ entry }) => !isReported(entry.build));
  const jobs = new Map(ofRuns.flatMap((run) => run.entry.jobs.map((job) => [job.id, { job, ...run }])));
  const reports = outdatedReports(builds, until);
  return runs.flatMap(({ entry, outdated }) => {
    const { build } = entry;
    if (reports.has(build)) return [];
    const own = isOfActions(build) ? jobs.get(numberOf(build)) : undefined;
    // A number alone could be that of another system's job.
    if (own === undefined || own.job.name !== build.workflow) return [asItStood(entry, outdated, until)];
    if (own.outdated.has(own.job)) return [];
    return [isUnproven(own.entry.build) ? withoutPasses(entry) : entry];
  });
}

/** Of one build, the jobs whose place a later one of the same name has taken. */
function outdatedJobs({ build, jobs, ranAgain }: BuildWithJobs, until: Until): ReadonlySet<BuildJob> {
  if (ranAgain === "untold" || isReported(build)) return new Set();
  const names = [...Map.groupBy(jobs, ({ name }) => name).values()];
  return new Set(names.flatMap((named) => outdatedOf(roundsOf(named, ranAgain), until)));
}

function roundsOf(jobs: readonly BuildJob[], ranAgain: "by-attempt" | "by-time"): Round<BuildJob>[] {
  if (ranAgain === "by-time") return inOrder(jobs);
  const attempts = [...Map.groupBy(jobs, ({ attempt }) => attempt)];
  return attempts.sort(([one], [other]) => one - other).map(([, round]) => round);
}

/** Checks and statuses of one reporter and name, whose place a later one has taken. */
function outdatedReports(builds: readonly BuildWithJobs[], until: Until): ReadonlySet<Build> {
  const reports = builds.map(({ build }) => build).filter((build) => isReported(build) && !isOfActions(build));
  const named = Map.groupBy(reports, ({ event, actor, workflow }) => JSON.stringify([event, actor, workflow]));
  const ofSomebody = [...named.values()].filter(([first]) => first?.actor !== "");
  return new Set(ofSomebody.flatMap((ofName) => outdatedOf(inOrder(ofName.filter(isLastWord)), until)));
}

/** A status that said that something was going on was followed by another one that says how it ended. */
function isLastWord(report: Build, _index: number, ofName: readonly Build[]): boolean {
  const isFollowed = ofName.some((other) => other.completed && Number(numberOf(other)) > Number(numberOf(report)));
  return report.event !== "status" || report.completed || !isFollowed;
}

/**
 * One round each, when each began after the one before had ended: what overlaps was not run again, and stands side by
 * side. GitHub and GitLab number what comes later higher; where numbers and times differ, nobody knows the order.
 */
function inOrder<T extends Ran & { readonly id: string }>(runs: readonly T[]): Round<T>[] {
  const sorted = runs.toSorted((one, other) => Number(numberOf(one)) - Number(numberOf(other)));
  const isTold = sorted.every(({ startedAt }, index) => {
    const before = sorted[index - 1];
    if (before === undefined) return true;
    return startedAt !== null && before.finishedAt !== null && before.finishedAt <= startedAt;
  });
  return isTold ? sorted.map((run) => [run]) : [runs];
}

/** @param rounds oldest first */
function outdatedOf<T extends Ran>(rounds: readonly Round<T>[], until: Until): T[] {
  return rounds.flatMap((round, index) => (hasSuccessor(round, rounds.slice(index + 1), until) ? round : []));
}

function hasSuccessor(round: Round<Ran>, later: readonly Round<Ran>[], until: Until): boolean {
  if (until === "unknown") return false;
  const begun = later.filter((runs) => runs.every(({ startedAt }) => startedAt !== null && isBy(startedAt, until)));
  const last = begun.at(-1);
  if (last === undefined || !last.every(({ finishedAt }) => finishedAt !== null && isBy(finishedAt, until)))
    return false;
  // Two jobs can have one name. When fewer of them ran again, nobody knows which.
  return last.some(hasFailed) || (last.length >= round.length && last.every(hasSucceeded));
}

function isBy(moment: Instant, until: Instant | "open"): boolean {
  return until === "open" || moment <= until;
}

/**
 * A build without what is outdated. When it was run again only after the moment, what its host says of it came later: it
 * had begun with its first jobs, and where one of these had failed, it had failed.
 */
function asItStood(entry: BuildWithJobs, outdated: ReadonlySet<BuildJob>, until: Until): BuildWithJobs {
  const jobs = entry.jobs.filter((job) => !outdated.has(job));
  const build = until === "open" || until === "unknown" ? entry.build : beforeRerun({ ...entry, jobs }, until);
  return isUnproven(build) ? withoutPasses({ ...entry, build, jobs }) : { ...entry, build, jobs };
}

function beforeRerun({ build, jobs, ranAgain }: BuildWithJobs, until: Instant): Build {
  const isAgain = (job: BuildJob, earlier: BuildJob) =>
    job.name === earlier.name && (job.attempt > earlier.attempt || (ranAgain === "by-time" && job !== earlier));
  const starts = jobs.flatMap(({ startedAt }) => (startedAt !== null && startedAt <= until ? [startedAt] : []));
  const [begun = build.startedAt] = ranAgain === "by-attempt" && build.startedAt > until ? starts.sort() : [];
  const ends = jobs.flatMap((job) => {
    if (!hasFailed(job) || job.finishedAt === null || job.finishedAt > until) return [];
    const later = jobs.filter(({ startedAt }) => startedAt !== null && startedAt > until);
    return later.some((other) => isAgain(other, job)) ? [job.finishedAt] : [];
  });
  const [failed] = ends.sort();
  if (failed === undefined) return { ...build, startedAt: begun };
  const [startedAt = begun] = [begun, failed].sort();
  return { ...build, completed: true, conclusion: "failure", startedAt, finishedAt: failed };
}

/**
 * A replay of Jenkins runs a pipeline that its starter typed, not the one in the repository; a restart leaves out the
 * stages before, and its record does not always tell them from such that passed. A run of GitHub for `pull_request_target`
 * is in the name of the branch's commit, and looks at whatever request it was started for. None of them proves that
 * anything passed on its commit; what failed in it did fail.
 */
const unproven = new Set(["replay", "restart", "pull_request_target"]);

function isUnproven({ event }: Build): boolean {
  return unproven.has(event);
}

function withoutPasses({ build, jobs, ranAgain }: BuildWithJobs): BuildWithJobs {
  const conclusion = build.conclusion === "success" ? "unknown" : build.conclusion;
  return { build: { ...build, conclusion }, jobs: jobs.filter((job) => job.conclusion !== "success"), ranAgain };
}

/** Reported on a commit by whoever may, and not a run that its host keeps with jobs. */
function isReported({ event }: Build): boolean {
  return event === "check" || event === "status";
}

/** Jobs of a workflow are checks too, under the jobs' numbers; what they are reruns of, only their runs tell. */
function isOfActions({ event, actor }: Build): boolean {
  return event === "check" && actor === "github-actions";
}

/** `check 7`, `status 7` and `7`. */
function numberOf({ id }: { readonly id: string }): string {
  return id.replace(/^(?:check|status) /, "");
}

function hasSucceeded({ completed, conclusion }: Ran): boolean {
  return completed && conclusion === "success";
}

function hasFailed({ conclusion }: Ran): boolean {
  return conclusion === "failure" || conclusion === "timed-out";
}
