import type { RepositoryFacts } from "../facts/fact-set.ts";
import type { Build, BuildJob } from "../model/build-facts.ts";

export interface BuildWithJobs {
  readonly build: Build;
  /** Of all attempts, where the host counts attempts of whole builds. */
  readonly jobs: readonly BuildJob[];
  /**
   * How it can be told that a job ran again: GitHub counts attempts of a run; of GitLab a name is a job's alone, so that two
   * of one name ran one after the other. Elsewhere it cannot.
   */
  readonly ranAgain: "by-attempt" | "by-time" | "untold";
}

/**
 * Builds by the commit that they ran on; of a build that was run again, the record of the last attempt with the jobs of
 * all. Which of them counts depends on the moment that is asked about (standing-builds.ts).
 *
 * Azure Pipelines counts attempts of single stages and not of builds: a build whose stages were run again has all jobs, and
 * began when the last of them was run again. What was put right after a release has not been right at the release.
 *
 * CI servers count for themselves, so two of them can give one number to two builds. A build ran on one commit: where a
 * number stands for several, each is a build, with the jobs that came from where it came from.
 *
 * @param hasUniqueNames whether jobs of one build have names of their own in what a source tells
 */
export function indexBuilds(
  facts: RepositoryFacts,
  hasUniqueNames: (source: string) => boolean,
): (commit: string) => readonly BuildWithJobs[] {
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
      const entry = withAttempts(build, lastOfEach((jobs.get(id) ?? []).filter(isOwn)), hasUniqueNames);
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

function withAttempts(
  build: Build,
  jobs: readonly BuildJob[],
  hasUniqueNames: (source: string) => boolean,
): BuildWithJobs {
  const later = jobs.filter(({ attempt }) => attempt > build.attempt);
  if (later.length === 0) {
    return { build, jobs, ranAgain: hasUniqueNames(build.origin.source) ? "by-time" : "by-attempt" };
  }
  const starts = [build.startedAt, ...later.flatMap(({ startedAt }) => startedAt ?? [])].sort();
  const attempt = Math.max(...later.map((job) => job.attempt));
  const startedAt = starts.at(-1) ?? build.startedAt;
  const standing = jobs.filter((job) => job.attempt >= build.attempt);
  return { build: { ...build, attempt, startedAt }, jobs: standing, ranAgain: "untold" };
}
