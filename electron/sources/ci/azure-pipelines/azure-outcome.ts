import type { TieOut } from "../../../../shared/model/pull.ts";
import { earlier } from "../../audit-window.ts";
import type { PullOutcome } from "../../source-driver.ts";
import { wantedBranches } from "../../wanted-branches.ts";
import type { AzureCursor } from "./azure-cursor.ts";
import type { AzurePull } from "./azure-pull.ts";

export function outcomeOf({ source, context, steps, window }: AzurePull): PullOutcome {
  const { cursor } = steps;
  const from = context.period.start;
  const to = earlier(context.period.end, cursor.startedAt);
  const scope = source.repository;
  return {
    endpoint: `Azure Pipelines at ${source.organisationUrl}, project ${source.azureProject}`,
    query:
      `Builds of ${wantedBranches(source.releaseBranch).words} queued from ${window.from} to ${window.to}, deleted ones included, ` +
      "each with its timeline and approvals." +
      (wantedBranches(source.releaseBranch).only === null ? " Builds of all branches are listed, without those." : ""),
    identity: cursor.identity,
    access: cursor.access,
    counts: {
      "builds": cursor.counts.builds,
      "deleted builds": cursor.counts.deleted,
      "timelines": cursor.counts.timelines,
      "approvals": cursor.counts.approvals,
    },
    tieOuts: [
      {
        what: "builds of the period and its margin",
        how: "the same list in the opposite order, asked after the builds",
        expected: cursor.listed,
        received: cursor.listed - cursor.lost,
      },
      ...approvalsOf(cursor.counts),
    ],
    coverage: [
      // A build or an answer that the server names and does not give may be the one that speaks against a release.
      ...(cursor.lost === 0 ? [{ kind: "builds", scope, from, to } as const] : []),
      ...(cursor.lost === 0 && cursor.counts.approvals >= cursor.counts.approvalsNamed
        ? [{ kind: "gates", scope, from, to } as const]
        : []),
    ].filter((covered) => covered.from < covered.to),
    notes: [...cursor.notes, ...notesOf({ context, steps })],
  };
}

function approvalsOf({ approvals, approvalsNamed }: AzureCursor["counts"]): TieOut[] {
  if (approvalsNamed === 0) return [];
  const how = "the approvals that the builds' timelines name";
  return [{ what: "approvals", how, expected: approvalsNamed, received: approvals }];
}

function notesOf({ context, steps: { cursor } }: Pick<AzurePull, "context" | "steps">): string[] {
  const { counts, lost, repeated, late, begunAgain, startedAt } = cursor;
  const notes: string[] = [];
  if (counts.deleted > 0) {
    notes.push(
      `${counts.deleted} builds were deleted on the server; it still tells that they ran, but not their stages.`,
    );
  }
  if (counts.withoutTimeline > 0) notes.push(`${counts.withoutTimeline} builds have no timeline: they never began.`);
  if (begunAgain) notes.push("The list of builds was begun again, since its page token had run out.");
  if (late > 0) notes.push(`${late} builds were in no page of the list and were found by its opposite order.`);
  if (lost > 0) notes.push(`Not covered: builds, since the server lists ${lost} that it did not give.`);
  if (counts.approvals < counts.approvalsNamed) {
    notes.push("Not covered: approvals, since the server did not give all that the builds' timelines name.");
  }
  notes.push(
    "Azure DevOps keeps builds as long as its retention policies say, and nothing tells of those that it removed.",
  );
  if (repeated > 0) notes.push(`${repeated} builds were listed again; each was taken once.`);
  if (startedAt < context.period.end) {
    notes.push(`The period was not over when the pull began; it vouches for nothing after ${startedAt}.`);
  }
  return notes;
}
