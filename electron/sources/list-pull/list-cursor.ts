import { z } from "zod";
import { EvidenceFormat } from "../../../shared/model/evidence.ts";
import { Instant } from "../../../shared/model/instant.ts";

const Count = z.int().nonnegative();
const Value = z.union([z.string(), z.number()]);

/** A page of a list, or a single record, that is still to be asked for. It is kept in the cursor and holds no secret. */
export const Question = z.object({
  /** What is counted together: "deployments". */
  list: z.string(),
  /** Relative to the API's base address; for AWS the name of the action. */
  path: z.string(),
  query: z.record(z.string(), z.union([Value, z.array(z.string()), z.record(z.string(), Value)])),
  format: EvidenceFormat,
  /** What the reading of the next page needs to know. */
  memo: z.record(z.string(), Value).default({}),
  /** Key of the row before, which the page must hold again: without it the list moved, and rows may be lost. */
  anchor: z.string().optional(),
  /** The page's token lasts for a while only; when it is refused, the list begins again. */
  expires: z.boolean().optional(),
  /** Set where a refusal is no fault: what is then not known. */
  without: z.string().optional(),
});
export type Question = z.infer<typeof Question>;

/** What a list has brought so far. */
export const Tally = z.object({
  /** Its first question, to read the list again from its beginning. */
  first: Question,
  /** Keys received, as a KeySet. */
  keys: z.string(),
  /** The server's own total, from its last answer; null where it tells none. */
  total: Count.nullable(),
  /** How often the list was read. It is read again when the server counts more than came. */
  walks: Count,
  /** Rows that had come before: they moved from page to page. */
  repeated: Count,
  /** Records that the list lacked and that another list named. */
  late: Count.default(0),
});
export type Tally = z.infer<typeof Tally>;

export const ListCursor = z.object({
  version: z.literal(1),
  /** When the pull began, by the server's clock or ours, whichever is earlier: nothing later is covered. */
  startedAt: Instant,
  account: z.string(),
  identity: z.string(),
  access: z.string(),
  /** To be asked, in this order. */
  pending: z.array(Question),
  tallies: z.record(z.string(), Tally),
  /** The records reach back to here and no further; null: as far as they were asked for. */
  reachesBackTo: Instant.nullable(),
  /** Some of what happened is not told with its time, so that absence means nothing. */
  hasGaps: z.boolean(),
  /** Lists that the account may not read. */
  refused: z.array(z.string()),
  answers: Count,
  notes: z.array(z.string()),
});
export type ListCursor = z.infer<typeof ListCursor>;

export function newTally(first: Question): Tally {
  return { first, keys: "", total: null, walks: 1, repeated: 0, late: 0 };
}
