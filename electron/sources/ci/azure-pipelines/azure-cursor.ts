import { z } from "zod";
import { Instant } from "../../../../shared/model/instant.ts";

const Count = z.int().nonnegative();
const Ids = z.array(z.int().positive());

export const AzureCursor = z.object({
  version: z.literal(1),
  /** When the pull began, by the server's clock or ours, whichever is earlier: nothing later is covered. */
  startedAt: Instant,
  identity: z.string(),
  access: z.string(),
  /**
   * Of each week: `builds`: pages by time of queueing, the oldest first. `check`: the same in the opposite order, to
   * hold the first list against. `missing`: builds that only the second had.
   */
  step: z.enum(["builds", "check", "missing", "done"]),
  /** Index of the week in hand, counted from the beginning of the window. */
  week: Count,
  /** Page to ask next in this step; null: the first. */
  token: z.string().nullable(),
  /** Builds received of this week, and of the one before: one queued at the very turn is in both lists. */
  received: Ids,
  before: Ids,
  /** Builds of the page just read whose timelines are still to be fetched. */
  pending: Ids,
  missing: Ids,
  /** Builds of the list in the opposite order: of the weeks before, and of the week in hand. */
  listed: Count,
  listedOfWeek: Count,
  lost: Count,
  repeated: Count,
  /** Builds that only the list in the opposite order had. */
  late: Count.default(0),
  /** Page tokens do not last for ever; after a long interruption the list is begun again. */
  begunAgain: z.boolean(),
  counts: z.object({
    builds: Count,
    deleted: Count,
    timelines: Count,
    approvals: Count,
    approvalsNamed: Count.default(0),
    withoutTimeline: Count,
  }),
  notes: z.array(z.string()),
});
export type AzureCursor = z.infer<typeof AzureCursor>;
