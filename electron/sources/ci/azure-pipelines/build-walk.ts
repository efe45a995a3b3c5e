import { faultOf, TickmarkError } from "../../../../shared/errors.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import { parseAnswer } from "../../http/json-client.ts";
import { wantedBranches } from "../../wanted-branches.ts";
import { nextToken } from "./azure-client.ts";
import type { AzureCursor } from "./azure-cursor.ts";
import { type AzurePull, buildsQuery, keep, weekOf } from "./azure-pull.ts";
import { BuildsPage } from "./azure-shapes.ts";
import { pullTimeline } from "./build-timeline.ts";

const missingPerPage = 50;

/** Fetches, week by week, all builds with their timelines, then the list in the opposite order, then what only that one had. */
export async function pullBuilds(pull: AzurePull): Promise<void> {
  while (pull.steps.cursor.step !== "done") {
    const { cursor } = pull.steps;
    const done = cursor.counts.builds;
    const total = cursor.step === "builds" ? null : done + cursor.missing.length;
    pull.context.report({ what: "builds with timelines", done, total });
    const [build] = cursor.pending;
    if (build !== undefined) await pullTimeline(pull, build);
    else if (cursor.step === "builds") await pullPage(pull, cursor);
    else if (cursor.step === "check") await checkPage(pull, cursor);
    else if (cursor.missing.length > 0) await pullMissing(pull, cursor);
    else await pull.steps.save([], nextWeek(pull, cursor));
  }
}

function nextWeek({ window }: AzurePull, cursor: AzureCursor): AzureCursor {
  const week = cursor.week + 1;
  const isOver = weekOf(window, week) === null;
  const listed = cursor.listed + cursor.listedOfWeek;
  const step = isOver ? "done" : "builds";
  return { ...cursor, week, step, before: cursor.received, received: [], listed, listedOfWeek: 0 };
}

async function pullPage(pull: AzurePull, cursor: AzureCursor): Promise<void> {
  const answer = await askPage(pull, cursor, "queueTimeAscending");
  if (answer === null) return;
  const { value } = parseAnswer(BuildsPage, answer);
  const token = nextToken(answer);
  checkMovesOn(cursor.token, token, answer);
  const taken = take(pull, cursor, value);
  await pull.steps.save([keep(pull, answer, "azure-pipelines.builds", value.length)], {
    ...taken,
    token,
    step: token === null ? "check" : "builds",
  });
}

/** What was queued since the pull began is no part of it: it is in neither list's time, or was received. */
async function checkPage(pull: AzurePull, cursor: AzureCursor): Promise<void> {
  const answer = await askPage(pull, cursor, "queueTimeDescending");
  if (answer === null) return;
  const { value } = parseAnswer(BuildsPage, answer);
  const token = nextToken(answer);
  checkMovesOn(cursor.token, token, answer);
  const before = new Set(cursor.before);
  const ofWeek = value.map(({ id }) => id).filter((id) => !before.has(id));
  const received = new Set([...cursor.received, ...cursor.missing]);
  const missing = ofWeek.filter((id) => !received.has(id));
  await pull.steps.save([keep(pull, answer, "azure-pipelines.other", value.length)], {
    ...cursor,
    token,
    step: token === null ? "missing" : "check",
    missing: [...new Set([...cursor.missing, ...missing])],
    listedOfWeek: cursor.listedOfWeek + ofWeek.length,
  });
}

async function pullMissing(pull: AzurePull, cursor: AzureCursor): Promise<void> {
  const asked = cursor.missing.slice(0, missingPerPage);
  const query = { buildIds: asked.join(","), deletedFilter: "includeDeleted", $top: missingPerPage };
  const answer = await pull.client.getOfProject("build/builds", query);
  const { value } = parseAnswer(BuildsPage, answer);
  const found = new Set(value.map(({ id }) => id));
  const taken = take(pull, cursor, value);
  // Those that an answer left out are asked for again, as long as answers bring any of them.
  const leftOut = asked.filter((id) => !found.has(id));
  const isOver = leftOut.length === asked.length;
  await pull.steps.save([keep(pull, answer, "azure-pipelines.builds", value.length)], {
    ...taken,
    late: cursor.late + asked.length - leftOut.length,
    missing: [...(isOver ? [] : leftOut), ...cursor.missing.slice(missingPerPage)],
    lost: cursor.lost + (isOver ? leftOut.length : 0),
  });
}

/** Counts each build once, and marks those of a release branch for their timelines; of a deleted one there is none. */
function take({ source }: AzurePull, cursor: AzureCursor, builds: BuildsPage["value"]): AzureCursor {
  const branches = wantedBranches(source.releaseBranch);
  const received = new Set([...cursor.before, ...cursor.received]);
  const fresh = builds.filter(({ id }) => !received.has(id));
  const deleted = fresh.filter((build) => build.deleted === true).length;
  const { counts } = cursor;
  return {
    ...cursor,
    received: [...cursor.received, ...fresh.map(({ id }) => id)],
    pending: fresh
      .filter(
        ({ deleted, sourceBranch }) =>
          deleted !== true && (branches.only !== null || branches.fits(sourceBranch ?? "")),
      )
      .map(({ id }) => id),
    repeated: cursor.repeated + builds.length - fresh.length,
    counts: { ...counts, builds: counts.builds + fresh.length, deleted: counts.deleted + deleted },
  };
}

/** One page; null when the token left by an interrupted pull is stale and this list begins again. */
async function askPage(pull: AzurePull, cursor: AzureCursor, order: string): Promise<JsonAnswer | null> {
  const { token } = cursor;
  const query = buildsQuery(pull, weekOf(pull.window, cursor.week) ?? pull.window, order);
  try {
    return await pull.client.getOfProject(
      "build/builds",
      token === null ? query : { ...query, continuationToken: token },
    );
  } catch (thrown) {
    const isStale = token !== null && token === pull.leftToken;
    if (!isStale || faultOf(thrown).code !== "http-unexpected-status") throw thrown;
    await pull.steps.save([], { ...cursor, token: null, listedOfWeek: 0, begunAgain: true });
    return null;
  }
}

function checkMovesOn(before: string | null, next: string | null, answer: JsonAnswer): void {
  if (next === null || next !== before) return;
  throw new TickmarkError(
    "response-invalid",
    `${new URL(answer.url).host} gives the same page again and again, so the list of builds never ends.`,
    "Pull again; if it happens again, report it to whoever runs the server.",
  );
}
