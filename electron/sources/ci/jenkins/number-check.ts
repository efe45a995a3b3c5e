import { instantOf } from "../../../../shared/model/instant.ts";
import type { AuditWindow } from "../../audit-window.ts";
import { parseAnswer } from "../../http/json-client.ts";
import { readNumberSet } from "../../number-set.ts";
import { jobPath } from "./jenkins-client.ts";
import { type JobTotals, type JobWalk, newJobWalk } from "./jenkins-cursor.ts";
import { type JenkinsPull, jobOf, keep, saveWalk } from "./jenkins-pull.ts";
import { Numbers } from "./jenkins-shapes.ts";

/** Pages that never reach as far as the numbers are left after so many readings; what they lack is asked for by number. */
const mostWalks = 3;

/**
 * Asks for the numbers of all builds, in one answer that cannot shift, and holds the pages against it: within the numbers
 * that the pages reached, up to the one that Jenkins named as its next when the walk began.
 */
export async function pullNumbers(pull: JenkinsPull, walk: JobWalk): Promise<void> {
  const answer = await pull.client.get(`${jobPath(jobOf(pull))}/api/json`, { tree: "allBuilds[number,timestamp]" });
  const received = readNumberSet(walk.received);
  const { allBuilds } = parseAnswer(Numbers, answer);
  const all = allBuilds.map(({ number }) => number);
  const seenTo = walk.oldest?.number ?? Number.POSITIVE_INFINITY;
  const isPast = walk.oldest !== null && walk.oldest.at < pull.window.from;
  const isCut = !isPast && all.some((number) => number < seenTo);
  if (isCut && walk.walks < mostWalks) {
    const note = `The pages of builds of ${jobOf(pull)} ended before Jenkins' list of numbers does, so they were read again.`;
    const again = { step: "builds", page: 0, walks: walk.walks + 1 } as const;
    return saveWalk(pull, [keep(pull, answer, "jenkins.other", all.length)], again, { notes: [note] });
  }
  // Pages that reached past the window left out older builds on purpose; those that ended did not.
  const lowest = isCut ? 1 : received.values()[0];
  const end = walk.next ?? all.reduce((most, number) => Math.max(most, number), 0) + 1;
  const listed = new Set(lowest === undefined ? [] : all.filter((number) => number >= lowest && number < end));
  const highest = received.values().at(-1) ?? 0;
  const gone: number[] = [];
  // Numbers after the last one received may lie behind the window's end; whether they are there decides.
  for (let number = lowest ?? 1; number < Math.min(end, highest + 1); number += 1) {
    if (!listed.has(number) && !received.has(number)) gone.push(number);
  }
  await saveWalk(pull, [keep(pull, answer, "jenkins.other", all.length)], {
    step: "missing",
    missing: [...listed].filter((number) => number <= highest && !received.has(number)),
    listed: [...listed].filter((number) => number <= highest).length,
    gone: spellRuns(gone),
    goneCount: gone.length,
    holes: holesAround(gone, allBuilds, pull.window),
  });
}

/** Numbers rise with time, so a build that is gone ran between the one before it and the one after it. */
function holesAround(
  gone: readonly number[],
  builds: readonly { readonly number: number; readonly timestamp: number }[],
  window: AuditWindow,
): JobTotals["holes"] {
  return runsOf(gone).map(([first, last]) => {
    const before = builds.filter(({ number }) => number < first).map(({ timestamp }) => timestamp);
    const after = builds.filter(({ number }) => number > last).map(({ timestamp }) => timestamp);
    return {
      from: before.length === 0 ? window.from : instantOf(before.reduce((one, other) => Math.max(one, other))),
      to: after.length === 0 ? window.to : instantOf(after.reduce((one, other) => Math.min(one, other))),
    };
  });
}

export async function finishJob(pull: JenkinsPull, walk: JobWalk): Promise<void> {
  const { steps } = pull;
  const { cursor } = steps;
  const job = jobOf(pull);
  const { oldest } = walk;
  const keptFrom = oldest !== null && oldest.number > 1 && oldest.at >= pull.window.from ? oldest.at : null;
  const totals: JobTotals = {
    job,
    listed: walk.listed,
    listedAndReceived: walk.listed - walk.lost,
    gone: walk.gone,
    goneCount: walk.goneCount,
    holes: walk.holes,
    keptFrom,
  };
  const late = `${walk.late} builds of ${job} were on no page of the list and were found by their numbers.`;
  const repeated = `${walk.repeated} builds of ${job} were listed again because the list moved while it was read; each was taken once.`;
  await steps.save([], {
    ...cursor,
    job: cursor.job + 1,
    walk: newJobWalk(),
    finished: [...cursor.finished, totals],
    notes: [...cursor.notes, ...(walk.repeated > 0 ? [repeated] : []), ...(walk.late > 0 ? [late] : [])],
  });
}

const mostRuns = 20;

/** Numbers in rising order, in words: "3, 7–9". */
export function spellRuns(numbers: readonly number[]): string {
  const runs = runsOf(numbers);
  const words = runs.slice(0, mostRuns).map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
  return runs.length > mostRuns ? `${words.join(", ")} and others` : words.join(", ");
}

function runsOf(numbers: readonly number[]): [first: number, last: number][] {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}
