import type { Instant } from "../../../../shared/model/instant.ts";
import { earlier } from "../../audit-window.ts";
import { readNumberSet } from "../../number-set.ts";
import type { PullOutcome } from "../../source-driver.ts";
import { wantedBranches } from "../../wanted-branches.ts";
import type { CircleciCursor } from "./circleci-cursor.ts";
import type { CircleciPull } from "./circleci-pull.ts";

export function outcomeOf({ source, context, steps, window }: CircleciPull): PullOutcome {
  const { cursor } = steps;
  const from = keptFrom(cursor, context.period.start) ?? context.period.start;
  const to = earlier(context.period.end, cursor.startedAt);
  const scope = source.repository;
  const received = readNumberSet(cursor.received);
  const numbers = received.values();
  const gone = cursor.gone.filter((number) => number > (numbers[0] ?? 0));
  const span = numbers.length === 0 ? 0 : (numbers.at(-1) ?? 0) - (numbers[0] ?? 0) + 1;
  return {
    endpoint: `CircleCI API v2 at ${source.apiUrl}, project ${source.projectSlug}`,
    query:
      `Pipelines of all branches, newest first, created from ${window.from} to ${window.to}; those of ` +
      `${wantedBranches(source.releaseBranch).words}, of tags and without a name with their workflows and jobs.`,
    identity: cursor.identity,
    access: cursor.access,
    counts: {
      "pipelines": cursor.counts.pipelines,
      "pipelines of the release branch and of tags": cursor.counts.ofRelease,
      "workflows": cursor.counts.workflows,
      "jobs": cursor.counts.jobs,
    },
    tieOuts: [
      {
        what: "pipelines of the period and its margin",
        how: "CircleCI's numbering of the project's pipelines, less the numbers that it says do not exist",
        expected: span - gone.length,
        received: received.size,
      },
    ],
    // A pipeline that was not asked for may be the one whose tests failed.
    coverage:
      from < to && cursor.notAsked === 0
        ? [
            { kind: "builds", scope, from, to },
            { kind: "gates", scope, from, to },
          ]
        : [],
    notes: [...cursor.notes, ...notesOf({ context, steps })],
  };
}

/** When the oldest pipeline after that time was made, where the one before it is gone: then nothing before is known. */
function keptFrom({ endedEarly, oldest, gone }: CircleciCursor, start: Instant): Instant | null {
  if (!endedEarly || oldest === null || !gone.includes(oldest.number - 1)) return null;
  return oldest.at > start ? oldest.at : null;
}

function notesOf({ context, steps: { cursor } }: Pick<CircleciPull, "context" | "steps">): string[] {
  const { gone, late, repeated, notAsked, withoutCommit, begunAgain, startedAt } = cursor;
  const notes: string[] = [];
  if (gone.length > 0)
    notes.push(
      `CircleCI has no pipeline with the numbers ${gone.slice(0, 50).join(", ")}${gone.length > 50 ? " and others" : ""}.`,
    );
  if (late > 0) notes.push(`${late} pipelines were in no page of the list and were found by their numbers.`);
  if (notAsked > 0)
    notes.push(
      `${notAsked} more numbers are missing in the list and were not asked for one by one, so no builds are covered.`,
    );
  if (withoutCommit > 0) {
    notes.push(
      `${withoutCommit} pipelines name no commit, so nobody can tell what they built; they were not read further.`,
    );
  }
  if (begunAgain) notes.push("The list of pipelines was begun again, since its page token had run out.");
  if (repeated > 0) notes.push(`${repeated} pipelines were listed again; each was taken once.`);
  const from = keptFrom(cursor, context.period.start);
  if (from !== null) notes.push(`CircleCI has no pipelines from before ${from}; earlier ones were removed.`);
  if (startedAt < context.period.end) {
    notes.push(`The period was not over when the pull began; it vouches for nothing after ${startedAt}.`);
  }
  return notes;
}
