import { faultOf } from "../../../../shared/errors.ts";
import { instantOf, millisecondsOf } from "../../../../shared/model/instant.ts";
import { parseAnswer } from "../../http/json-client.ts";
import { readNumberSet } from "../../number-set.ts";
import { buildsPerPage, buildTree, jobPath, pageTree } from "./jenkins-client.ts";
import type { JobWalk } from "./jenkins-cursor.ts";
import { type JenkinsPull, jobOf, keep, saveWalk } from "./jenkins-pull.ts";
import { BuildsPage, isPipelineRun, OneBuild } from "./jenkins-shapes.ts";
import { finishJob, pullNumbers } from "./number-check.ts";
import { pullStages } from "./pipeline-stages.ts";

/** Fetches job after job: its builds with their stages, then the list of numbers to hold them against. */
export async function pullJobs(pull: JenkinsPull): Promise<void> {
  const { steps, source, context } = pull;
  while (steps.cursor.job < source.jobs.length) {
    const { walk, counts } = steps.cursor;
    const [run] = walk.pending;
    const total = walk.step === "builds" ? null : counts.builds + walk.missing.length;
    context.report({ what: `builds of ${jobOf(pull)}`, done: counts.builds, total });
    if (run !== undefined) await pullStages(pull, walk, run);
    else if (walk.step === "builds") await pullPage(pull, walk);
    else if (walk.step === "numbers") await pullNumbers(pull, walk);
    else if (walk.missing.length > 0) await pullMissing(pull, walk);
    else await finishJob(pull, walk);
  }
}

/**
 * One page, the newest builds first. A build that starts meanwhile pushes others onto the next page, where they come
 * once more; one that is deleted pulls others past the reader, and the list of numbers then finds them.
 */
async function pullPage(pull: JenkinsPull, walk: JobWalk): Promise<void> {
  const answer = await pull.client.get(`${jobPath(jobOf(pull))}/api/json`, { tree: pageTree(walk.page) });
  const { allBuilds, nextBuildNumber } = parseAnswer(BuildsPage, answer);
  const taken = takeBuilds(pull, walk, allBuilds);
  const oldest = allBuilds.reduce(older, walk.oldest);
  const isLast = allBuilds.length < buildsPerPage || (oldest !== null && oldest.at < pull.window.from);
  await saveWalk(
    pull,
    [keep(pull, answer, "jenkins.builds", allBuilds.length)],
    {
      ...taken.walk,
      oldest,
      next: walk.next ?? nextBuildNumber ?? null,
      page: walk.page + 1,
      step: isLast ? "numbers" : "builds",
    },
    { builds: taken.fresh },
  );
}

async function pullMissing(pull: JenkinsPull, walk: JobWalk): Promise<void> {
  const [number = 0, ...missing] = walk.missing;
  try {
    const answer = await pull.client.get(`${jobPath(jobOf(pull))}/${number}/api/json`, { tree: buildTree });
    const taken = takeBuilds(pull, walk, [parseAnswer(OneBuild, answer)]);
    const moved = { ...taken.walk, missing, late: walk.late + taken.fresh };
    await saveWalk(pull, [keep(pull, answer, "jenkins.build", 1)], moved, { builds: taken.fresh });
  } catch (thrown) {
    if (faultOf(thrown).code !== "http-not-found") throw thrown;
    await saveWalk(pull, [], { missing, lost: walk.lost + 1 });
  }
}

/** Counts each build of the window once, and marks those whose stages are to be fetched. */
function takeBuilds({ window }: JenkinsPull, walk: JobWalk, builds: readonly OneBuild[]) {
  const received = readNumberSet(walk.received);
  const [from, to] = [millisecondsOf(window.from), millisecondsOf(window.to)];
  const within = builds.filter(({ timestamp }) => from <= timestamp && timestamp < to);
  const fresh = within.filter(({ number }) => !received.has(number));
  for (const { number } of fresh) received.add(number);
  return {
    fresh: fresh.length,
    walk: {
      received: received.spell(),
      // What comes again because the pages are read again did not move.
      repeated: walk.walks > 1 ? walk.repeated : walk.repeated + within.length - fresh.length,
      pending: walk.stages ? fresh.filter(isPipelineRun).map(({ number }) => number) : [],
    },
  };
}

function older(oldest: JobWalk["oldest"], { number, timestamp }: OneBuild): JobWalk["oldest"] {
  return oldest !== null && oldest.number <= number ? oldest : { number, at: instantOf(timestamp) };
}
