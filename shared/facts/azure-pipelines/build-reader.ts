import type { Build, BuildConclusion } from "../../model/build-facts.ts";
import { type ElementReader, parseShape } from "../json-evidence.ts";
import { BuildShape } from "./azure-pipelines-shapes.ts";

/** One run of a pipeline of Azure DevOps. Times are the server's own. */
export function buildReader(repository: string): ElementReader {
  return (element, origin) => {
    const parsed = parseShape(BuildShape, element);
    if ("reason" in parsed) return parsed;
    const build = parsed.data;
    const startedAt = build.startTime ?? build.queueTime;
    if (startedAt === null) return { reason: "startTime: missing, and queueTime too" };
    const completed = build.status === "completed";
    const fact: Build = {
      kind: "build",
      origin,
      repository,
      id: String(build.id),
      workflow: nameOf(build.definition),
      event: build.reason,
      branch: build.sourceBranch.replace(/^refs\/heads\//, ""),
      commit: build.sourceVersion,
      attempt: 1,
      completed,
      conclusion: completed ? conclusionOf(build.result) : "unknown",
      startedAt,
      finishedAt: build.finishTime,
      actor: build.requestedFor,
      url: build._links?.web?.href ?? "",
    };
    return [fact];
  };
}

function nameOf(definition: { name: string; path: string } | null | undefined): string {
  if (!definition) return "";
  const folder = definition.path.replace(/\\/g, "/").replace(/^\/+|\/+$/g, "");
  return folder === "" ? definition.name : `${folder}/${definition.name}`;
}

const conclusions = new Map<string, BuildConclusion>([
  ["succeeded", "success"],
  // Some steps passed with problems that their author allows: not a clean pass.
  ["succeededWithIssues", "neutral"],
  // Some steps failed and the run was told to go on: what failed did fail.
  ["partiallySucceeded", "failure"],
  ["failed", "failure"],
  ["canceled", "cancelled"],
  ["abandoned", "cancelled"],
  ["skipped", "skipped"],
]);

/** Of a build's or a step's result. */
export function conclusionOf(result: string): BuildConclusion {
  return conclusions.get(result) ?? "unknown";
}
