import { z } from "zod";
import { Instant } from "../../../../shared/model/instant.ts";
import { TieOut } from "../../../../shared/model/pull.ts";

const Count = z.number().int().nonnegative();

/** How often something could be read, and why it could not. */
export const Group = z.object({
  /** Times that it was read. */
  read: Count,
  /** Times that the host had nothing there although it had lists with it. */
  gone: Count,
  /** Lists that the host counts more in than it gave. */
  short: Count.default(0),
  /** Why it is not asked for any more; null while it is. */
  refusal: z.string().nullable(),
});
export type Group = z.infer<typeof Group>;

export const ListWalk = z.object({
  /** Readings of the list that are over. */
  round: Count,
  /** Next page; null when the reading is over. */
  question: z.object({ path: z.string(), query: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
  pages: Count,
  /** Rows that this reading found first. */
  found: Count,
  /** Distinct rows of this reading. */
  rows: Count,
  /** Numbers of this reading, as SparseNumbers; keys of the last page where they are no numbers. */
  seen: z.string(),
  lastKeys: z.array(z.string()),
  /** The host's own count, as the last page told it. */
  total: Count.nullable(),
  /** Rows of the page just read, whose details are still to be fetched. */
  pending: z.array(z.string()),
});
export type ListWalk = z.infer<typeof ListWalk>;

/** Where the pull of a host stands, stage by stage. */
export const StagesCursor = z.object({
  stage: Count,
  walk: ListWalk.nullable(),
  /** Of the present stage, as SparseNumbers: those with all details fetched. */
  fetched: z.string(),
  counts: z.record(z.string(), Count),
  /** By stage, or by group of details. */
  groups: z.record(z.string(), Group),
  tieOuts: z.array(TieOut),
  /** What the host counts in lists about single rows, and what came of them, by the name of the list. */
  declared: z.record(z.string(), z.object({ expected: Count, received: Count })).default({}),
  /** Rows that were listed more than once, and those that only a later reading found. */
  drift: z.object({ repeated: Count, late: Count }),
  notes: z.array(z.string()),
});
export type StagesCursor = z.infer<typeof StagesCursor>;

export const HostCursor = StagesCursor.extend({
  version: z.literal(1),
  /** When the pull began, by the server's clock or ours, whichever is earlier: nothing later is covered. */
  startedAt: Instant,
  identity: z.string(),
  access: z.string(),
});
export type HostCursor = z.infer<typeof HostCursor>;

export const noStages: StagesCursor = {
  stage: 0,
  walk: null,
  fetched: "",
  counts: {},
  groups: {},
  tieOuts: [],
  declared: {},
  drift: { repeated: 0, late: 0 },
  notes: [],
};
