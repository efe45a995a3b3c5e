import type { BuildJob } from "../../model/build-facts.ts";
import type { DeploymentApproval } from "../../model/deployment-facts.ts";
import type { ReadFacts } from "../../model/facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { parseShape, readElements, unreadWhole } from "../json-evidence.ts";
import { JobShape, Page } from "./circleci-shapes.ts";
import { conclusionOf } from "./workflow-reader.ts";

/** The jobs of one workflow. A job of type `approval` is a gate that a person opens. */
export function readJobs(input: EvidenceInput, json: unknown, repository: string): ReadFacts {
  const page = parseShape(Page, json);
  if ("reason" in page) return unreadWhole(input, page);
  const build = input.reading?.about?.build ?? /\/workflow\/([^/?]+)\/job/.exec(input.locator)?.[1];
  if (build === undefined) return unreadWhole(input, { reason: "its address does not say which workflow it is of" });
  return readElements(input, page.data.items, "/items", (element, origin) => {
    const parsed = parseShape(JobShape, element);
    if ("reason" in parsed) return parsed;
    const job = parsed.data;
    const conclusion = conclusionOf(job.status);
    const fact: BuildJob = {
      kind: "build-job",
      origin,
      repository,
      build,
      id: job.id,
      attempt: 1,
      name: job.name,
      completed: conclusion !== null,
      conclusion: conclusion ?? "unknown",
      startedAt: job.started_at,
      finishedAt: job.stopped_at,
    };
    if (job.type !== "approval") return [fact];
    const approved = job.approved_by !== "" && conclusion === "success";
    const approval: DeploymentApproval = {
      kind: "deployment-approval",
      origin,
      repository,
      deployment: build,
      environment: job.name,
      by: job.approved_by,
      decision: approved ? "approved" : "pending",
      // The only time that CircleCI gives for it.
      at: approved ? job.stopped_at : null,
      comment: "",
    };
    return [fact, approval];
  });
}
