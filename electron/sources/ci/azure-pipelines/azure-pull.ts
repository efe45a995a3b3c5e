import type { EvidenceFormat, Reading } from "../../../../shared/model/evidence.ts";
import { instantOf, millisecondsOf } from "../../../../shared/model/instant.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { type AuditWindow, dayMs, earlier } from "../../audit-window.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import type { Query } from "../../http/json-client.ts";
import { keepAnswer } from "../../http/kept-answer.ts";
import type { KeptAnswer, PullSteps } from "../../pull-steps.ts";
import type { PullContext } from "../../source-driver.ts";
import { wantedBranches } from "../../wanted-branches.ts";
import { type AzureClient, buildsPerPage } from "./azure-client.ts";
import type { AzureCursor } from "./azure-cursor.ts";

/** What every step of a pull from Azure Pipelines works with. */
export interface AzurePull {
  readonly source: SourceOf<"azure-pipelines">;
  readonly context: PullContext;
  readonly client: AzureClient;
  readonly steps: PullSteps<AzureCursor>;
  readonly window: AuditWindow;
  /** Page token that an interrupted pull left behind: this one alone may be stale. */
  readonly leftToken: string | null;
}

export function keep(
  { context }: AzurePull,
  answer: JsonAnswer,
  format: EvidenceFormat,
  rows?: number,
  about?: Reading["about"],
): KeptAnswer {
  const kept = keepAnswer(answer, format, context.now(), rows);
  return about === undefined ? kept : { ...kept, record: { ...kept.record, reading: { about } } };
}

const weekMs = 7 * dayMs;

/** Week after week keeps the cursor small, however many builds the window has. */
export function weekOf({ from, to }: AuditWindow, index: number): AuditWindow | null {
  const start = millisecondsOf(from) + index * weekMs;
  if (start >= millisecondsOf(to)) return null;
  return { from: instantOf(start), to: earlier(instantOf(start + weekMs), to) };
}

/** Builds of the release branch, or of all where several are wanted, that were queued in a time, those too that were deleted since. */
export function buildsQuery({ source }: Pick<AzurePull, "source">, time: AuditWindow, order: string): Query {
  const { only } = wantedBranches(source.releaseBranch);
  return {
    ...(only === null ? {} : { branchName: `refs/heads/${only}` }),
    minTime: time.from,
    maxTime: time.to,
    queryOrder: order,
    deletedFilter: "includeDeleted",
    $top: buildsPerPage,
    ...(source.azureRepository === undefined
      ? {}
      : { repositoryId: source.azureRepository, repositoryType: source.azureRepositoryType }),
  };
}
