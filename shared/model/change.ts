import { z } from "zod";
import { BuildConclusion } from "./build-facts.ts";
import { ObjectId } from "./digest.ts";
import { EvidenceUse } from "./evidence.ts";
import { Instant, InstantOrEmpty as Time } from "./instant.ts";
import { PersonRef } from "./person.ts";
import { ReviewState } from "./request-facts.ts";
import { ChangeTicket } from "./ticket-facts.ts";
import {
  AnalysisView,
  CommentView,
  ContentView,
  DecisionView,
  EventView,
  FindingView,
  LinkView,
  PathView,
  RelatedChangeView,
  RewriteView,
  SizeView,
  StepView,
  SwitchView,
  TestReportView,
  ThroughView,
} from "./trail-view.ts";

/*
 * What the rules read. Every field is always there, so that a rule never meets a missing one: where nothing was
 * found, `found` is false, texts and times are empty and lists have no element. The CEL types are made from
 * these schemas.
 */

/** Whether each kind of evidence (see EvidenceKind) was pulled for this item, whole and for its time. */
export const ItemCoverage = z.object({
  commits: z.boolean(),
  requests: z.boolean(),
  reviews: z.boolean(),
  tickets: z.boolean(),
  builds: z.boolean(),
  deployments: z.boolean(),
  contents: z.boolean(),
  events: z.boolean(),
  comments: z.boolean(),
  protection: z.boolean(),
  decisions: z.boolean(),
  reports: z.boolean(),
  analysis: z.boolean(),
  gates: z.boolean(),
  access: z.boolean(),
  detections: z.boolean(),
  convergence: z.boolean(),
  switches: z.boolean(),
  announcements: z.boolean(),
  attachments: z.boolean(),
  attestations: z.boolean(),
});
export type ItemCoverage = z.infer<typeof ItemCoverage>;

export const RequestView = z.object({
  found: z.boolean(),
  /**
   * How it is known that this change is that request's merge: `host`: the host names this commit as the merge;
   * `rebase`: the host names a later commit, and this one stands where an earlier commit of the same rebase would;
   * `none`.
   */
  via: z.enum(["host", "rebase", "none"]),
  number: z.int(),
  title: z.string(),
  author: PersonRef,
  mergedBy: PersonRef,
  sourceBranch: z.string(),
  targetBranch: z.string(),
  headCommit: z.string(),
  /**
   * The last commit, and those before it to which it only adds the release branch, by git's own merge: an approval of one
   * of them is an approval of what was merged.
   */
  approvedHeads: z.array(z.string()),
  /** When it was last aimed at another branch before its merge: an approval from before was given on something else. */
  retargetedAt: Time,
  createdAt: Time,
  mergedAt: Time,
  labels: z.array(z.string()),
  /** Address of the request's page. */
  url: z.string(),
});
export type RequestView = z.infer<typeof RequestView>;

export const ReviewView = z.object({
  id: z.string(),
  by: PersonRef,
  state: ReviewState,
  at: Instant,
  /** Head of the request when the review was given; empty when the host no longer knows. */
  commit: z.string(),
  mayApprove: z.boolean(),
});
export type ReviewView = z.infer<typeof ReviewView>;

export const TicketView = z.object({
  key: z.string(),
  type: z.string(),
  summary: z.string(),
  status: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
  resolvedAt: Time,
  reporter: PersonRef,
  assignee: PersonRef,
  /** The process's own class of it: `unknown` where the system keeps none. */
  changeType: ChangeTicket.shape.type,
  done: z.boolean(),
  history: z.array(StepView),
  decisions: z.array(DecisionView),
  comments: z.array(CommentView),
  links: z.array(LinkView),
});
export type TicketView = z.infer<typeof TicketView>;

export const JobView = z.object({
  name: z.string(),
  completed: z.boolean(),
  conclusion: BuildConclusion,
  /** Empty where the CI system does not tell them of a job. */
  startedAt: Time,
  finishedAt: Time,
});

export const BuildView = z.object({
  id: z.string(),
  workflow: z.string(),
  commit: z.string(),
  attempt: z.int(),
  completed: z.boolean(),
  conclusion: BuildConclusion,
  startedAt: Instant,
  finishedAt: Time,
  jobs: z.array(JobView),
});
export type BuildView = z.infer<typeof BuildView>;

export const ReleaseView = z.object({
  id: z.string(),
  environment: z.string(),
  at: Instant,
  /** Who deployed: the person on whose behalf the pipeline ran, where the log names one; else the account. */
  by: PersonRef,
  byPipeline: z.boolean(),
  revision: z.string(),
  /** Commit that was deployed: the code that was released. */
  commit: z.string(),
  gates: z.array(DecisionView),
});
export type ReleaseView = z.infer<typeof ReleaseView>;

export const TrailerView = z.object({
  token: z.string(),
  value: z.string(),
  /** Who is named by an address in it; nobody where it names none. */
  person: PersonRef,
  commit: ObjectId,
});
export type TrailerView = z.infer<typeof TrailerView>;

/** What arrived on the release branch, joined to its request, reviews, tickets, builds and deployments. */
export const Change = z.object({
  /** `repository@commit`. */
  id: z.string(),
  repository: z.string(),
  commit: ObjectId,
  /** `merge` has more than one parent. A `single` commit may be a squash, a rebase or a push. */
  kind: z.enum(["merge", "single"]),
  title: z.string(),
  /** When it arrived on the release branch. */
  at: Instant,
  /** Whose clock `at` is: the host's, or that of whoever made the commit. */
  clock: z.enum(["host", "committer"]),
  /** Request number that the message names: proves nothing; 0 where it names none. */
  claimedRequest: z.int(),
  /** Ids of the commits that it brought, itself first. */
  commits: z.array(ObjectId),
  /** Who wrote it: authors and co-authors of its commits, and who opened its request. */
  authors: z.array(PersonRef),
  committer: PersonRef,
  request: RequestView,
  /** The merge's second parent is the request's head; for a single commit nothing can be said and it is true. */
  mergesHead: z.boolean(),
  /** Where it merges a whole branch: the requests that had been merged into that one. */
  through: z.array(ThroughView),
  /** All that the branch brought came by these requests. */
  allThrough: z.boolean(),
  reviews: z.array(ReviewView),
  /** Ticket keys that branch, title or messages with their trailers name, and of tickets that link to its request. */
  ticketKeys: z.array(z.string()),
  /** Those of the named tickets that exist. */
  tickets: z.array(TicketView),
  /** What the ends of its commits' messages say of them: `Reviewed-by: …`. A message proves nothing. */
  trailers: z.array(TrailerView),
  /** Changes that it takes back. */
  reverts: z.array(RelatedChangeView),
  /** Changes that it repeats: cherry-picks and backports. */
  repeats: z.array(RelatedChangeView),
  /** Moves of the release branch that were no step forward and by which it came there, or which ended at it. */
  rewrites: z.array(RewriteView),
  /** What it changed on the release branch: against its first parent. */
  paths: z.array(PathView),
  /** False where what it changed was not received: then no path means nothing. */
  pathsKnown: z.boolean(),
  size: SizeView,
  content: ContentView,
  comments: z.array(CommentView),
  events: z.array(EventView),
  /** Of this commit, of the request's head, and of the commits that were released with it. */
  reports: z.array(TestReportView),
  analyses: z.array(AnalysisView),
  /** Findings that were open at some time between its merge and its release, or that a report on one of its commits has. */
  findings: z.array(FindingView),
  /** Turns of switches that name one of its tickets. */
  switches: z.array(SwitchView),
  /** Builds of this commit and of the commits that were released with it, as they stood at the release. */
  builds: z.array(BuildView),
  /** First production deployment, in each environment, that contains it. */
  releases: z.array(ReleaseView),
  coverage: ItemCoverage,
  evidence: z.array(EvidenceUse),
});
export type Change = z.infer<typeof Change>;
