import { faultOf } from "../../../shared/errors.ts";
import type { Instant } from "../../../shared/model/instant.ts";
import { secondBefore, secondsOf } from "../audit-window.ts";
import { parseAnswer } from "../http/json-client.ts";
import type { KeptAnswer } from "../pull-steps.ts";
import { wantedBranches } from "../wanted-branches.ts";
import type { GithubClient } from "./github-client.ts";
import type { GithubCursor } from "./github-cursor.ts";
import { type GithubPull, keep, listedOf, vouchedEnd } from "./github-pull.ts";
import { Total } from "./github-shapes.ts";
import { newWalk } from "./request-walk.ts";

/** Questions that a server may refuse without the pull being worse than "not tied out". */
const refusals = new Set(["http-forbidden", "http-not-found", "http-unexpected-status"]);

export interface HostTotal {
  /** Null when the host did not answer, or did not count to the end. */
  readonly total: number | null;
  readonly answers: readonly KeptAnswer[];
  readonly note: string | null;
}

/**
 * Fewer requests than the host counted in the period and its margin when the pull began. More are no difference: they
 * were merged since. The margin is part of it, since a page may hold nothing else, and what it held would be missed.
 */
export function isShort(cursor: GithubCursor): boolean {
  return cursor.expectedInWindow !== null && listedOf(cursor) < cursor.expectedInWindow;
}

/** Holds the requests received against the host's own counts. When they differ, the list is walked once more. */
export async function tieOutRequests(pull: GithubPull): Promise<void> {
  const { context, steps } = pull;
  const end = vouchedEnd(pull);
  if (end <= context.period.start) return steps.save([], { ...steps.cursor, phase: "builds" });
  const host = await countMerged(pull, context.period.start, end);
  const { cursor } = steps;
  const next = { ...cursor, expectedInPeriod: host.total };
  const differs = host.total !== null && host.total !== cursor.inPeriod;
  if ((differs || isShort(cursor)) && !cursor.walkedAgain) {
    return steps.save(host.answers, {
      ...next,
      phase: "requests",
      walkedAgain: true,
      walk: newWalk("all", pull.window.from),
    });
  }
  const notes = host.note === null ? cursor.notes : [...cursor.notes, host.note];
  return steps.save(host.answers, { ...next, notes, phase: "builds" });
}

/** @param to excluded */
export async function countMerged(
  pull: Pick<GithubPull, "context" | "source"> & { readonly client: GithubClient },
  from: Instant,
  to: Instant,
): Promise<HostTotal> {
  const { project, releaseBranch } = pull.source;
  const merged = `${secondsOf(from)}..${secondsOf(secondBefore(to))}`;
  // A search knows no patterns, and leaves nothing out that a name does not say.
  const { only } = wantedBranches(releaseBranch);
  const q = `repo:${project} is:pr is:merged${only === null ? "" : ` base:${only}`} merged:${merged}`;
  try {
    const answer = await pull.client.get("search/issues", { q, per_page: 1 });
    const { total_count: total, incomplete_results: incomplete } = parseAnswer(Total, answer);
    const answers = [keep(pull, answer, "github.other")];
    if (incomplete !== true) return { total, answers, note: null };
    return { total: null, answers, note: "GitHub's own count was incomplete, so the requests were not tied out." };
  } catch (thrown) {
    const fault = faultOf(thrown);
    if (!refusals.has(fault.code)) throw thrown;
    return { total: null, answers: [], note: `The requests were not tied out: ${fault.message}` };
  }
}
