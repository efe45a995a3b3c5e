import type { BuildJob } from "../../model/build-facts.ts";
import type { ReadFacts } from "../../model/facts.ts";
import { instantOf, millisecondsOf } from "../../model/instant.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { parseShape, readElements, unreadWhole } from "../json-evidence.ts";
import { conclusionOf, jobIn } from "./build-reader.ts";
import { RunShape, StageShape } from "./jenkins-shapes.ts";

const notOver = new Set(["IN_PROGRESS", "PAUSED_PENDING_INPUT", ""]);

/** The stages of a pipeline's run, as the stage view tells them. The run is named by its own address. */
export function readStages(input: EvidenceInput, json: unknown, repository: string): ReadFacts {
  const run = parseShape(RunShape, json);
  if ("reason" in run) return unreadWhole(input, run);
  const { href } = run.data._links.self;
  const number = /\/(\d+)\/wfapi\//.exec(href)?.[1];
  if (number === undefined) return unreadWhole(input, { reason: "its address does not say which build it is of" });
  const build = `${jobIn(href)}#${number}`;
  return readElements(input, run.data.stages, "/stages", (element, origin) => {
    const parsed = parseShape(StageShape, element);
    if ("reason" in parsed) return parsed;
    const { id, name, status, startTimeMillis, durationMillis } = parsed.data;
    const completed = !notOver.has(status);
    // Of what was not executed, some versions say that it began in 1970.
    const startedAt = startTimeMillis?.startsWith("1970-") ? null : (startTimeMillis ?? null);
    const ended = completed && startedAt !== null && durationMillis !== undefined;
    const fact: BuildJob = {
      kind: "build-job",
      origin,
      repository,
      build,
      id: `${build}/${id}`,
      attempt: 1,
      name,
      completed,
      conclusion: completed ? conclusionOf(status) : "unknown",
      startedAt,
      finishedAt: ended ? instantOf(millisecondsOf(startedAt) + Math.floor(durationMillis)) : null,
    };
    return [fact];
  });
}
