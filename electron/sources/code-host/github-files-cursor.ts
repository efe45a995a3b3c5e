import { z } from "zod";

const Count = z.number().int().nonnegative();

/** Where the reading of a folder of recorded answers stands. */
export const GithubFilesCursor = z.object({
  version: z.literal(1),
  /** Name of the last file that was dealt with; empty before the first. */
  after: z.string(),
  /** Files by what they were taken for. */
  files: z.record(z.string(), Count),
  rows: z.record(z.string(), Count),
  notTaken: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** Requests merged in the period, and requests with a page of reviews, as NumberSets. */
  merged: z.string(),
  reviewed: z.string(),
  /** The totals that the recorded lists of runs name: one when they are pages of one list. */
  runTotals: z.array(Count),
});
export type GithubFilesCursor = z.infer<typeof GithubFilesCursor>;

export const atTheBeginning: GithubFilesCursor = {
  version: 1,
  after: "",
  files: {},
  rows: {},
  notTaken: [],
  merged: "",
  reviewed: "",
  runTotals: [],
};
