import { z } from "zod";
import { Sha256 } from "../../model/digest.ts";

const Count = z.int().positive();

/** What was replaced, by kind. Never what it said. */
export const Replaced = z.object({
  kind: z.string(),
  count: Count,
  /** `line 12` of the derived copy, or a path in a part, for the first hundred. */
  places: z.array(z.string()).max(100),
});
export type Replaced = z.infer<typeof Replaced>;

/** A record that is in the bundle in another form than it was received. */
export const RedactedEvidence = z.object({
  /** Of the record as it was received, which whoever has it can compare. */
  original: z.object({ sha256: Sha256, size: z.int().nonnegative() }),
  /** The copy in the bundle; null where the record was withheld as a whole. */
  derived: z.object({ path: z.string(), sha256: Sha256, size: z.int().nonnegative() }).nullable(),
  replaced: z.array(Replaced),
  /** Why nothing of it is there; empty where a copy is. */
  withheld: z.string(),
});
export type RedactedEvidence = z.infer<typeof RedactedEvidence>;

/**
 * The part that lists every redaction of the bundle. `complete`: everything is there but secrets; `redacted`: an edition for outsiders, made
 * by rules of whoever exported it.
 */
export const RedactionLog = z.object({
  edition: z.enum(["complete", "redacted"]),
  /** Kinds of things that were looked for. */
  lookedFor: z.array(z.string()),
  evidence: z.array(RedactedEvidence),
  /** Other parts whose statements were changed: their names in the engagement, and what was replaced. */
  statements: z.array(z.object({ of: z.string(), replaced: z.array(Replaced) })),
});
export type RedactionLog = z.infer<typeof RedactionLog>;

export const redactionLogPath = "redactions.json";
/** The derived copy of a record that was received with this hash. */
export const redactedEvidencePath = (originalSha256: string) => `evidence/redacted/${originalSha256}`;
