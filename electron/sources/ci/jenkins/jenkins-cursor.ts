import { z } from "zod";
import { Instant } from "../../../../shared/model/instant.ts";

const Count = z.int().nonnegative();
const Numbers = z.array(z.int().positive());

/** A time in which builds ran that Jenkins has no more: from the build before them to the one after. */
const Holes = z.array(z.object({ from: Instant, to: Instant }));

export const JobTotals = z.object({
  job: z.string(),
  /** Builds of the list of numbers that was asked afterwards, within the numbers that the walk was about. */
  listed: Count,
  listedAndReceived: Count,
  /** Numbers that are in no list any more, in words: "3, 7–9". */
  gone: z.string(),
  goneCount: Count,
  holes: Holes.default([]),
  /** Time of the oldest build that Jenkins still has, where older ones were deleted; null: all are there. */
  keptFrom: Instant.nullable(),
});
export type JobTotals = z.infer<typeof JobTotals>;

/** Where the pull of one job stands. */
export const JobWalk = z.object({
  /**
   * `builds`: pages, the newest first. `numbers`: the numbers of all builds once more, to hold the pages against.
   * `missing`: builds that only that list had.
   */
  step: z.enum(["builds", "numbers", "missing"]),
  page: Count,
  /** Builds received that started inside the window, as a NumberSet. */
  received: z.string(),
  /** The number that Jenkins would have given next when the walk began; null where it does not say. */
  next: z.int().positive().nullable(),
  oldest: z.object({ number: z.int().positive(), at: Instant }).nullable(),
  /** Pipeline runs of the page just read whose stages are still to be fetched. */
  pending: Numbers,
  missing: Numbers,
  listed: Count,
  lost: Count,
  gone: z.string(),
  goneCount: Count,
  holes: Holes.default([]),
  /** False once the server had no stages to show. */
  stages: z.boolean(),
  repeated: Count,
  /** Builds that only the list of numbers had. */
  late: Count.default(0),
  /** Readings of the pages. They are read again when they ended before the numbers do. */
  walks: Count.default(1),
});
export type JobWalk = z.infer<typeof JobWalk>;

export const JenkinsCursor = z.object({
  version: z.literal(1),
  /** When the pull began, by the server's clock or ours, whichever is earlier: nothing later is covered. */
  startedAt: Instant,
  identity: z.string(),
  access: z.string(),
  /** Index into the source's jobs; equal to their number when all are done. */
  job: Count,
  walk: JobWalk,
  finished: z.array(JobTotals),
  counts: z.object({ builds: Count, stages: Count }),
  notes: z.array(z.string()),
});
export type JenkinsCursor = z.infer<typeof JenkinsCursor>;

export function newJobWalk(): JobWalk {
  return {
    step: "builds",
    page: 0,
    received: "",
    next: null,
    oldest: null,
    pending: [],
    missing: [],
    listed: 0,
    lost: 0,
    gone: "",
    goneCount: 0,
    holes: [],
    stages: true,
    repeated: 0,
    late: 0,
    walks: 1,
  };
}
