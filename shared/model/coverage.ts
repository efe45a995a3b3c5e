import { z } from "zod";
import { Instant } from "./instant.ts";

/** Kinds of evidence that an assertion can need. */
export const EvidenceKind = z.enum([
  "commits",
  "contents", // of commits: what REV-08 compares
  "requests",
  "reviews",
  "events", // what happened to a request, by the host's clock
  "comments", // what was remarked on requests, on lines of them and in their discussion
  "protection", // how the host guards the release branch
  "tickets",
  "decisions", // on tickets, where the system keeps them as such
  "builds",
  "reports", // of tools for tests
  "analysis",
  "deployments",
  "gates", // who let a deployment pass
  "access",
  "detections",
  "convergence",
  "switches",
  "announcements",
  "attachments",
  "attestations",
]);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/**
 * What a finished pull may be relied on for: all records of `kind` about `scope` from `from` (included) to `to` (excluded).
 * Absence means something only inside a coverage; outside of it nothing found is `no-evidence`.
 */
export const Coverage = z.object({
  kind: EvidenceKind,
  /** The engagement's repository name; for tickets the project key; for the production side the source's scope. */
  scope: z.string(),
  from: Instant,
  to: Instant,
  sourceId: z.string(),
});
export type Coverage = z.infer<typeof Coverage>;
