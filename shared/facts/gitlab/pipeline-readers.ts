import type { Build } from "../../model/build-facts.ts";
import type { Fact } from "../../model/facts.ts";
import {
  type HostElementReader,
  isPipelineAccount,
  isProduction,
  noTime,
  receivedAt,
  shaped,
} from "../code-host/host-pages.ts";
import { DeploymentShape, JobShape, PipelineShape, ProtectedBranchShape } from "./gitlab-shapes.ts";

const ended = new Map<string, Build["conclusion"]>([
  ["success", "success"],
  ["failed", "failure"],
  ["canceled", "cancelled"],
  ["skipped", "skipped"],
]);

export const pipelineReader: HostElementReader = ({ repository }) =>
  shaped(PipelineShape, (pipeline, _element, origin) => {
    const conclusion = ended.get(pipeline.status);
    return [
      {
        kind: "build",
        origin,
        repository,
        id: String(pipeline.id),
        workflow: pipeline.name || "pipeline",
        event: pipeline.source,
        branch: pipeline.ref,
        commit: pipeline.sha,
        attempt: 1,
        completed: conclusion !== undefined,
        conclusion: conclusion ?? "unknown",
        startedAt: pipeline.started_at ?? pipeline.created_at,
        finishedAt: conclusion === undefined ? null : (pipeline.finished_at ?? pipeline.updated_at),
        actor: pipeline.user.login,
        url: pipeline.web_url,
      },
    ];
  });

export const jobReader: HostElementReader = ({ repository }) =>
  shaped(JobShape, (job, _element, origin) => {
    const conclusion = ended.get(job.status);
    return [
      {
        kind: "build-job",
        origin,
        repository,
        build: String(job.pipeline.id),
        id: String(job.id),
        attempt: 1,
        name: job.name,
        completed: conclusion !== undefined,
        conclusion: conclusion ?? "unknown",
        startedAt: job.started_at,
        finishedAt: job.finished_at,
      },
    ];
  });

/** What came to its end; a deployment that waits, runs or was skipped has put nothing anywhere. */
const over = new Set(["success", "failed", "canceled"]);

/** One deployment and, where it stands by itself, who approved it. */
export const deploymentReader: HostElementReader = (context) =>
  shaped(DeploymentShape, (deployment, _element, origin): readonly Fact[] => {
    const { repository } = context;
    const { login } = deployment.user;
    const job = deployment.deployable ?? null;
    const environment = deployment.environment.name;
    const approvals = (deployment.approvals ?? []).map(
      (approval): Fact => ({
        kind: "deployment-approval",
        origin,
        repository,
        deployment: String(deployment.id),
        environment,
        by: approval.user.login,
        decision: approval.status === "approved" || approval.status === "rejected" ? approval.status : "pending",
        at: approval.created_at,
        comment: approval.comment,
      }),
    );
    if (!over.has(deployment.status)) return approvals;
    return [
      {
        kind: "deployment",
        origin,
        repository,
        id: String(deployment.id),
        service: "",
        environment,
        production: isProduction(context, environment),
        revision: deployment.sha,
        previousRevision: "",
        at: job?.finished_at ?? deployment.updated_at ?? deployment.created_at,
        by: job === null ? login : job.name,
        requestedBy: login,
        trigger: job === null ? "api" : "job",
        byPipeline: job !== null || isPipelineAccount(context, login),
        status: deployment.status,
      },
      ...approvals,
    ];
  });

/** Which approvals a merge needs is said by approval rules; a protected branch itself asks for none. */
export const protectedBranchReader: HostElementReader = (context) =>
  shaped(ProtectedBranchShape, (branch, _element, origin) => {
    const at = receivedAt(context);
    if (at === null) return noTime;
    return [
      {
        kind: "branch-protection",
        origin,
        repository: context.repository,
        branch: branch.name,
        at,
        enabled: true,
        requiredApprovals: 0,
        dismissesStaleApprovals: null,
        bindsAdministrators: null,
        requiredChecks: [],
        allowsForcePush: branch.allow_force_push ?? null,
        by: "",
      },
    ];
  });
