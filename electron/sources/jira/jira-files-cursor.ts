import { z } from "zod";
import { Sha256 } from "../../../shared/model/digest.ts";

const Count = z.number().int().nonnegative();

/** Where the reading of exported tickets stands. */
export const JiraFilesCursor = z.object({
  version: z.literal(1),
  /** Name of the last file that was read to its end; empty before the first. */
  after: z.string(),
  /** The next line to read of the file after that one, and that file's digest; null at its beginning. */
  within: z.object({ name: z.string(), nextLine: z.number().int().positive(), digest: Sha256 }).nullable(),
  /** Numbers of the tickets received, by project, as NumberSets. */
  received: z.record(z.string(), z.string()),
  /** Tickets of projects that the source does not name. */
  foreign: Count,
  /** Lines or elements that are no ticket. */
  unread: Count,
  taken: Count,
  notTaken: z.array(z.object({ name: z.string(), reason: z.string() })),
  notes: z.array(z.string()),
});
export type JiraFilesCursor = z.infer<typeof JiraFilesCursor>;

export const atTheBeginning: JiraFilesCursor = {
  version: 1,
  after: "",
  within: null,
  received: {},
  foreign: 0,
  unread: 0,
  taken: 0,
  notTaken: [],
  notes: [],
};
