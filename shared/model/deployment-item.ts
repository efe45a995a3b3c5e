import { z } from "zod";
import { BuildView, ItemCoverage } from "./change.ts";
import { EvidenceUse } from "./evidence.ts";
import { Instant, InstantOrEmpty } from "./instant.ts";
import { PersonRef } from "./person.ts";
import { AnnouncementView, DecisionView, EarlierDeploymentView, TestReportView } from "./trail-view.ts";

/** Where the deployed revision is found in git. */
export const RevisionPlace = z.enum([
  "release-branch", // on the first-parent line
  "other-branch", // in the repository, but not on that line
  "older", // it leads to a commit before the pulled history
  "beyond", // a commit id that the pulled history does not hold; it begins later than the repository, so the commit may be older
  "absent", // a commit id that no ref of the repository leads to: its whole history was pulled
  "unresolved", // it leads to no commit: nothing of that name is known, or several things are
]);
export type RevisionPlace = z.infer<typeof RevisionPlace>;

/** A production deployment, tied to the commit that it put there. */
export const DeploymentItem = z.object({
  /** `repository/environment/id`. */
  id: z.string(),
  repository: z.string(),
  environment: z.string(),
  at: Instant,
  account: PersonRef,
  requestedBy: PersonRef,
  trigger: z.string(),
  byPipeline: z.boolean(),
  /** As the log writes it; empty when it does not say. */
  status: z.string(),
  revision: z.string(),
  /** What the revision turned out to be: a tag, a commit id, the digest of an image, or a version. */
  revisionKind: z.enum(["tag", "commit", "digest", "version", "unknown"]),
  place: RevisionPlace,
  /** Empty where the revision leads to none. */
  commit: z.string(),
  /** Change that the commit is, or the last one that it contains; empty where unknown. */
  change: z.string(),
  /** The commit is itself a merge on the release branch. */
  isMerge: z.boolean(),
  /** It put an older state back, one that had stood in that environment before. */
  rollback: z.boolean(),
  /** Changes that reached this environment with it for the first time. */
  newChanges: z.array(z.string()),
  /** What stood in this environment before: the last deployment there that did not fail and leads to a commit. */
  previous: z.object({
    found: z.boolean(),
    id: z.string(),
    revision: z.string(),
    commit: z.string(),
    at: InstantOrEmpty,
  }),
  /** Changes that it has and the previous one had not, for the first time or again. */
  added: z.array(z.string()),
  /** Changes that the previous one had and it has not. */
  removed: z.array(z.string()),
  /** Commits that were deployed with it and lie beside the release branch: a hotfix from another branch. */
  beside: z.array(z.string()),
  failed: z.boolean(),
  /** Its record says how it ended, in words that are known. */
  endKnown: z.boolean(),
  /** What was deployed, where an artifact of this revision is known: `sha256:…`; else empty. */
  artifact: z.string(),
  /** Deployments of the same artifact, or else of the same revision, before this one, in whatever environment. */
  earlier: z.array(EarlierDeploymentView),
  gates: z.array(DecisionView),
  builds: z.array(BuildView),
  reports: z.array(TestReportView),
  /** What was announced within two days before and after, and names service, revision, or a ticket of its changes. */
  announcements: z.array(AnnouncementView),
  /** The next deployment to the same environment that succeeded, by the word of its record. */
  next: z.object({ found: z.boolean(), at: InstantOrEmpty, byPipeline: z.boolean(), rollback: z.boolean() }),
  coverage: ItemCoverage,
  evidence: z.array(EvidenceUse),
});
export type DeploymentItem = z.infer<typeof DeploymentItem>;
