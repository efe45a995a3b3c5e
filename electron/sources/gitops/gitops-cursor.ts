import { z } from "zod";
import { Instant } from "../../../shared/model/instant.ts";

const Count = z.int().nonnegative();

/** Where the reading of a GitOps repository stands. */
export const GitopsCursor = z.object({
  version: z.literal(1),
  startedAt: Instant,
  ref: z.string(),
  /** Commit that the log begins at, whatever the branch says later. */
  tip: z.string(),
  /** git's own count of the same commits. */
  counted: Count,
  /** Commits of the log, newest first, that are stored. */
  done: Count,
  finished: z.boolean(),
  notes: z.array(z.string()),
});
export type GitopsCursor = z.infer<typeof GitopsCursor>;
