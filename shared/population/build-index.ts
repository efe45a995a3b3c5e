import type { RepositoryFacts } from "../facts/fact-set.ts";
import type { Build, BuildJob } from "../model/build-facts.ts";

export interface BuildWithJobs {
  readonly build: Build;
  readonly jobs: readonly BuildJob[];
}

/**
 * Builds by the commit that they ran on; of a build that was run again, the last attempt.
 *
 * Azure Pipelines counts attempts of single stages and not of builds: a build whose stages were run again has all jobs, and
 * began when the last of them was run again. What was put right after a release has not been right at the release.
 *
 * CI servers count for themselves, so two of them can give one number to two builds. A build ran on one commit: where a
 * number stands for several, each is a build, with the jobs that came from where it came from.
 */
export function indexBuilds(facts: RepositoryFacts): (commit: string) => readonly BuildWithJobs[] {
  const latest = new Map<string, Map<string, Build>>();
  for (const build of facts.builds) {
    const ofNumber = latest.get(build.id) ?? new Map<string, Build>();
    const other = ofNumber.get(build.commit);
    if (!other || build.attempt >= other.attempt) latest.set(build.id, ofNumber.set(build.commit, build));
  }
  const jobs = Map.groupBy(facts.buildJobs, ({ build }) => build);
  const byCommit = new Map<string, BuildWithJobs[]>();
  for (const [id, ofNumber] of latest) {
    for (const build of ofNumber.values()) {
      const isOwn = (job: BuildJob) => ofNumber.size === 1 || job.origin.source === build.origin.source;
      const whole = atLastAttempt(build, lastOfEach((jobs.get(id) ?? []).filter(isOwn)));
      const entry = unproven.has(build.event) ? withoutPasses(whole) : whole;
      byCommit.set(build.commit, [...(byCommit.get(build.commit) ?? []), entry]);
    }
  }
  return (commit) => byCommit.get(commit) ?? [];
}

/** A job that was received several times is one, at its last attempt. */
function lastOfEach(jobs: readonly BuildJob[]): BuildJob[] {
  const byId = new Map<string, BuildJob>();
  for (const job of jobs) {
    const other = byId.get(job.id);
    if (!other || job.attempt >= other.attempt) byId.set(job.id, job);
  }
  return [...byId.values()];
}

/**
 * A replay of Jenkins runs a pipeline that its starter typed, not the one in the repository; a restart leaves out the
 * stages before, and its record does not always tell them from such that passed. A run of GitHub for `pull_request_target`
 * is in the name of the branch's commit, and looks at whatever request it was started for. None of them proves that
 * anything passed on its commit; what failed in it did fail.
 */
const unproven = new Set(["replay", "restart", "pull_request_target"]);

function atLastAttempt(build: Build, jobs: readonly BuildJob[]): BuildWithJobs {
  const later = jobs.filter(({ attempt }) => attempt > build.attempt);
  if (later.length === 0) return { build, jobs: jobs.filter(({ attempt }) => attempt === build.attempt) };
  const starts = [build.startedAt, ...later.flatMap(({ startedAt }) => startedAt ?? [])].sort();
  const attempt = Math.max(...later.map((job) => job.attempt));
  const startedAt = starts.at(-1) ?? build.startedAt;
  return { build: { ...build, attempt, startedAt }, jobs: jobs.filter((job) => job.attempt >= build.attempt) };
}

function withoutPasses({ build, jobs }: BuildWithJobs): BuildWithJobs {
  const conclusion = build.conclusion === "success" ? "unknown" : build.conclusion;
  return { build: { ...build, conclusion }, jobs: jobs.filter((job) => job.conclusion !== "success") };
}
