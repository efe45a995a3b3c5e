import { z } from "zod";
import { Instant } from "../../../shared/model/instant.ts";
import { IssueKey } from "./jira-shapes.ts";

const Count = z.number().int().nonnegative();
const Token = z.string().nullable();

export const ProjectTotals = z.object({
  project: z.string(),
  received: Count,
  /** Tickets of the list of keys that was asked afterwards, and those of them that were received. */
  listed: Count,
  listedAndReceived: Count,
});
export type ProjectTotals = z.infer<typeof ProjectTotals>;

/** A question about one ticket: what its page did not hold. */
export const TicketDetail = z.object({
  key: IssueKey,
  what: z.enum(["changelog", "comments", "approvals", "remote-links", "development"]),
  /** Of the ticket inside Jira, and the system whose pull requests are asked for: development links need both. */
  id: z.string().optional(),
  system: z.string().optional(),
});
export type TicketDetail = z.infer<typeof TicketDetail>;

/** Where the pull of one project stands. */
export const ProjectWalk = z.object({
  /**
   * `issues`: pages with everything, by key. `keys`: the keys alone in the opposite order, to hold the first list
   * against. `missing`: tickets that only the second list had.
   */
  step: z.enum(["issues", "keys", "missing"]),
  /** Page to ask next in this step; null: the first. */
  token: Token,
  /** Numbers of the tickets received, as a NumberSet. */
  received: z.string(),
  /** What is still to be asked about tickets of the page just read. */
  details: z.array(TicketDetail),
  missing: z.array(IssueKey),
  /** Numbers of the tickets in the list of keys, as a NumberSet. */
  listed: z.string(),
  /** Tickets of that list that could not be had even when asked for by key. */
  lost: Count,
  /** Page tokens last a few days; after a longer interruption the project is listed from its beginning again. */
  begunAgain: z.boolean(),
});
export type ProjectWalk = z.infer<typeof ProjectWalk>;

export const JiraCursor = z.object({
  version: z.literal(2),
  /** When the pull began, by the server's clock or ours, whichever is earlier: nothing later is covered. */
  startedAt: Instant,
  account: z.string(),
  identity: z.string(),
  access: z.string(),
  /** Index into the source's projects; equal to their number when all are done. */
  project: Count,
  walk: ProjectWalk,
  finished: z.array(ProjectTotals),
  counts: z.object({ tickets: Count, histories: Count, comments: Count, approvals: Count, links: Count }),
  /** Tickets that were listed more than once, and those found only by the list of keys. */
  drift: z.object({ repeated: Count, late: Count }).default({ repeated: 0, late: 0 }),
  /** Details that the account may not read, and how often. */
  refused: z.record(z.string(), Count),
  /** Details of which a ticket has more than Jira gave: nobody can rely on there being no other. */
  cut: z.array(z.string()).exactOptional(),
  notes: z.array(z.string()),
});
export type JiraCursor = z.infer<typeof JiraCursor>;

export function newProjectWalk(): ProjectWalk {
  return {
    step: "issues",
    token: null,
    received: "",
    details: [],
    missing: [],
    listed: "",
    lost: 0,
    begunAgain: false,
  };
}
