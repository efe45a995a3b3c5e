import type { Build } from "../../model/build-facts.ts";
import { type ElementReader, parseShape } from "../json-evidence.ts";
import { JobShape, RunShape } from "./github-shapes.ts";

/** One run of GitHub Actions as a build. */
export function runReader(repository: string): ElementReader {
  return (element, origin) => {
    const parsed = parseShape(RunShape, element);
    if ("reason" in parsed) return parsed;
    const run = parsed.data;
    const completed = run.status === "completed";
    return [
      {
        kind: "build",
        origin,
        repository,
        id: String(run.id),
        workflow: run.name,
        event: run.event,
        branch: run.head_branch,
        commit: run.head_sha,
        attempt: run.run_attempt,
        completed,
        conclusion: conclusionOf(run.conclusion),
        startedAt: run.run_started_at ?? run.created_at,
        // A run has no time of its end; its last update is the nearest that GitHub says.
        finishedAt: completed ? (run.updated_at ?? null) : null,
        actor: run.triggering_actor.login || run.actor.login,
        url: run.html_url,
      },
    ];
  };
}

/** One job of a run, of whatever attempt. */
export function jobReader(repository: string): ElementReader {
  return (element, origin) => {
    const parsed = parseShape(JobShape, element);
    if ("reason" in parsed) return parsed;
    const job = parsed.data;
    return [
      {
        kind: "build-job",
        origin,
        repository,
        build: String(job.run_id),
        id: String(job.id),
        attempt: job.run_attempt,
        name: job.name,
        completed: job.status === "completed",
        conclusion: conclusionOf(job.conclusion),
        startedAt: job.started_at,
        finishedAt: job.completed_at,
      },
    ];
  };
}

const conclusions = new Map<string, Build["conclusion"]>([
  ["success", "success"],
  ["failure", "failure"],
  // The workflow could not even be started, so nothing was tested.
  ["startup_failure", "failure"],
  ["cancelled", "cancelled"],
  ["skipped", "skipped"],
  ["neutral", "neutral"],
  ["timed_out", "timed-out"],
]);

export function conclusionOf(conclusion: string | null | undefined): Build["conclusion"] {
  return conclusions.get(conclusion ?? "") ?? "unknown";
}
