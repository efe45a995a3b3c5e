import { z } from "zod";
import { Instant } from "../../../../shared/model/instant.ts";

const Count = z.int().nonnegative();

/** A pipeline of the release branch, or of a tag, whose workflows are still to be fetched. */
export const PendingPipeline = z.object({
  id: z.string(),
  commit: z.string(),
  branch: z.string(),
  event: z.string(),
  by: z.string(),
});
export type PendingPipeline = z.infer<typeof PendingPipeline>;

export const CircleciCursor = z.object({
  version: z.literal(1),
  /** When the pull began, by the server's clock or ours, whichever is earlier: nothing later is covered. */
  startedAt: Instant,
  identity: z.string(),
  access: z.string(),
  /** `pipelines`: pages, the newest first. `gaps`: numbers that no page had, each asked for by itself. */
  step: z.enum(["pipelines", "gaps", "done"]),
  /** Page to ask next; null: the first. */
  token: z.string().nullable(),
  /** Numbers of the pipelines of all branches inside the window, as a NumberSet. */
  received: z.string(),
  pending: z.array(PendingPipeline),
  /** The oldest pipeline of the window; null before the first. */
  oldest: z.object({ number: z.int().positive(), at: Instant }).nullable().default(null),
  /** True when the pages ended before the window does, so that older ones may be there. */
  endedEarly: z.boolean().default(false),
  gaps: z.array(z.int().positive()),
  /** Numbers that CircleCI has no pipeline for. */
  gone: z.array(z.int().positive()),
  /** Numbers missing beyond those that were asked for. */
  notAsked: Count,
  /** Pipelines of which CircleCI does not say what they ran on. */
  withoutCommit: Count.default(0),
  repeated: Count,
  late: Count,
  begunAgain: z.boolean(),
  counts: z.object({ pipelines: Count, ofRelease: Count, workflows: Count, jobs: Count }),
  notes: z.array(z.string()),
});
export type CircleciCursor = z.infer<typeof CircleciCursor>;
