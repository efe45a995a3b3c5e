import type { BuildJob } from "../../model/build-facts.ts";
import type { ReadFacts } from "../../model/facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { parseShape, readElements, unreadWhole } from "../json-evidence.ts";
import { RecordShape, Timeline } from "./azure-pipelines-shapes.ts";
import { conclusionOf } from "./build-reader.ts";

const readTypes = new Set(["Stage", "Job", "Task"]);

/**
 * Stages, jobs and steps of one build. A timeline does not name its build: its address does.
 */
export function readTimeline(input: EvidenceInput, json: unknown, repository: string): ReadFacts {
  const timeline = parseShape(Timeline, json);
  if ("reason" in timeline) return unreadWhole(input, timeline);
  const build = input.reading?.about?.build ?? /\/builds\/(\d+)\/timeline/i.exec(input.locator)?.[1];
  if (build === undefined) return unreadWhole(input, { reason: "its address does not say which build it is of" });
  return readElements(input, timeline.data.records, "/records", (element, origin) => {
    const parsed = parseShape(RecordShape, element);
    if ("reason" in parsed) return parsed;
    const record = parsed.data;
    // Phases repeat their jobs, and checkpoints wait for others: approvals are read from their own answer.
    if (!readTypes.has(record.type)) return [];
    const completed = record.state === "completed";
    const fact: BuildJob = {
      kind: "build-job",
      origin,
      repository,
      build,
      id: `${build}/${record.id}`,
      attempt: record.attempt,
      name: record.name,
      completed,
      conclusion: completed ? conclusionOf(record.result) : "unknown",
      startedAt: record.startTime,
      finishedAt: record.finishTime,
    };
    return [fact];
  });
}
