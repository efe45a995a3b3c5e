import { z } from "zod";
import { ObjectId } from "./digest.ts";
import { EvidencePlace } from "./evidence.ts";
import { Instant } from "./instant.ts";

/** Where a fact was read. */
export const Origin = EvidencePlace.extend({ source: z.string() });
export type Origin = z.infer<typeof Origin>;

const fact = { origin: Origin };
const repository = z.string();

/** Name and address as git stores them, and a time that the person's own machine wrote. */
export const Signature = z.object({
  name: z.string(),
  email: z.string(),
  /** Author-written: proves no order of events. */
  at: Instant,
});
export type Signature = z.infer<typeof Signature>;

export const Commit = z.object({
  ...fact,
  kind: z.literal("commit"),
  repository,
  id: ObjectId,
  tree: ObjectId,
  parents: z.array(ObjectId),
  author: Signature,
  committer: Signature,
  message: z.string(),
  /** Co-authored-by trailers. */
  coAuthors: z.array(z.object({ name: z.string(), email: z.string() })),
  signed: z.boolean(),
});
export type Commit = z.infer<typeof Commit>;

export const ChangedPath = z.object({
  path: z.string(),
  /** A added, M modified, D deleted, T type changed. */
  status: z.string(),
});
export type ChangedPath = z.infer<typeof ChangedPath>;

/** What a commit changed against its first parent. */
export const ChangedPaths = z.object({
  ...fact,
  kind: z.literal("changed-paths"),
  repository,
  commit: ObjectId,
  paths: z.array(ChangedPath),
});
export type ChangedPaths = z.infer<typeof ChangedPaths>;

export const Ref = z.object({
  ...fact,
  kind: z.literal("ref"),
  repository,
  name: z.string(),
  object: ObjectId,
  /** The commit that it leads to: an annotated tag is peeled. */
  commit: ObjectId,
});
export type Ref = z.infer<typeof Ref>;

/**
 * Where the pulled history ends. `shallow`: the commit is there, its parents are not in the clone.
 * `before-range`: pulled commits name this one as a parent, but it lies before the range that was asked for.
 * A parent that is missing without a boundary is a gap, and what it was part of cannot pass.
 */
export const Boundary = z.object({
  ...fact,
  kind: z.literal("boundary"),
  repository,
  commit: ObjectId,
  reason: z.enum(["shallow", "before-range"]),
});
export type Boundary = z.infer<typeof Boundary>;

/** A line of .mailmap: the address on the right belongs to the person on the left. */
export const MailmapEntry = z.object({
  ...fact,
  kind: z.literal("mailmap-entry"),
  repository,
  name: z.string(),
  email: z.string(),
  /** Name as committed; empty: any. */
  commitName: z.string(),
  commitEmail: z.string(),
});
export type MailmapEntry = z.infer<typeof MailmapEntry>;

const login = z.string(); // empty: the account was deleted, or the host does not say
export const AccountType = z.enum(["user", "bot", "unknown"]);

/** A pull or merge request as the host records it. All times are the host's. */
export const ChangeRequest = z.object({
  ...fact,
  kind: z.literal("change-request"),
  repository,
  system: z.enum(["github"]),
  number: z.number().int().positive(),
  title: z.string(),
  url: z.string(),
  author: login,
  authorType: AccountType,
  sourceBranch: z.string(),
  targetBranch: z.string(),
  headCommit: ObjectId,
  state: z.enum(["open", "closed", "merged"]),
  createdAt: Instant,
  mergedAt: Instant.nullable(),
  mergeCommit: ObjectId.nullable(),
  /** Empty where this record does not say (list pages do not). */
  mergedBy: login,
  /** How many commits the host counts in it; null where this record does not say (list pages do not). */
  commits: z.number().int().nonnegative().nullable(),
});
export type ChangeRequest = z.infer<typeof ChangeRequest>;

export const ReviewState = z.enum(["approved", "changes-requested", "commented", "dismissed", "pending"]);

export const Review = z.object({
  ...fact,
  kind: z.literal("review"),
  repository,
  request: z.number().int().positive(),
  id: z.string(),
  reviewer: login,
  reviewerType: AccountType,
  state: ReviewState,
  /** Host's time. */
  at: Instant,
  /** Head of the request when the review was given; null when the host no longer knows. */
  commit: ObjectId.nullable(),
  /** False when the host says that the account has no right to approve (author association NONE). */
  mayApprove: z.boolean(),
});
export type Review = z.infer<typeof Review>;

/**
 * A page of a request's reviews was received: what makes "no review" a finding and not a gap. The list is whole
 * when pages 1 to the last are there; an objection on a missing page must not vanish.
 */
export const ReviewPage = z.object({
  ...fact,
  kind: z.literal("review-page"),
  repository,
  request: z.number().int().positive(),
  /** From the request's `page` parameter, 1 without it. */
  page: z.number().int().positive(),
  /** Fewer reviews than the request's `per_page` (30 without it): no page follows. */
  last: z.boolean(),
});
export type ReviewPage = z.infer<typeof ReviewPage>;

/** A commit of a request as the host lists it, with the account that the host ties to its address. */
export const RequestCommit = z.object({
  ...fact,
  kind: z.literal("request-commit"),
  repository,
  request: z.number().int().positive(),
  commit: ObjectId,
  authorLogin: login,
  authorEmail: z.string(),
  authorName: z.string(),
  message: z.string(),
});
export type RequestCommit = z.infer<typeof RequestCommit>;

export const BuildConclusion = z.enum([
  "success",
  "failure",
  "cancelled",
  "skipped",
  "neutral",
  "timed-out",
  "unknown",
]);

/** One run of a pipeline on one commit. Times are the CI server's. */
export const Build = z.object({
  ...fact,
  kind: z.literal("build"),
  repository,
  id: z.string(),
  workflow: z.string(),
  event: z.string(),
  branch: z.string(),
  commit: ObjectId,
  attempt: z.number().int().positive(),
  completed: z.boolean(),
  conclusion: BuildConclusion,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  actor: login,
  url: z.string(),
});
export type Build = z.infer<typeof Build>;

export const BuildJob = z.object({
  ...fact,
  kind: z.literal("build-job"),
  repository,
  build: z.string(),
  id: z.string(),
  attempt: z.number().int().positive(),
  name: z.string(),
  completed: z.boolean(),
  conclusion: BuildConclusion,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});
export type BuildJob = z.infer<typeof BuildJob>;

export const TicketEvent = z.object({
  at: Instant,
  by: login,
  field: z.string(),
  from: z.string(),
  to: z.string(),
});

export const Ticket = z.object({
  ...fact,
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
  reporter: login,
  assignee: login,
  /** Inline history. Pages of a longer one are TicketHistory facts. */
  history: z.array(TicketEvent),
  /** Numbers of change requests that the ticket's text or links name, as URLs. */
  links: z.array(z.string()),
  comments: z.number().int().nonnegative(),
});
export type Ticket = z.infer<typeof Ticket>;

export const TicketHistory = z.object({
  ...fact,
  kind: z.literal("ticket-history"),
  key: z.string(),
  events: z.array(TicketEvent),
});
export type TicketHistory = z.infer<typeof TicketHistory>;

export const Deployment = z.object({
  ...fact,
  kind: z.literal("deployment"),
  repository,
  /** Unique within the source: the mapped id, else the line. */
  id: z.string(),
  service: z.string(),
  environment: z.string(),
  /** True when the source's configuration counts the environment as production. */
  production: z.boolean(),
  /** As written: a tag, a commit id, a version. */
  revision: z.string(),
  previousRevision: z.string(),
  at: Instant,
  by: login,
  requestedBy: login,
  trigger: z.string(),
  /** True when trigger and account, as far as the source's configuration knows them, are the pipeline's. */
  byPipeline: z.boolean(),
  /** Empty when the log does not say how it ended. */
  status: z.string(),
});
export type Deployment = z.infer<typeof Deployment>;

/** A line of the entity's list of people. */
export const RosterPerson = z.object({
  ...fact,
  kind: z.literal("roster-person"),
  id: z.string(),
  name: z.string(),
  emails: z.array(z.string()),
  logins: z.array(z.string()),
  roles: z.array(z.string()),
});
export type RosterPerson = z.infer<typeof RosterPerson>;

export const Fact = z.discriminatedUnion("kind", [
  Commit,
  ChangedPaths,
  Ref,
  Boundary,
  MailmapEntry,
  ChangeRequest,
  Review,
  ReviewPage,
  RequestCommit,
  Build,
  BuildJob,
  Ticket,
  TicketHistory,
  Deployment,
  RosterPerson,
]);
export type Fact = z.infer<typeof Fact>;

/** A part of evidence that could not be read: kept, listed, and counted in the completeness statement. */
export const Unread = z.object({ origin: Origin, reason: z.string() });
export type Unread = z.infer<typeof Unread>;

/** What every reader gives. */
export interface ReadFacts {
  readonly facts: readonly Fact[];
  readonly unread: readonly Unread[];
}
