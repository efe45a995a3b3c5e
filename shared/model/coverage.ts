import { z } from "zod";
import { Instant } from "./instant.ts";

/** Kinds of evidence that an assertion can need. */
export const EvidenceKind = z.enum(["commits", "requests", "reviews", "tickets", "builds", "deployments"]);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/**
 * What a finished pull may be relied on for: all records of `kind` about `scope` from `from` (included) to `to` (excluded).
 * Absence means something only inside a coverage; outside of it nothing found is `no-evidence`.
 */
export const Coverage = z.object({
  kind: EvidenceKind,
  /** The engagement's repository name; for tickets the project key. */
  scope: z.string(),
  from: Instant,
  to: Instant,
  sourceId: z.string(),
});
export type Coverage = z.infer<typeof Coverage>;
