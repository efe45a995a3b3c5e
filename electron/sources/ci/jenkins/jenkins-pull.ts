import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import type { AuditWindow } from "../../audit-window.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import type { JsonClient } from "../../http/json-client.ts";
import { keepAnswer } from "../../http/kept-answer.ts";
import type { KeptAnswer, PullSteps } from "../../pull-steps.ts";
import type { PullContext } from "../../source-driver.ts";
import type { JenkinsCursor, JobWalk } from "./jenkins-cursor.ts";

/** What every step of a Jenkins pull works with. */
export interface JenkinsPull {
  readonly source: SourceOf<"jenkins">;
  readonly context: PullContext;
  readonly client: JsonClient;
  readonly steps: PullSteps<JenkinsCursor>;
  readonly window: AuditWindow;
}

export function jobOf({ source, steps }: JenkinsPull): string {
  return source.jobs[steps.cursor.job] ?? "";
}

export function keep({ context }: JenkinsPull, answer: JsonAnswer, format: EvidenceFormat, rows?: number): KeptAnswer {
  return keepAnswer(answer, format, context.now(), rows);
}

/** Saves answers and moves the walk of the job in hand on. */
export async function saveWalk(
  { steps }: JenkinsPull,
  answers: readonly KeptAnswer[],
  moved: Partial<JobWalk>,
  more: { builds?: number; stages?: number; notes?: readonly string[] } = {},
): Promise<void> {
  const { cursor } = steps;
  const { builds = 0, stages = 0, notes = [] } = more;
  await steps.save(answers, {
    ...cursor,
    walk: { ...cursor.walk, ...moved },
    counts: { builds: cursor.counts.builds + builds, stages: cursor.counts.stages + stages },
    notes: [...cursor.notes, ...notes],
  });
}
