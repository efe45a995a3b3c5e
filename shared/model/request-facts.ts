import { z } from "zod";
import { AccountType, Login } from "./account.ts";
import { ObjectId } from "./digest.ts";
import { Instant } from "./instant.ts";
import { factBase } from "./origin.ts";

/** Systems that keep change requests. Bitbucket Cloud and Data Center, and Azure Repos, each count as one. */
export const CodeHost = z.enum(["github", "gitlab", "gerrit", "bitbucket", "azure-devops"]);
export type CodeHost = z.infer<typeof CodeHost>;

/** A commit as the host names it: its id, or the first digits of it, which is all that some of its records have. */
const CommitName = z.string().regex(/^[0-9a-f]{7,64}$/);

/** A pull or merge request as the host records it. All times are the host's. */
export const ChangeRequest = z.object({
  ...factBase,
  kind: z.literal("change-request"),
  repository: z.string(),
  system: CodeHost,
  number: z.number().int().positive(),
  title: z.string(),
  url: z.string(),
  author: Login,
  authorType: AccountType,
  sourceBranch: z.string(),
  targetBranch: z.string(),
  headCommit: CommitName,
  state: z.enum(["open", "closed", "merged"]),
  createdAt: Instant,
  /** Null where this record does not say: Bitbucket Cloud tells it in the request's activity only. */
  mergedAt: Instant.nullable(),
  mergeCommit: CommitName.nullable(),
  /** Empty where this record does not say (list pages do not). */
  mergedBy: Login,
  /** How many commits the host counts in it; null where this record does not say (list pages do not). */
  commits: z.number().int().nonnegative().nullable(),
});
export type ChangeRequest = z.infer<typeof ChangeRequest>;

export const ReviewState = z.enum(["approved", "changes-requested", "commented", "dismissed", "pending"]);

export const Review = z.object({
  ...factBase,
  kind: z.literal("review"),
  repository: z.string(),
  request: z.number().int().positive(),
  id: z.string(),
  reviewer: Login,
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
  ...factBase,
  kind: z.literal("review-page"),
  repository: z.string(),
  request: z.number().int().positive(),
  /** From the request's `page` parameter, 1 without it. */
  page: z.number().int().positive(),
  /** Fewer reviews than the request's `per_page` (30 without it), or the page says so itself: no page follows. */
  last: z.boolean(),
  /** Where pages have no numbers: the mark by which this one was asked for, empty for the first, and that of the next. */
  chain: z.object({ mark: z.string(), next: z.string() }).optional(),
});
export type ReviewPage = z.infer<typeof ReviewPage>;

/** A commit of a request as the host lists it, with the account that the host ties to its address. */
export const RequestCommit = z.object({
  ...factBase,
  kind: z.literal("request-commit"),
  repository: z.string(),
  request: z.number().int().positive(),
  commit: ObjectId,
  authorLogin: Login,
  authorEmail: z.string(),
  authorName: z.string(),
  message: z.string(),
});
export type RequestCommit = z.infer<typeof RequestCommit>;

/** Something that happened to a request, with the host's time: what git's own times cannot prove. */
export const RequestEvent = z.object({
  ...factBase,
  kind: z.literal("request-event"),
  repository: z.string(),
  request: z.number().int().positive(),
  id: z.string(),
  event: z.enum([
    "pushed",
    "force-pushed",
    "review-requested",
    "review-dismissed",
    "approval-withdrawn",
    "retargeted",
    "merged",
    "closed",
    "reopened",
    "checks-overridden",
    "other",
  ]),
  /** The host's own word for it. */
  word: z.string(),
  at: Instant,
  by: Login,
  /** Head after a push; empty otherwise. */
  commit: z.string(),
  /** Head before a push; empty where the host does not say. */
  previousCommit: z.string(),
  /** What else it says: the reason of a dismissal, the old and new target. */
  text: z.string(),
  /** Of a dismissal: which review was dismissed, and what it said until then. */
  review: z.object({ id: z.string(), state: ReviewState }).optional(),
});
export type RequestEvent = z.infer<typeof RequestEvent>;

/** A remark in a request's discussion or on a line of its code. */
export const RequestComment = z.object({
  ...factBase,
  kind: z.literal("request-comment"),
  repository: z.string(),
  request: z.number().int().positive(),
  id: z.string(),
  by: Login,
  at: Instant,
  /** Path that it is about; empty for the discussion. */
  path: z.string(),
  text: z.string(),
  /** Null where the host keeps no such state. */
  resolved: z.boolean().nullable(),
});
export type RequestComment = z.infer<typeof RequestComment>;

/** How the host guards a branch, as its settings said when they were read (or, for history, from `at` on). */
export const BranchProtection = z.object({
  ...factBase,
  kind: z.literal("branch-protection"),
  repository: z.string(),
  branch: z.string(),
  at: Instant,
  /** False: the branch is not protected. */
  enabled: z.boolean(),
  requiredApprovals: z.int().nonnegative(),
  dismissesStaleApprovals: z.boolean().nullable(),
  bindsAdministrators: z.boolean().nullable(),
  requiredChecks: z.array(z.string()),
  allowsForcePush: z.boolean().nullable(),
  /** Who changed it, where an audit log says so. */
  by: Login,
});
export type BranchProtection = z.infer<typeof BranchProtection>;

/** A rule of the host on who must approve (GitLab approval rules, reviewers by path). */
export const ApprovalRule = z.object({
  ...factBase,
  kind: z.literal("approval-rule"),
  repository: z.string(),
  /** 0: of the repository; else of that request. */
  request: z.number().int().nonnegative(),
  name: z.string(),
  requiredApprovals: z.int().nonnegative(),
  eligible: z.array(z.string()),
});
export type ApprovalRule = z.infer<typeof ApprovalRule>;

/** What only a request's own record says, not the list of requests. */
export const RequestDetails = z.object({
  ...factBase,
  kind: z.literal("request-details"),
  repository: z.string(),
  request: z.number().int().positive(),
  labels: z.array(z.string()),
  /** As the host counts it; null where it does not. */
  size: z
    .object({ added: z.int().nonnegative(), removed: z.int().nonnegative(), files: z.int().nonnegative() })
    .nullable(),
});
export type RequestDetails = z.infer<typeof RequestDetails>;
