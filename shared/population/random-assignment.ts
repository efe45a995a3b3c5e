import type { ReviewPatternItem } from "../model/review-pattern-item.ts";
import { type Chance, createChance, shuffle } from "./seeded-shuffle.ts";

/** An approval by the ids of who wrote and who approved. */
export interface AssignedReview {
  readonly author: string;
  readonly reviewer: string;
}

export interface PatternMeasure {
  /** Approvals that each author's most frequent reviewer gave, over all authors. */
  readonly concentrated: number;
  /** Approvals that were given back: between two persons twice the smaller number. */
  readonly reciprocal: number;
}

export function measurePattern(reviews: readonly AssignedReview[]): PatternMeasure {
  const byAuthor = new Map<string, Map<string, number>>();
  for (const { author, reviewer } of reviews) {
    const counts = byAuthor.get(author) ?? new Map<string, number>();
    byAuthor.set(author, counts.set(reviewer, (counts.get(reviewer) ?? 0) + 1));
  }
  let concentrated = 0;
  let reciprocal = 0;
  for (const [author, counts] of byAuthor) {
    concentrated += Math.max(...counts.values());
    for (const [reviewer, count] of counts) reciprocal += Math.min(count, byAuthor.get(reviewer)?.get(author) ?? 0);
  }
  return { concentrated, reciprocal };
}

type ChanceFigures = Pick<
  ReviewPatternItem,
  "expectedConcentration" | "concentrationChance" | "expectedReciprocity" | "reciprocityChance" | "assignments"
>;

/** So many that a chance of one in a hundred shows; fewer on large populations, where each is surer. */
function assignmentsFor(reviews: number): number {
  return Math.max(199, Math.min(1999, Math.floor(20_000_000 / Math.max(1, reviews))));
}

/**
 * A permutation test: the same reviewers with the same number of approvals each, dealt to the changes at random, nobody to
 * a change of their own. The chance counts the real assignment among the random ones, so it is never nought.
 *
 * @param seed makes the random assignments; the same seed gives the same figures
 */
export function tryAssignments(reviews: readonly AssignedReview[], seed: string): ChanceFigures {
  const none = { expectedConcentration: 0, concentrationChance: 1000, expectedReciprocity: 0, reciprocityChance: 1000 };
  if (reviews.length === 0) return { ...none, assignments: 0 };
  const real = measurePattern(reviews);
  const chance = createChance(seed);
  const assignments = assignmentsFor(reviews.length);
  const sums = { concentrated: 0, reciprocal: 0, asConcentrated: 1, asReciprocal: 1 };
  for (let count = 0; count < assignments; count += 1) {
    const dealt = measurePattern(deal(reviews, chance));
    sums.concentrated += dealt.concentrated;
    sums.reciprocal += dealt.reciprocal;
    if (dealt.concentrated >= real.concentrated) sums.asConcentrated += 1;
    if (dealt.reciprocal >= real.reciprocal) sums.asReciprocal += 1;
  }
  const mean = (sum: number) => Math.round((sum * 1000) / (assignments * reviews.length));
  const share = (hits: number) => Math.round((hits * 1000) / (assignments + 1));
  return {
    expectedConcentration: mean(sums.concentrated),
    concentrationChance: share(sums.asConcentrated),
    expectedReciprocity: mean(sums.reciprocal),
    reciprocityChance: share(sums.asReciprocal),
    assignments,
  };
}

function deal(reviews: readonly AssignedReview[], chance: Chance): AssignedReview[] {
  const reviewers = reviews.map(({ reviewer }) => reviewer);
  shuffle(reviewers, chance);
  for (const [place, { author }] of reviews.entries()) {
    if (reviewers[place] === author) exchange(reviews, reviewers, place, chance);
  }
  return reviews.map(({ author }, place) => ({ author, reviewer: reviewers[place] as string }));
}

/** Gives a review that fell to its own author to another change, and takes one that does not fall to its author either. */
function exchange(reviews: readonly AssignedReview[], reviewers: string[], place: number, chance: Chance): void {
  const author = reviews[place]?.author;
  const start = chance(reviews.length);
  for (let step = 0; step < reviews.length; step += 1) {
    const other = (start + step) % reviews.length;
    if (reviewers[other] === author || reviews[other]?.author === reviewers[place]) continue;
    const kept = reviewers[place] as string;
    reviewers[place] = reviewers[other] as string;
    reviewers[other] = kept;
    return;
  }
}
