import { zuluTime } from "./moments.ts";
import type { PlannedDeployment } from "./plan-deployments.ts";
import type { PlannedRun } from "./plan-runs.ts";
import type { Story } from "./story-schema.ts";

/** One line of the deployment tool's own log. Times are the tool's. */
export type DeploymentRecord = ReturnType<typeof deploymentRecord>;

export function deploymentRecords(
  story: Story,
  deployments: readonly PlannedDeployment[],
  runs: readonly PlannedRun[],
): DeploymentRecord[] {
  const runOf = new Map(runs.map((run) => [run.deployment, run.id]));
  return deployments.map((deployment) => deploymentRecord(story, deployment, runOf.get(deployment.id) ?? null));
}

function deploymentRecord(story: Story, deployment: PlannedDeployment, run: number | null) {
  const { id, environment, revision, previousRevision, status, trigger, actor, triggeredBy, artifact } = deployment;
  return {
    id,
    environment,
    service: story.deployments.service,
    revision,
    previous_revision: previousRevision,
    status,
    started_at: zuluTime(deployment.startedAt),
    finished_at: zuluTime(deployment.finishedAt),
    actor: actor.login,
    triggered_by: triggeredBy?.login ?? null,
    trigger,
    run_id: run,
    artifact_digest: artifact,
  };
}

/** One record a line. */
export function deploymentsJsonl(records: readonly DeploymentRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** The same records with a header line; an empty cell for what a record does not have (RFC 4180 with LF). */
export function deploymentsCsv(records: readonly DeploymentRecord[]): string {
  const [first] = records;
  if (!first) return "";
  const columns = Object.keys(first) as (keyof DeploymentRecord)[];
  const rows = records.map((record) => columns.map((column) => csvCell(record[column])));
  return [columns, ...rows].map((cells) => `${cells.join(",")}\n`).join("");
}

export function csvCell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
