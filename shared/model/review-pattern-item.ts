import { z } from "zod";
import { ItemCoverage } from "./change.ts";
import { EvidenceUse } from "./evidence.ts";
import { Instant } from "./instant.ts";
import { PersonRef } from "./person.ts";

/** A part of a whole in thousandths, rounded to nearest: rules count in whole numbers. */
const PerMille = z.int().nonnegative();

/** Who approves whom, when it is more than chance. */
export const PairView = z.object({
  author: PersonRef,
  reviewer: PersonRef,
  /** Changes of the author that the reviewer approved, of all that were approved. */
  approved: z.int(),
  of: z.int(),
  /** They approve each other. */
  mutual: z.boolean(),
});
export type PairView = z.infer<typeof PairView>;

/** How soon a change was approved. */
export const PaceView = z.object({
  change: z.string(),
  /** From the opening of its request to the first approval by another person. */
  seconds: z.int(),
  /** Lines added and removed. */
  lines: z.int(),
});
export type PaceView = z.infer<typeof PaceView>;

/**
 * How the reviews of a repository are spread over people in the period, against what a random assignment among the
 * same reviewers would give.
 */
export const ReviewPatternItem = z.object({
  /** `repository`. */
  id: z.string(),
  repository: z.string(),
  at: Instant,
  /** Changes of the period with an approval that another person gave. */
  approved: z.int(),
  authors: z.int(),
  reviewers: z.int(),
  /** Share of the approvals that one person gave, of the person who gave most. */
  largestShare: PerMille,
  largestReviewer: PersonRef,
  /**
   * How concentrated each author's changes are on one reviewer: over all authors, the share of approvals that the
   * author's most frequent reviewer gave.
   */
  concentration: PerMille,
  /** Mean of the same over the random assignments. */
  expectedConcentration: PerMille,
  /** Of the random assignments, the share with at least as much concentration: small means that it is no chance. */
  concentrationChance: PerMille,
  /** Share of the approvals that were given back: between two persons twice the smaller number. */
  reciprocity: PerMille,
  expectedReciprocity: PerMille,
  reciprocityChance: PerMille,
  /** Random assignments that were tried; the seed is the id. */
  assignments: z.int(),
  /** Share of approved changes on which nobody said a word. */
  withoutComment: PerMille,
  /** Approved changes whose size and time to approval are known. */
  sized: z.int(),
  /** Of these, in the middle: seconds to the approval for each hundred lines. */
  medianPace: z.int(),
  /**
   * Rank correlation (Spearman) of size and time to approval in thousandths, from -1000 to 1000: about nought means that
   * larger changes were not looked at longer.
   */
  paceBySize: z.int(),
  /** The twenty that were approved soonest for their size. */
  quickest: z.array(PaceView),
  pairs: z.array(PairView),
  /** Changes behind the pairs above. */
  changes: z.array(z.string()),
  coverage: ItemCoverage,
  evidence: z.array(EvidenceUse),
});
export type ReviewPatternItem = z.infer<typeof ReviewPatternItem>;
