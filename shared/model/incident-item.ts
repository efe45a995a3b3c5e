import { z } from "zod";
import { ItemCoverage, TicketView } from "./change.ts";
import { EvidenceUse } from "./evidence.ts";
import { Instant } from "./instant.ts";

/** A ticket that an incident links to, and what came of it in the repositories. */
export const FollowUpView = z.object({
  key: z.string(),
  relation: z.string(),
  type: z.string(),
  summary: z.string(),
  done: z.boolean(),
  createdAt: Instant,
  /** Changes that name the ticket, and came after the incident. */
  changes: z.array(z.string()),
  /** What each of them touched was received. */
  pathsKnown: z.boolean(),
  /** Paths that these changes added or changed; not those that they took away. */
  paths: z.array(z.string()),
});
export type FollowUpView = z.infer<typeof FollowUpView>;

/** A production incident: a ticket of a type with that word. */
export const IncidentItem = z.object({
  id: z.string(),
  title: z.string(),
  at: Instant,
  ticket: TicketView,
  followUps: z.array(FollowUpView),
  /** Names of attached documents that name the incident. */
  documents: z.array(z.string()),
  /** Paths that changes which name the incident itself added or changed after it. */
  paths: z.array(z.string()),
  coverage: ItemCoverage,
  evidence: z.array(EvidenceUse),
});
export type IncidentItem = z.infer<typeof IncidentItem>;
