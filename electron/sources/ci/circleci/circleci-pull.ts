import type { EvidenceFormat, Reading } from "../../../../shared/model/evidence.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import type { AuditWindow } from "../../audit-window.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import type { JsonClient } from "../../http/json-client.ts";
import { keepAnswer } from "../../http/kept-answer.ts";
import type { KeptAnswer, PullSteps } from "../../pull-steps.ts";
import type { PullContext } from "../../source-driver.ts";
import type { CircleciCursor } from "./circleci-cursor.ts";

/** What every step of a pull from CircleCI works with. */
export interface CircleciPull {
  readonly source: SourceOf<"circleci">;
  readonly context: PullContext;
  readonly client: JsonClient;
  readonly steps: PullSteps<CircleciCursor>;
  readonly window: AuditWindow;
  /** Page token that an interrupted pull left behind: this one alone may be stale. */
  readonly leftToken: string | null;
}

export function keep(
  { context }: CircleciPull,
  answer: JsonAnswer,
  format: EvidenceFormat,
  rows?: number,
  about?: Reading["about"],
): KeptAnswer {
  const kept = keepAnswer(answer, format, context.now(), rows);
  return about === undefined ? kept : { ...kept, record: { ...kept.record, reading: { about } } };
}
