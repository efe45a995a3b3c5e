import { z } from "zod";
import { SamplePlan, TwoStagePlan } from "./sample-plan.ts";

/**
 * What the size of a draw rests on. Only the two plans promise a confidence before the test. A sample whose size comes
 * from a house table is non-statistical as a whole, and no limit is stated for it.
 */
export const DrawBasis = z.discriminatedUnion("kind", [
  /** The draw has at least the plan's size; the plan says how many deviations it puts up with. */
  z.object({ kind: z.literal("plan"), plan: SamplePlan }),
  /** The draw is the first stage, with exactly the plan's stage size. */
  z.object({ kind: z.literal("two-stage-plan"), plan: TwoStagePlan }),
  /** A row of the firm's own table of sizes: non-statistical. */
  z.object({
    kind: z.literal("house-table"),
    /** Title and version of the table. */
    table: z.string().min(1),
    /** The row in words, such as `daily, higher risk`. */
    row: z.string().min(1),
    size: z.int().positive(),
    /** For the workpaper. */
    sentence: z.string(),
  }),
  /** The auditor's own judgement, given as the draw's rationale: non-statistical. */
  z.object({ kind: z.literal("judgement") }),
]);
export type DrawBasis = z.infer<typeof DrawBasis>;
