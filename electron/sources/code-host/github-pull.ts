import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import type { Instant } from "../../../shared/model/instant.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { type AuditWindow, earlier } from "../audit-window.ts";
import type { JsonAnswer } from "../http/attempt.ts";
import { keepAnswer } from "../http/kept-answer.ts";
import { readNumberSet } from "../number-set.ts";
import type { KeptAnswer, PullSteps } from "../pull-steps.ts";
import type { PullContext } from "../source-driver.ts";
import type { GithubClient } from "./github-client.ts";
import type { GithubCursor } from "./github-cursor.ts";

/** What every step of a GitHub pull works with. */
export interface GithubPull {
  readonly source: SourceOf<"github">;
  readonly context: PullContext;
  readonly client: GithubClient;
  readonly steps: PullSteps<GithubCursor>;
  readonly window: AuditWindow;
}

export function keep(
  pull: Pick<GithubPull, "context">,
  answer: JsonAnswer,
  format: EvidenceFormat,
  rows?: number,
): KeptAnswer {
  return keepAnswer(answer, format, pull.context.now(), rows);
}

/** End of what this pull can vouch for: the period's end, or the pull's beginning when the period is not over yet. */
export function vouchedEnd(pull: GithubPull): Instant {
  return earlier(pull.context.period.end, pull.steps.cursor.startedAt);
}

/** Requests of the period and its margin that the list had, whether they were pulled or are into other branches. */
export function listedOf({ counts, others }: GithubCursor): number {
  return counts.requests + readNumberSet(others).size;
}
