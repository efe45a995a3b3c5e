import { z } from "zod";
import { ItemCoverage } from "./change.ts";
import { EvidenceUse } from "./evidence.ts";
import { Instant, InstantOrEmpty } from "./instant.ts";
import { PersonRef } from "./person.ts";
import { AccessEvent, DetectedChange } from "./production-facts.ts";

/** One event of production's access logs. */
export const AccessEventItem = z.object({
  id: z.string(),
  log: z.string(),
  host: z.string(),
  at: Instant,
  by: PersonRef,
  as: z.string(),
  action: AccessEvent.shape.action,
  what: z.string(),
  writes: z.enum(["yes", "no", "unknown"]),
  from: z.string(),
  coverage: ItemCoverage,
  evidence: z.array(EvidenceUse),
});
export type AccessEventItem = z.infer<typeof AccessEventItem>;

/** What may have made a detected change: a run of the configuration tool, or a deployment. */
export const ExplanationView = z.object({
  by: z.enum(["convergence", "deployment"]),
  id: z.string(),
  at: Instant,
  /** It began after the detector's run before: what began earlier may have made its changes before that run. */
  within: z.boolean(),
  byPipeline: z.boolean(),
  /** It says itself that it changed this path. */
  namesPath: z.boolean(),
  /** The configuration's commit is on the release branch of one of the repositories. */
  onReleaseBranch: z.boolean(),
});
export type ExplanationView = z.infer<typeof ExplanationView>;

/** Something on a production system that was found changed. */
export const DetectedChangeItem = z.object({
  id: z.string(),
  detector: z.string(),
  host: z.string(),
  at: Instant,
  /** The detector's run before: the change lies between the two. Empty where the report does not say. */
  since: InstantOrEmpty,
  what: DetectedChange.shape.what,
  path: z.string(),
  detail: z.string(),
  severity: z.string(),
  /** What happened on that host, or in production, between the two runs. */
  explanations: z.array(ExplanationView),
  coverage: ItemCoverage,
  evidence: z.array(EvidenceUse),
});
export type DetectedChangeItem = z.infer<typeof DetectedChangeItem>;
