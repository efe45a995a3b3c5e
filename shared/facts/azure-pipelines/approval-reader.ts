import type { DeploymentApproval } from "../../model/deployment-facts.ts";
import { type ElementReader, parseShape } from "../json-evidence.ts";
import { ApprovalShape } from "./azure-pipelines-shapes.ts";

/**
 * One gate of a pipeline: an answer for each person that it asked. Who was asked approved nothing; who answered counts,
 * and that may be somebody else, for a group. One person's yes opens no gate that asks for more or was declined by another:
 * it counts where the gate as a whole was approved.
 */
export function approvalReader(
  repository: string,
  asked: string | undefined,
  stages: Readonly<Record<string, string>> = {},
): ElementReader {
  return (element, origin) => {
    const parsed = parseShape(ApprovalShape, element);
    if ("reason" in parsed) return parsed;
    const { id, pipeline, steps, status } = parsed.data;
    const build = pipeline?.owner?.id ?? asked;
    if (build === undefined) return { reason: "pipeline/owner/id: missing, so it belongs to no build" };
    return steps.map((step): DeploymentApproval => {
      const said = decisionOf(step.status);
      const decision = said === "approved" && status !== "approved" ? "pending" : said;
      return {
        kind: "deployment-approval",
        origin,
        repository,
        deployment: String(build),
        // The answer names neither stage nor environment; the timeline of the build did.
        environment: stages[id] ?? "",
        by: step.actualApprover || (decision === "pending" ? step.assignedApprover : ""),
        decision,
        at: decision === "pending" ? null : step.lastModifiedOn,
        comment: step.comment,
      };
    });
  };
}

/** A step that was skipped, timed out, deferred or was undone is no approval. */
function decisionOf(status: string): DeploymentApproval["decision"] {
  if (status === "approved") return "approved";
  return status === "rejected" ? "rejected" : "pending";
}
