import { type Instant, instantOf, millisecondsOf } from "../../../shared/model/instant.ts";
import type { AuditWindow } from "../audit-window.ts";
import { parseAnswer } from "../http/json-client.ts";
import { momentOf } from "../http/kept-answer.ts";
import { type NumberSet, readNumberSet } from "../number-set.ts";
import { wantedBranches } from "../wanted-branches.ts";
import { hasNextPage, perPage } from "./github-client.ts";
import type { GithubCursor, RequestWalk } from "./github-cursor.ts";
import { type GithubPull, keep, listedOf, vouchedEnd } from "./github-pull.ts";
import { type ListedRequest, ListedRequests } from "./github-shapes.ts";
import { pullRequestDetails } from "./request-details.ts";

const mostLateWalks = 5;
const clockSlackMs = 60_000;

/**
 * Fetches every request merged into the release branch in the window, with its reviews and commits, one request at a
 * time: asked one after another, GitHub's quota of 5,000 requests an hour is the bound, not the connection.
 */
export async function pullRequests(pull: GithubPull): Promise<void> {
  const fetched = readNumberSet(pull.steps.cursor.fetched);
  while (pull.steps.cursor.phase === "requests") {
    const { cursor } = pull.steps;
    const [next] = cursor.walk.pending;
    reportRequests(pull);
    if (next !== undefined) await pullRequestDetails(pull, next, fetched);
    else if (cursor.walk.page !== null) await pullListPage(pull, cursor.walk.page, fetched);
    else await pull.steps.save([], afterWalk(cursor));
  }
}

export function newWalk(kind: RequestWalk["kind"], since: Instant, round = 0): RequestWalk {
  return { kind, round, page: 1, pages: 0, since, startedAt: null, found: 0, pending: [] };
}

async function pullListPage(pull: GithubPull, page: number, fetched: NumberSet): Promise<void> {
  const { client, steps, source } = pull;
  const { cursor } = steps;
  const branches = wantedBranches(source.releaseBranch);
  const answer = await client.getOfRepository("pulls", {
    state: "closed",
    ...(branches.only === null ? {} : { base: branches.only }),
    sort: "updated",
    direction: "desc",
    per_page: perPage,
    page,
  });
  const rows = parseAnswer(ListedRequests, answer);
  const wanted = rows.filter((row) => isWanted(pull, row));
  const pending = [...new Set(wanted.map((row) => row.number))].filter((number) => !fetched.has(number));
  const fresh = new Set(pending);
  const others = readNumberSet(cursor.others);
  const freshOthers = branches.only === null ? newOthers(pull, rows, others) : [];
  const counted = [...wanted.filter((row) => fresh.delete(row.number)), ...freshOthers];
  const inPeriod = counted.filter((row) => isInPeriod(pull, row)).length;
  const again = wanted.length - pending.length;
  const { walk, drift } = cursor;
  await steps.save([keep(pull, answer, "github.pulls", rows.length)], {
    ...cursor,
    inPeriod: cursor.inPeriod + inPeriod,
    others: others.spell(),
    drift: {
      repeated: drift.repeated + (walk.kind === "all" && !cursor.walkedAgain ? again : 0),
      late: drift.late + (walk.kind === "late" || cursor.walkedAgain ? pending.length : 0),
    },
    walk: {
      ...walk,
      startedAt: walk.startedAt ?? momentOf(answer, pull.context.now()),
      found: walk.found + pending.length,
      pages: walk.pages + 1,
      page: hasNextPage(answer, rows.length) && !isPast(rows, walk.since) ? page + 1 : null,
      pending,
    },
  });
}

function isWanted({ source, window }: GithubPull, row: ListedRequest): boolean {
  return isMergedIn(window, row) && wantedBranches(source.releaseBranch).fits(row.base.ref);
}

/**
 * Requests of the time into other branches, each once. They are not pulled, but GitHub's own count knows no patterns and
 * has them too.
 */
function newOthers({ source, window }: GithubPull, rows: readonly ListedRequest[], others: NumberSet): ListedRequest[] {
  const branches = wantedBranches(source.releaseBranch);
  return rows.filter((row) => {
    if (!isMergedIn(window, row) || branches.fits(row.base.ref) || others.has(row.number)) return false;
    others.add(row.number);
    return true;
  });
}

function isMergedIn({ from, to }: AuditWindow, { merged_at: merged }: ListedRequest): boolean {
  return merged !== null && merged >= from && merged < to;
}

function isInPeriod(pull: GithubPull, { merged_at: merged }: ListedRequest): boolean {
  return merged !== null && merged >= pull.context.period.start && merged < vouchedEnd(pull);
}

/** True when what follows was last updated before `since`. A server that does not sort is read to the end. */
function isPast(rows: readonly ListedRequest[], since: Instant): boolean {
  const sorted = rows.every((row, index) => index === 0 || row.updated_at <= (rows[index - 1]?.updated_at ?? ""));
  const last = rows.at(-1);
  return sorted && last !== undefined && last.updated_at < since;
}

/** A late walk until one finds nothing on a single page: only then did nothing move behind its back. */
function afterWalk(cursor: GithubCursor): GithubCursor {
  const { walk } = cursor;
  const quiet = walk.kind === "late" && walk.found === 0 && walk.pages === 1;
  if (quiet || walk.round >= mostLateWalks) {
    const notes = quiet
      ? cursor.notes
      : [...cursor.notes, "The list kept changing while it was read; see the tie-out."];
    return { ...cursor, notes, phase: "tie-out" };
  }
  const since = instantOf(millisecondsOf(walk.startedAt ?? cursor.startedAt) - clockSlackMs);
  return { ...cursor, walk: newWalk("late", since, walk.round + 1) };
}

function reportRequests({ context, steps: { cursor } }: GithubPull): void {
  const done = listedOf(cursor);
  const total = cursor.expectedInWindow === null ? null : Math.max(cursor.expectedInWindow, done);
  context.report({ what: "pull requests with reviews and commits", done, total });
}
