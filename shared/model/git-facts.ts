import { z } from "zod";
import { ObjectId } from "./digest.ts";
import { Instant } from "./instant.ts";
import { factBase } from "./origin.ts";

/** Name and address as git stores them, and a time that the person's own machine wrote. */
export const Signature = z.object({
  name: z.string(),
  email: z.string(),
  /** Author-written: proves no order of events. */
  at: Instant,
});
export type Signature = z.infer<typeof Signature>;

export const Commit = z.object({
  ...factBase,
  kind: z.literal("commit"),
  repository: z.string(),
  id: ObjectId,
  tree: ObjectId,
  parents: z.array(ObjectId),
  author: Signature,
  committer: Signature,
  message: z.string(),
  /** Co-authored-by trailers. */
  coAuthors: z.array(z.object({ name: z.string(), email: z.string() })),
  /** What the end of the message says of the commit (`Reviewed-by: …`), by git's own rules; absent where it says nothing. */
  trailers: z.array(z.object({ token: z.string(), value: z.string() })).optional(),
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
  ...factBase,
  kind: z.literal("changed-paths"),
  repository: z.string(),
  commit: ObjectId,
  paths: z.array(ChangedPath),
});
export type ChangedPaths = z.infer<typeof ChangedPaths>;

export const Ref = z.object({
  ...factBase,
  kind: z.literal("ref"),
  repository: z.string(),
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
  ...factBase,
  kind: z.literal("boundary"),
  repository: z.string(),
  commit: ObjectId,
  reason: z.enum(["shallow", "before-range"]),
});
export type Boundary = z.infer<typeof Boundary>;

/** A line of .mailmap: the address on the right belongs to the person on the left. */
export const MailmapEntry = z.object({
  ...factBase,
  kind: z.literal("mailmap-entry"),
  repository: z.string(),
  name: z.string(),
  email: z.string(),
  /** Name as committed; empty: any. */
  commitName: z.string(),
  commitEmail: z.string(),
});
export type MailmapEntry = z.infer<typeof MailmapEntry>;

/** What git says of a commit's signature with the keys that the pull was given. */
export const CommitSignature = z.object({
  ...factBase,
  kind: z.literal("commit-signature"),
  repository: z.string(),
  commit: ObjectId,
  /** `unknown-key`: it may be good, but the key was not handed over. */
  status: z.enum(["good", "bad", "expired", "revoked", "unknown-key", "none"]),
  /** As git prints it; empty where there is none. */
  signer: z.string(),
  key: z.string(),
});
export type CommitSignature = z.infer<typeof CommitSignature>;

/** A note that git keeps beside a commit (`refs/notes/*`). */
export const CommitNote = z.object({
  ...factBase,
  kind: z.literal("commit-note"),
  repository: z.string(),
  commit: ObjectId,
  ref: z.string(),
  text: z.string(),
});
export type CommitNote = z.infer<typeof CommitNote>;

/** A line of CODEOWNERS at the release branch's tip. The last line that fits a path wins. */
export const CodeOwners = z.object({
  ...factBase,
  kind: z.literal("code-owners"),
  repository: z.string(),
  line: z.int().positive(),
  pattern: z.string(),
  /** `@login`, `@org/team` or an address; none: the path has no owner. */
  owners: z.array(z.string()),
});
export type CodeOwners = z.infer<typeof CodeOwners>;

/**
 * What git itself makes of a merge, squash or rebase, to hold against what is on the branch (REV-08).
 * `clean`: git merged without conflict, and `tree` is the result; `conflict`: somebody had to resolve, and `paths`
 * are the conflicting ones; `contents-missing`: the clone has no contents to merge.
 */
export const MechanicalMerge = z.object({
  ...factBase,
  kind: z.literal("mechanical-merge"),
  repository: z.string(),
  /** The commit on the release branch. */
  commit: ObjectId,
  /** What was merged: the approved head. */
  head: ObjectId,
  onto: ObjectId,
  outcome: z.enum(["clean", "conflict", "contents-missing"]),
  /** Empty unless clean. */
  tree: z.string(),
  /** Paths in which the commit's tree differs from the mechanical one, or that conflict. */
  paths: z.array(z.string()),
});
export type MechanicalMerge = z.infer<typeof MechanicalMerge>;

/** A line of a branch's reflog, with git's own answers on how its two commits stand to each other. */
export const ReflogEntry = z.object({
  /** As git keeps it: `<before> <after> <name> <<address>> <seconds> <zone>\t<why>`. */
  line: z.string(),
  /** `rewritten`: the later commit does not contain the earlier; `unknown`: git has no longer the later one. */
  moved: z.enum(["forward", "rewritten", "unknown"]),
  /** `git merge-base --all` of both; empty where they have nothing in common or the earlier one is gone. */
  bases: z.array(ObjectId),
  /** The same of the later commit and the branch's tip: what of it is on the branch still. */
  kept: z.array(ObjectId),
  /** Commits that the branch lost, newest first; of many the first. */
  lost: z.array(ObjectId),
  /** 0 of a rewrite: the earlier commit is gone, and what else was lost with it is not known. */
  lostCount: z.int().nonnegative(),
});
export type ReflogEntry = z.infer<typeof ReflogEntry>;

/** A branch was moved to a commit that does not contain where it had been: a force-push, or a reset in place. */
export const BranchRewrite = z.object({
  ...factBase,
  kind: z.literal("branch-rewrite"),
  repository: z.string(),
  branch: z.string(),
  before: ObjectId,
  after: ObjectId,
  /** By the clock of the machine that keeps the reflog; in a clone, when it learned of it. */
  at: Instant,
  /** Who moved it there, as that machine noted: name and address. */
  by: z.string(),
  bases: ReflogEntry.shape.bases,
  kept: ReflogEntry.shape.kept,
  lost: ReflogEntry.shape.lost,
  lostCount: ReflogEntry.shape.lostCount,
});
export type BranchRewrite = z.infer<typeof BranchRewrite>;

/** The patch of a commit without line numbers and whitespace (`git patch-id --stable`): the same patch has the same id. */
export const PatchId = z.object({
  ...factBase,
  kind: z.literal("patch-id"),
  repository: z.string(),
  commit: ObjectId,
  patch: ObjectId,
  /** The patch of taking the commit back, against its first parent: a revert that does just that has this patch. */
  opposite: z.literal(true).optional(),
});
export type PatchId = z.infer<typeof PatchId>;
