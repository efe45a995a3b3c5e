import { z } from "zod";
import { Instant } from "../../../shared/model/instant.ts";
import { StagesCursor } from "./walk/host-cursor.ts";

const Numbers = z.array(z.number().int().positive());
const Count = z.number().int().nonnegative();

/**
 * Where a walk through the list of requests stands. The list is ordered by the latest update, newest first, so
 * whatever is updated during the walk moves to the front, behind its back: walks of kind `late` fetch just that.
 */
export const RequestWalk = z.object({
  kind: z.enum(["all", "late"]),
  round: Count,
  /** Next page; null when the walk is over. */
  page: z.number().int().positive().nullable(),
  /** Pages read. */
  pages: Count,
  /** Older updates than this are of no interest. */
  since: Instant,
  /** The server's time when page 1 was asked; null before. */
  startedAt: Instant.nullable(),
  /** Requests that only this walk found. */
  found: Count,
  /** Requests of the page just read, whose details are still to be fetched. */
  pending: Numbers,
});
export type RequestWalk = z.infer<typeof RequestWalk>;

/**
 * A question for runs: moments of their creation in whole seconds since 1970, both included. Runs of a merge queue are
 * on a branch of their own but on the very commit that the queue then puts onto the release branch.
 */
export const RunRange = z.object({
  of: z.enum(["release-branch", "merge-queue"]),
  from: z.number().int(),
  to: z.number().int(),
});
export type RunRange = z.infer<typeof RunRange>;

export const RunWalk = z.object({
  /** Ranges of creation time still to be read; the first is being read. */
  ranges: z.array(RunRange),
  page: z.number().int().positive(),
  /** Runs already listed in the first range. */
  listed: Numbers,
  /** Runs of the page just read, whose jobs are still to be fetched. */
  pending: Numbers,
  /** The first range is being read once more, since its list and the server's total differed. */
  again: z.boolean().default(false),
  /** Runs that only such a second reading found. */
  late: Count.default(0),
  /** The server's own total of the finished ranges, and what was received for them. */
  expected: Count,
  received: Count,
  /** The server's total for the whole time, for progress; null before the first answer. */
  total: Count.nullable(),
  /** False once the server said that it has no Actions for this repository, or that the token may not see them. */
  available: z.boolean(),
});
export type RunWalk = z.infer<typeof RunWalk>;

export const GithubCursor = z.object({
  version: z.literal(1),
  phase: z.enum(["requests", "tie-out", "builds", "parts", "done"]),
  /** When the pull began, by the server's clock or ours, whichever is earlier: nothing later is covered. */
  startedAt: Instant,
  identity: z.string(),
  access: z.string(),
  walk: RequestWalk,
  /** Requests with all details fetched, as a NumberSet. */
  fetched: z.string(),
  /** Of those found, how many were merged inside the period and before the pull began. */
  inPeriod: Count,
  /** Where release branches are given by patterns: requests merged into others, as a NumberSet. */
  others: z.string().default(""),
  /** The server's own count of them; null when it could not be asked. */
  expectedInPeriod: Count.nullable(),
  /** The server's count for period and margin, for progress. */
  expectedInWindow: Count.nullable(),
  /** The list was walked once more because the counts differed. */
  walkedAgain: z.boolean(),
  runs: RunWalk,
  counts: z.object({ requests: Count, reviews: Count, commits: Count, runs: Count, jobs: Count }),
  /** Requests that were listed more than once, and those found only by a late walk. */
  drift: z.object({ repeated: Count, late: Count }),
  notes: z.array(z.string()),
  /** What is asked besides, see `github-parts.ts`. */
  parts: StagesCursor,
});
export type GithubCursor = z.infer<typeof GithubCursor>;
