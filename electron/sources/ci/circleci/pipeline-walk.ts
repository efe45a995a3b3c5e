import { faultOf, TickmarkError } from "../../../../shared/errors.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import { parseAnswer } from "../../http/json-client.ts";
import { readNumberSet } from "../../number-set.ts";
import { wantedBranches } from "../../wanted-branches.ts";
import { projectPath } from "./circleci-client.ts";
import type { CircleciCursor, PendingPipeline } from "./circleci-cursor.ts";
import { type CircleciPull, keep } from "./circleci-pull.ts";
import { OnePipeline, PipelinesPage, ranOn } from "./circleci-shapes.ts";
import { pullWorkflows } from "./pipeline-workflows.ts";

const mostGapsAsked = 500;

/**
 * Fetches the pipelines of all branches, the newest first, and those of the release branch and of tags with their
 * workflows. All branches, because CircleCI numbers the pipelines of a project without a gap: that is what tells
 * whether the list is whole.
 */
export async function pullPipelines(pull: CircleciPull): Promise<void> {
  while (pull.steps.cursor.step !== "done") {
    const { cursor } = pull.steps;
    pull.context.report({ what: "pipelines with workflows", done: cursor.counts.pipelines, total: null });
    const [pipeline] = cursor.pending;
    const [gap] = cursor.gaps;
    if (pipeline !== undefined) await pullWorkflows(pull, pipeline);
    else if (cursor.step === "pipelines") await pullPage(pull, cursor);
    else if (gap !== undefined) await askGap(pull, cursor, gap);
    else await pull.steps.save([], { ...cursor, step: "done" });
  }
}

async function pullPage(pull: CircleciPull, cursor: CircleciCursor): Promise<void> {
  const answer = await askPage(pull, cursor);
  if (answer === null) return;
  const page = parseAnswer(PipelinesPage, answer);
  const token = page.next_page_token || null;
  checkMovesOn(cursor.token, token, answer);
  const taken = take(pull, cursor, page.items);
  const isPast = page.items.some(({ created_at }) => created_at < pull.window.from);
  const isLast = token === null || isPast;
  await pull.steps.save([keep(pull, answer, "circleci.pipelines", page.items.length)], {
    ...taken,
    token: isLast ? null : token,
    ...(isLast ? { step: "gaps" as const, endedEarly: !isPast, ...gapsIn(taken, !isPast) } : {}),
  });
}

async function askGap(pull: CircleciPull, cursor: CircleciCursor, number: number): Promise<void> {
  const gaps = cursor.gaps.filter((gap) => gap !== number);
  try {
    const answer = await pull.client.get(`${projectPath(pull.source)}/pipeline/${number}`);
    const taken = take(pull, cursor, [parseAnswer(OnePipeline, answer)]);
    // Where the pages ended too early, what they lack is found number by number, downwards.
    const isNewOldest = taken.oldest !== cursor.oldest && number > 1;
    await pull.steps.save([keep(pull, answer, "circleci.other", 1)], {
      ...taken,
      gaps: isNewOldest ? [...gaps, number - 1] : gaps,
      late: cursor.late + taken.counts.pipelines - cursor.counts.pipelines,
    });
  } catch (thrown) {
    if (faultOf(thrown).code !== "http-not-found") throw thrown;
    await pull.steps.save([], { ...cursor, gaps, gone: [...cursor.gone, number] });
  }
}

/** Counts each pipeline of the window once, and marks those whose workflows are to be fetched. */
function take(
  { source, window }: CircleciPull,
  cursor: CircleciCursor,
  pipelines: readonly OnePipeline[],
): CircleciCursor {
  const received = readNumberSet(cursor.received);
  const within = pipelines.filter(({ created_at: at }) => window.from <= at && at < window.to);
  const fresh = within.filter(({ number }) => !received.has(number));
  for (const { number } of fresh) received.add(number);
  const branches = wantedBranches(source.releaseBranch);
  const pending = fresh.flatMap((pipeline): PendingPipeline[] => {
    const { commit, branch, tag } = ranOn(pipeline);
    // What names neither branch nor tag ran on a commit all the same, and may have failed on it.
    const isElsewhere = branch !== "" && !branches.fits(branch) && tag === "";
    if (commit === "" || isElsewhere) return [];
    const { trigger } = pipeline;
    return [
      { id: pipeline.id, commit, branch: branch || tag, event: trigger?.type ?? "", by: trigger?.actor?.login ?? "" },
    ];
  });
  const { counts } = cursor;
  const withoutCommit = fresh.filter((pipeline) => ranOn(pipeline).commit === "").length;
  return {
    ...cursor,
    withoutCommit: cursor.withoutCommit + withoutCommit,
    received: received.spell(),
    pending: [...cursor.pending, ...pending],
    oldest: fresh.reduce(older, cursor.oldest),
    repeated: cursor.repeated + within.length - fresh.length,
    counts: {
      ...counts,
      pipelines: counts.pipelines + fresh.length,
      ofRelease: counts.ofRelease + pending.length,
    },
  };
}

function older(oldest: CircleciCursor["oldest"], { number, created_at: at }: OnePipeline): CircleciCursor["oldest"] {
  return oldest !== null && oldest.number <= number ? oldest : { number, at };
}

/** @param endedEarly the one before the oldest is asked for too: CircleCI counts from 1, so it is there or was removed */
function gapsIn(
  { received: spelled, oldest }: CircleciCursor,
  endedEarly: boolean,
): Pick<CircleciCursor, "gaps" | "notAsked"> {
  const received = readNumberSet(spelled);
  const numbers = received.values();
  const missing: number[] = endedEarly && oldest !== null && oldest.number > 1 ? [oldest.number - 1] : [];
  for (let number = numbers[0] ?? 0; number < (numbers.at(-1) ?? 0); number += 1) {
    if (!received.has(number)) missing.push(number);
  }
  return { gaps: missing.slice(0, mostGapsAsked), notAsked: Math.max(0, missing.length - mostGapsAsked) };
}

/** One page; null when the token left by an interrupted pull is stale and the list begins again. */
async function askPage(pull: CircleciPull, cursor: CircleciCursor): Promise<JsonAnswer | null> {
  const { token } = cursor;
  const path = `${projectPath(pull.source)}/pipeline`;
  try {
    return await pull.client.get(path, token === null ? {} : { "page-token": token });
  } catch (thrown) {
    const isStale = token !== null && token === pull.leftToken;
    if (!isStale || faultOf(thrown).code !== "http-unexpected-status") throw thrown;
    await pull.steps.save([], { ...cursor, token: null, begunAgain: true });
    return null;
  }
}

function checkMovesOn(before: string | null, next: string | null, answer: JsonAnswer): void {
  if (next === null || next !== before) return;
  throw new TickmarkError(
    "response-invalid",
    `${new URL(answer.url).host} gives the same page again and again, so the list of pipelines never ends.`,
    "Pull again; if it happens again, report it to CircleCI.",
  );
}
