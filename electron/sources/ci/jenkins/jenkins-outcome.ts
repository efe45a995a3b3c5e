import type { Instant } from "../../../../shared/model/instant.ts";
import { earlier } from "../../audit-window.ts";
import type { PullOutcome } from "../../source-driver.ts";
import type { JenkinsPull } from "./jenkins-pull.ts";

export function outcomeOf(pull: JenkinsPull): PullOutcome {
  const { source, steps, window } = pull;
  const { cursor } = steps;
  return {
    endpoint: `Jenkins at ${source.siteUrl}, jobs ${source.jobs.join(", ")}`,
    query: `Builds of each job, newest first, those started from ${window.from} to ${window.to}, pipeline runs with their stages.`,
    identity: cursor.identity,
    access: cursor.access,
    counts: { "builds": cursor.counts.builds, "runs with stages": cursor.counts.stages },
    tieOuts: cursor.finished.map(({ job, listed, listedAndReceived }) => ({
      what: `builds of ${job}`,
      how: "Jenkins' list of the numbers of all builds, asked after the builds",
      expected: listed,
      received: listedAndReceived,
    })),
    coverage: coverageOf(pull),
    notes: [...cursor.notes, ...notesOf(pull)],
  };
}

/**
 * Builds of a repository are covered from when on Jenkins still has them for every job, without the times in which builds
 * ran that are gone: what was deleted may be a build that failed.
 */
function coverageOf({ source, context, steps }: JenkinsPull): PullOutcome["coverage"] {
  const { finished, startedAt } = steps.cursor;
  const from = finished.reduce<Instant>((latest, { keptFrom }) => {
    return keptFrom !== null && keptFrom > latest ? keptFrom : latest;
  }, context.period.start);
  const to = earlier(context.period.end, startedAt);
  if (finished.some(({ listed, listedAndReceived }) => listedAndReceived < listed)) return [];
  const holes = finished.flatMap((job) => job.holes);
  return without(holes, { from, to }).map((span) => ({ kind: "builds", scope: source.repository, ...span }));
}

type Hole = { readonly from: Instant; readonly to: Instant };

/** What is left of a span without the holes in it. */
function without(holes: readonly Hole[], whole: Hole): Hole[] {
  const left: Hole[] = [];
  let { from } = whole;
  for (const hole of [...holes].sort((one, other) => (one.from < other.from ? -1 : 1))) {
    left.push({ from, to: earlier(hole.from, whole.to) });
    if (hole.to > from) from = hole.to;
  }
  return [...left, { from, to: whole.to }].filter((span) => span.from < span.to);
}

function notesOf({ context, steps }: JenkinsPull): string[] {
  const { finished, startedAt } = steps.cursor;
  const notes: string[] = [];
  for (const { job, gone, goneCount, keptFrom, listed, listedAndReceived } of finished) {
    if (goneCount > 0) {
      notes.push(
        `${goneCount} builds of ${job} are gone from Jenkins, by their numbers: ${gone}. Nothing is vouched for between the ` +
          "builds before and after them.",
      );
    }
    if (listedAndReceived < listed) {
      notes.push(`Not covered: builds of ${job}, since Jenkins lists ${listed} and gave ${listedAndReceived}.`);
    }
    if (keptFrom !== null && keptFrom > context.period.start) {
      notes.push(`Jenkins has no builds of ${job} from before ${keptFrom}; earlier ones were deleted.`);
    }
  }
  if (startedAt < context.period.end) {
    notes.push(`The period was not over when the pull began; it vouches for nothing after ${startedAt}.`);
  }
  return notes;
}
