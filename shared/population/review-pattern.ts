import type { Change } from "../model/change.ts";
import type { Period } from "../model/period.ts";
import type { PersonRef } from "../model/person.ts";
import type { PairView, ReviewPatternItem } from "../model/review-pattern-item.ts";
import { type Approval, listApprovals } from "./approval-pairs.ts";
import { nobody } from "./directory.ts";
import { distinctUses } from "./evidence-uses.ts";
import { coverRepositorySpan } from "./item-coverage.ts";
import { measurePattern, tryAssignments } from "./random-assignment.ts";
import type { RepositoryContext } from "./repository-context.ts";
import { measurePace } from "./review-pace.ts";

/** Pairs that are named, those with the most approvals first. */
const mostPairs = 20;

/** How the reviews of one repository are spread over people in the period. */
export function assembleReviewPattern(
  context: RepositoryContext,
  changes: readonly Change[],
  period: Period,
): ReviewPatternItem {
  const { repository } = context.facts;
  const approvals = listApprovals(changes);
  const measured = measurePattern(approvals.map(idsOf));
  const chance = tryAssignments(approvals.map(idsOf), repository);
  const byReviewer = [...Map.groupBy(approvals, ({ reviewer }) => reviewer.id).values()];
  byReviewer.sort((a, b) => b.length - a.length);
  const pairs = findPairs(approvals);
  const approved = new Set(approvals.map(({ change }) => change));
  const behind = new Set(
    approvals.filter((each) => pairs.some((pair) => isOfPair(each, pair))).map(({ change }) => change),
  );
  return {
    id: repository,
    repository,
    at: period.end,
    approved: approved.size,
    authors: new Set(approvals.map(({ author }) => author.id)).size,
    reviewers: byReviewer.length,
    largestShare: perMille(byReviewer[0]?.length ?? 0, approvals.length),
    largestReviewer: byReviewer[0]?.[0]?.reviewer ?? nobody,
    concentration: perMille(measured.concentrated, approvals.length),
    reciprocity: perMille(measured.reciprocal, approvals.length),
    ...chance,
    withoutComment: perMille(changes.filter((each) => approved.has(each.id) && isSilent(each)).length, approved.size),
    ...measurePace(changes.filter(({ id }) => approved.has(id))),
    pairs,
    changes: [...behind],
    coverage: coverRepositorySpan(context, period.start, period.end),
    evidence: distinctUses(
      changes
        .filter(({ id }) => behind.has(id))
        .flatMap(({ evidence }) => evidence.filter(({ as }) => as === "review")),
    ),
  };
}

function idsOf({ author, reviewer }: Approval): { author: string; reviewer: string } {
  return { author: author.id, reviewer: reviewer.id };
}

function isSilent({ comments, reviews }: Change): boolean {
  return comments.length === 0 && !reviews.some(({ state }) => state === "commented" || state === "changes-requested");
}

/** Pairs whose reviewer gave more than half of at least five approvals of an author, or who approve each other. */
function findPairs(approvals: readonly Approval[]): PairView[] {
  const byAuthor = Map.groupBy(approvals, ({ author }) => author.id);
  const byPair = Map.groupBy(approvals, ({ author, reviewer }) => `${author.id}\n${reviewer.id}`);
  const pairs = [...byPair.values()].flatMap((own): PairView[] => {
    const [first] = own;
    if (!first) return [];
    const { author, reviewer } = first;
    const of = byAuthor.get(author.id)?.length ?? 0;
    const mutual = byPair.has(`${reviewer.id}\n${author.id}`);
    const isPaired = of >= 5 && own.length * 2 > of;
    return isPaired || (mutual && own.length >= 3) ? [{ author, reviewer, approved: own.length, of, mutual }] : [];
  });
  return pairs.sort((a, b) => b.approved - a.approved || compare(a.author, b.author)).slice(0, mostPairs);
}

function compare(a: PersonRef, b: PersonRef): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function isOfPair({ author, reviewer }: Approval, pair: PairView): boolean {
  return author.id === pair.author.id && reviewer.id === pair.reviewer.id;
}

function perMille(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part * 1000) / whole);
}
