import { z } from "zod";
import { Login } from "./account.ts";
import { Instant } from "./instant.ts";
import { factBase } from "./origin.ts";

export const TicketEvent = z.object({
  at: Instant,
  by: Login,
  field: z.string(),
  from: z.string(),
  to: z.string(),
});
export type TicketEvent = z.infer<typeof TicketEvent>;

export const Ticket = z.object({
  ...factBase,
  kind: z.literal("ticket"),
  key: z.string(),
  project: z.string(),
  type: z.string(),
  summary: z.string(),
  status: z.string(),
  statusCategory: z.enum(["new", "indeterminate", "done", "undefined"]),
  createdAt: Instant,
  updatedAt: Instant,
  resolvedAt: Instant.nullable(),
  reporter: Login,
  assignee: Login,
  /** Inline history. Pages of a longer one are TicketHistory facts. */
  history: z.array(TicketEvent),
  /** Numbers of change requests that the ticket's text or links name, as URLs. */
  links: z.array(z.string()),
  comments: z.number().int().nonnegative(),
});
export type Ticket = z.infer<typeof Ticket>;

export const TicketHistory = z.object({
  ...factBase,
  kind: z.literal("ticket-history"),
  key: z.string(),
  events: z.array(TicketEvent),
});
export type TicketHistory = z.infer<typeof TicketHistory>;

export const TicketComment = z.object({
  ...factBase,
  kind: z.literal("ticket-comment"),
  key: z.string(),
  id: z.string(),
  at: Instant,
  by: Login,
  text: z.string(),
});
export type TicketComment = z.infer<typeof TicketComment>;

/** A decision on a ticket that the system keeps as such: of a change board, of an approver. */
export const TicketApproval = z.object({
  ...factBase,
  kind: z.literal("ticket-approval"),
  key: z.string(),
  id: z.string(),
  by: Login,
  decision: z.enum(["approved", "declined", "pending"]),
  /** Null while pending. */
  at: Instant.nullable(),
  /** The step that was decided, as the system names it: "CAB approval". */
  stage: z.string(),
});
export type TicketApproval = z.infer<typeof TicketApproval>;

/** From one ticket to another, or to something outside. */
export const TicketLink = z.object({
  ...factBase,
  kind: z.literal("ticket-link"),
  key: z.string(),
  /** The system's word for it: "is caused by". */
  relation: z.string(),
  /** Key of the other ticket; empty for something outside. */
  to: z.string(),
  url: z.string(),
});
export type TicketLink = z.infer<typeof TicketLink>;

/** What a change ticket says of the change as a process sees it (ServiceNow, Jira Service Management). */
export const ChangeTicket = z.object({
  ...factBase,
  kind: z.literal("change-ticket"),
  key: z.string(),
  type: z.enum(["standard", "normal", "emergency", "unknown"]),
  risk: z.string(),
  plannedStart: Instant.nullable(),
  plannedEnd: Instant.nullable(),
  actualStart: Instant.nullable(),
  actualEnd: Instant.nullable(),
  closeCode: z.string(),
});
export type ChangeTicket = z.infer<typeof ChangeTicket>;
