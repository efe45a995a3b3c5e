import type { Build, BuildConclusion } from "../../model/build-facts.ts";
import { ObjectId } from "../../model/digest.ts";
import type { ReadFacts } from "../../model/facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { parseShape, readElements, unreadWhole } from "../json-evidence.ts";
import { Page, WorkflowShape } from "./circleci-shapes.ts";

/**
 * The workflows of one pipeline, a build each. CircleCI names the commit with the pipeline and the result with its
 * workflows, in two answers; what the first said was kept with the second when it was fetched.
 */
export function readWorkflows(input: EvidenceInput, json: unknown, repository: string): ReadFacts {
  const page = parseShape(Page, json);
  if ("reason" in page) return unreadWhole(input, page);
  const about = input.reading?.about;
  const commit = ObjectId.safeParse(about?.commit);
  if (!commit.success) return unreadWhole(input, { reason: "nothing says which commit its pipeline ran on" });
  return readElements(input, page.data.items, "/items", (element, origin) => {
    const parsed = parseShape(WorkflowShape, element);
    if ("reason" in parsed) return parsed;
    const workflow = parsed.data;
    const conclusion = conclusionOf(workflow.status);
    const fact: Build = {
      kind: "build",
      origin,
      repository,
      id: workflow.id,
      workflow: workflow.name,
      event: about?.event ?? "",
      branch: about?.branch ?? "",
      commit: commit.data,
      attempt: 1,
      completed: conclusion !== null,
      conclusion: conclusion ?? "unknown",
      startedAt: workflow.created_at,
      finishedAt: workflow.stopped_at,
      actor: about?.by ?? "",
      url: `https://app.circleci.com/pipelines/${workflow.project_slug}/${workflow.pipeline_number}/workflows/${workflow.id}`,
    };
    return [fact];
  });
}

const conclusions = new Map<string, BuildConclusion>([
  ["success", "success"],
  ["failed", "failure"],
  ["error", "failure"],
  ["infrastructure_fail", "failure"],
  ["timedout", "timed-out"],
  ["canceled", "cancelled"],
  ["terminated-unknown", "cancelled"],
  ["unauthorized", "failure"],
  ["not_run", "skipped"],
]);

/** Of a workflow's or a job's status; null while it is not over. */
export function conclusionOf(status: string): BuildConclusion | null {
  return conclusions.get(status) ?? null;
}
