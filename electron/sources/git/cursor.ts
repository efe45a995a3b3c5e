import { z } from "zod";
import { ObjectId, Sha256 } from "../../../shared/model/digest.ts";

const count = z.number().int().nonnegative();

/** How far a pull is, and all that its outcome will say of what was done before it was interrupted. */
export const GitCursor = z.object({
  version: z.literal(1),
  /** The release branch's ref and where it was when the pull began. */
  ref: z.string(),
  tip: ObjectId,
  /** Other release branches that are read, in the order before this one. */
  others: z
    .array(z.object({ ref: z.string(), tip: ObjectId, newest: ObjectId, base: ObjectId.nullable() }))
    .default([]),
  /** Newest commit read and the commit before the oldest; null where there is none. */
  newest: ObjectId.nullable(),
  base: ObjectId.nullable(),
  /** Other refs' tips that are read from, too. */
  tips: count,
  onBranch: count,
  /** Commits on the release branch after the newest one, read for the line alone. */
  later: count,
  refs: count,
  tags: count,
  /** git's own count of what is to be read. */
  counted: count,
  /** The list of commits to read; null: none is dated near the period. */
  walk: z.object({ commits: count, sha256: Sha256 }).nullable(),
  notes: z.array(z.string()),
  /** Commits stored, those of them with several parents, and the bytes read. */
  done: count,
  merges: count,
  commitBytes: count,
  pathBytes: count,
  finished: z.boolean(),
  /** Comparisons of contents that are stored: merges, then patches. */
  compared: count.default(0),
  comparedBytes: count.default(0),
  comparedAll: z.boolean().default(false),
});
export type GitCursor = z.infer<typeof GitCursor>;
