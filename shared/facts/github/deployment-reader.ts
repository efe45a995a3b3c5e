import type { Fact } from "../../model/facts.ts";
import {
  type HostContext,
  type HostElementReader,
  isPipelineAccount,
  isProduction,
  requestIn,
  shaped,
} from "../code-host/host-pages.ts";
import { DeploymentShape, DeploymentStatusShape, RunApprovalShape } from "./github-shapes.ts";

/** Of a deployment that nothing says the end of yet: it has put nothing anywhere. */
const begun = "asked for";

/** One deployment as it was asked for. How it went on is said by its statuses. */
export const deploymentReader: HostElementReader = (context) =>
  shaped(DeploymentShape, (deployment, _element, origin) => [
    {
      kind: "deployment",
      origin,
      repository: context.repository,
      id: String(deployment.id),
      service: "",
      environment: deployment.environment,
      production: isProduction(context, deployment.environment),
      revision: deployment.sha || deployment.ref,
      previousRevision: "",
      at: deployment.created_at,
      by: deployment.creator.login,
      requestedBy: "",
      trigger: "",
      byPipeline: isPipeline(context, deployment.creator),
      status: begun,
    },
  ]);

/** The token of a workflow run makes deployments as this account, which nobody can sign in to. */
function isPipeline(context: HostContext, { login }: { readonly login: string }): boolean {
  return login === "github-actions[bot]" || isPipelineAccount(context, login);
}

export const deploymentStatusReader: HostElementReader = ({ repository, input }) =>
  shaped(DeploymentStatusShape, (status, _element, origin): readonly Fact[] | { reason: string } => {
    const deployment = requestIn(status.deployment_url, "deployments") || requestIn(input.locator, "deployments");
    if (deployment === 0) return { reason: "neither the status nor the record's name says which deployment this is" };
    const build = requestIn(status.log_url || status.target_url, "actions/runs");
    return [
      {
        kind: "deployment-status",
        origin,
        repository,
        deployment: String(deployment),
        environment: status.environment,
        state: status.state.toLowerCase(),
        at: status.created_at,
        by: status.creator.login,
        build: build === 0 ? "" : String(build),
      },
    ];
  });

/** Who let a workflow run pass into its environments. GitHub does not tell when. */
export const runApprovalReader: HostElementReader = ({ repository, input }) =>
  shaped(RunApprovalShape, (approval, _element, origin): readonly Fact[] => {
    const { state } = approval;
    const decision = state === "approved" || state === "rejected" ? state : "pending";
    const deployment = String(requestIn(input.locator, "actions/runs") || "");
    return approval.environments.map(({ name }) => ({
      kind: "deployment-approval",
      origin,
      repository,
      deployment,
      environment: name,
      by: approval.user.login,
      decision,
      at: null,
      comment: approval.comment,
    }));
  });
