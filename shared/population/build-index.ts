import type { RepositoryFacts } from "../facts/fact-set.ts";
import type { Build, BuildJob } from "../model/build-facts.ts";

export interface BuildWithJobs {
  readonly build: Build;
  readonly jobs: readonly BuildJob[];
}

/** Builds by the commit that they ran on; of a build that was run again, the last attempt. */
export function indexBuilds(facts: RepositoryFacts): (commit: string) => readonly BuildWithJobs[] {
  const latest = new Map<string, Build>();
  for (const build of facts.builds) {
    const other = latest.get(build.id);
    if (!other || build.attempt >= other.attempt) latest.set(build.id, build);
  }
  const jobs = new Map<string, Map<string, BuildJob>>();
  for (const job of facts.buildJobs) {
    const key = `${job.build} ${job.attempt}`;
    const ofAttempt = jobs.get(key) ?? new Map<string, BuildJob>();
    jobs.set(key, ofAttempt.set(job.id, job));
  }
  const byCommit = new Map<string, BuildWithJobs[]>();
  for (const build of latest.values()) {
    const entry = { build, jobs: [...(jobs.get(`${build.id} ${build.attempt}`)?.values() ?? [])] };
    byCommit.set(build.commit, [...(byCommit.get(build.commit) ?? []), entry]);
  }
  return (commit) => byCommit.get(commit) ?? [];
}
