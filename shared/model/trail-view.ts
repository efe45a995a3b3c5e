import { z } from "zod";
import { Severity } from "./analysis-facts.ts";
import { Instant, InstantOrEmpty } from "./instant.ts";
import { PersonRef } from "./person.ts";
import { SwitchEvent } from "./production-facts.ts";
import { RequestEvent } from "./request-facts.ts";

/*
 * What rules read of the trail that a change or a deployment left. As in all items every field is always there.
 */

export const PathView = z.object({
  path: z.string(),
  /** A added, M modified, D deleted, T type changed. */
  status: z.string(),
  /** Persons and teams that CODEOWNERS gives the path to, as written there. */
  owners: z.array(z.string()),
});
export type PathView = z.infer<typeof PathView>;

/** How large a change is, as the host counts it. */
export const SizeView = z.object({ known: z.boolean(), added: z.int(), removed: z.int(), files: z.int() });
export type SizeView = z.infer<typeof SizeView>;

/**
 * How what is on the branch compares with what git makes of the approved head by itself.
 * `mechanical`: it is the same; `different`: it is not, in `paths`; `conflict`: git cannot merge it alone, and somebody
 * resolved `paths`; `unknown`: the contents were not there to compare.
 */
export const ContentView = z.object({
  outcome: z.enum(["mechanical", "different", "conflict", "unknown"]),
  paths: z.array(z.string()),
});
export type ContentView = z.infer<typeof ContentView>;

/**
 * Another change that a change takes back or repeats. A message proves nothing; `exact` says that the contents do.
 */
export const RelatedChangeView = z.object({
  /** The commit that is taken back or repeated. */
  commit: z.string(),
  /** The change that brought it, `repository@commit`; empty where none of the pulled history did. */
  change: z.string(),
  /** How it is known: the message names it, or its patch is the same. */
  basis: z.enum(["message", "patch"]),
  /** This change brings nothing but the same patch (to take something back: the opposite one). */
  exact: z.boolean(),
  /** Who approved that other change in a way that counts (`approvedBy`); none where the host does not name it as a request's merge. */
  approvers: z.array(PersonRef),
});
export type RelatedChangeView = z.infer<typeof RelatedChangeView>;

/** A request that came to the release branch with a whole branch into which it had been merged before. */
export const ThroughView = z.object({
  number: z.int(),
  /** The commit that the host names as its merge. */
  commit: z.string(),
  /** Who approved it in a way that counts (`approvedBy`), and git makes the same merge by itself. */
  approvers: z.array(PersonRef),
});
export type ThroughView = z.infer<typeof ThroughView>;

/** The release branch was moved to where it did not contain what it had been, and this change came to it thereby. */
export const RewriteView = z.object({
  before: z.string(),
  after: z.string(),
  at: Instant,
  /** As the machine noted that keeps the reflog: name and address. */
  by: z.string(),
  /** Commits that the branch lost, as far as they are known; of many the first. */
  lost: z.array(z.string()),
  /** How many it lost; 0 where it is not known. */
  lostCount: z.int(),
});
export type RewriteView = z.infer<typeof RewriteView>;

export const CommentView = z.object({
  by: PersonRef,
  at: Instant,
  /** Path that it is about; empty for the discussion. */
  path: z.string(),
  text: z.string(),
  resolved: z.enum(["yes", "no", "unknown"]),
});
export type CommentView = z.infer<typeof CommentView>;

export const EventView = z.object({
  event: RequestEvent.shape.event,
  /** The host's own word for it. */
  word: z.string(),
  by: PersonRef,
  at: Instant,
  commit: z.string(),
});
export type EventView = z.infer<typeof EventView>;

/** Somebody's decision: on a ticket, or at a gate before a deployment. */
export const DecisionView = z.object({
  by: PersonRef,
  decision: z.enum(["approved", "declined", "pending"]),
  /**
   * By the clock of the system that asked. Of a gate whose host tells no time: when the deployment that it held went on,
   * as the host's own status says, so it was answered no later; empty where nothing tells that either.
   */
  at: InstantOrEmpty,
  /** Stage of the ticket, or environment, that was decided. */
  stage: z.string(),
});
export type DecisionView = z.infer<typeof DecisionView>;

export const StepView = z.object({
  at: Instant,
  by: PersonRef,
  field: z.string(),
  from: z.string(),
  to: z.string(),
});
export type StepView = z.infer<typeof StepView>;

export const LinkView = z.object({ relation: z.string(), to: z.string(), url: z.string() });
export type LinkView = z.infer<typeof LinkView>;

export const TestReportView = z.object({
  tool: z.string(),
  suite: z.string(),
  commit: z.string(),
  at: InstantOrEmpty,
  tests: z.int(),
  failures: z.int(),
  errors: z.int(),
  skipped: z.int(),
});
export type TestReportView = z.infer<typeof TestReportView>;

export const AnalysisView = z.object({
  /** Its name, and in brackets the part of the code that it looked at, where a host tells. */
  tool: z.string(),
  sort: z.enum(["security", "lint", "unknown"]),
  commit: z.string(),
  at: InstantOrEmpty,
  succeeded: z.boolean(),
  findings: z.int(),
});
export type AnalysisView = z.infer<typeof AnalysisView>;

export const FindingView = z.object({
  tool: z.string(),
  rule: z.string(),
  severity: Severity,
  path: z.string(),
  commit: z.string(),
  state: z.enum(["open", "fixed", "dismissed"]),
  openedAt: InstantOrEmpty,
  closedAt: InstantOrEmpty,
});
export type FindingView = z.infer<typeof FindingView>;

export const SwitchView = z.object({
  name: z.string(),
  environment: z.string(),
  at: Instant,
  by: PersonRef,
  change: SwitchEvent.shape.change,
  text: z.string(),
});
export type SwitchView = z.infer<typeof SwitchView>;

export const AnnouncementView = z.object({
  medium: z.string(),
  channel: z.string(),
  at: Instant,
  by: PersonRef,
  text: z.string(),
});
export type AnnouncementView = z.infer<typeof AnnouncementView>;

/** Where else the same artifact was deployed before. */
export const EarlierDeploymentView = z.object({
  id: z.string(),
  environment: z.string(),
  at: Instant,
  byPipeline: z.boolean(),
  /** It failed, or its record does not say that it succeeded. */
  failed: z.boolean(),
});
export type EarlierDeploymentView = z.infer<typeof EarlierDeploymentView>;
