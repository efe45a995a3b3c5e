import { type FactSet, factsOf, type RepositoryFacts } from "../facts/fact-set.ts";
import type { ChangeRequest, RequestEvent, Review } from "../model/request-facts.ts";
import { endDeployments } from "./deployment-ends.ts";

/**
 * Some hosts spread over several records what others say in one: Bitbucket Cloud tells the time of a merge only in the
 * request's activity, and commits by their first digits; GitLab, Bitbucket and Azure do not say which commit an approval
 * was given on, but when each push came; GitHub says apart from a deployment how it ended, and apart from a review what it
 * said before it was dismissed. Here the records of one thing are put together.
 */
export function completeRecords(set: FactSet, facts: RepositoryFacts): RepositoryFacts {
  const own = factsOf(set, "request-event").filter(({ repository }) => repository === facts.repository);
  const events = Map.groupBy([...own].sort(byTime), ({ request }) => request);
  const wholeId = createIdFinder(facts);
  const requests = facts.requests.map((request) => completeRequest(request, events.get(request.number) ?? [], wholeId));
  const byNumber = new Map(requests.map((request) => [request.number, request]));
  const reviews = facts.reviews.map((review) => {
    const request = byNumber.get(review.request);
    if (request === undefined) return review;
    const told = events.get(request.number) ?? [];
    return completeReview(asAtMerge(review, request, told), request, told, wholeId);
  });
  const withdrawn = [...Map.groupBy(reviews, ({ request }) => request)].flatMap(([number, given]) =>
    findWithdrawn(given, events.get(number) ?? []),
  );
  return { ...facts, requests, reviews: [...reviews, ...withdrawn], deployments: endDeployments(set, facts) };
}

type IdFinder = (name: string) => string;

function byTime(one: RequestEvent, other: RequestEvent): number {
  return one.at < other.at ? -1 : one.at > other.at ? 1 : 0;
}

function completeRequest(request: ChangeRequest, events: readonly RequestEvent[], wholeId: IdFinder): ChangeRequest {
  const merge = request.state === "merged" ? events.findLast(({ event }) => event === "merged") : undefined;
  return {
    ...request,
    headCommit: wholeId(request.headCommit),
    mergeCommit: request.mergeCommit === null ? null : wholeId(request.mergeCommit),
    mergedAt: request.mergedAt ?? merge?.at ?? null,
    mergedBy: request.mergedBy || (merge?.by ?? ""),
  };
}

/** A review that was dismissed only after the merge stood at the merge: an objection does not vanish with hindsight. */
function asAtMerge(review: Review, { mergedAt }: ChangeRequest, events: readonly RequestEvent[]): Review {
  if (review.state !== "dismissed" || mergedAt === null) return review;
  const before = events.find(({ at, review: dismissed }) => dismissed?.id === review.id && at >= mergedAt)?.review;
  return before === undefined ? review : { ...review, state: before.state };
}

/** Azure DevOps tells that votes were reset, not whose: then no approval stands. */
const resets = new Set(["ResetAllVotes", "ResetMultipleVotes"]);

/**
 * Approvals that something else than a review took away: a reset of votes, or that who gave one is no reviewer any more.
 * An objection does not go that way: whoever is removed for objecting has objected.
 */
function findWithdrawn(reviews: readonly Review[], events: readonly RequestEvent[]): Review[] {
  return events.flatMap(({ id, event, word, at, by, origin }) => {
    if (!resets.has(word) && event !== "approval-withdrawn") return [];
    const before = reviews.filter((review) => review.at <= at).sort((one, other) => (one.at < other.at ? -1 : 1));
    const standing = [...new Map(before.map((review) => [review.reviewer.toLowerCase(), review])).values()];
    return standing
      .filter(({ reviewer }) => resets.has(word) || reviewer.toLowerCase() === by.toLowerCase())
      .filter(({ state }) => state === "approved")
      .map((review): Review => ({ ...review, id: `${review.id} until ${id}`, state: "dismissed", at, origin }));
  });
}

/** GitHub says the commit of each review; where it does not, it no longer knows it, and nobody else does. */
function completeReview(
  review: Review,
  { system, headCommit }: ChangeRequest,
  events: readonly RequestEvent[],
  wholeId: IdFinder,
): Review {
  if (review.commit !== null || system === "github" || events.length === 0) return review;
  const pushes = events.filter(({ event, commit }) => isPush(event) && commit !== "");
  const before = pushes.findLast(({ at }) => at <= review.at);
  const [first] = pushes;
  // Before the first push that is known, the head was what that push replaced; without any push it never changed.
  const head = before?.commit ?? (first === undefined ? headCommit : first.previousCommit);
  return head === "" ? review : { ...review, commit: wholeId(head) };
}

function isPush(event: RequestEvent["event"]): boolean {
  return event === "pushed" || event === "force-pushed";
}

const whole = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
const fewest = 7;

/** The commit that an abbreviation stands for, when it stands for one only; else the abbreviation. */
function createIdFinder({ commits, requestCommits }: RepositoryFacts): IdFinder {
  let known: Map<string, Set<string>> | undefined;
  return (name) => {
    if (whole.test(name) || name.length < fewest) return name;
    known ??= indexIds([...commits.keys(), ...requestCommits.map(({ commit }) => commit)]);
    const found = [...(known.get(name.slice(0, fewest)) ?? [])].filter((id) => id.startsWith(name));
    return found.length === 1 ? (found[0] ?? name) : name;
  };
}

function indexIds(ids: readonly string[]): Map<string, Set<string>> {
  const index = new Map<string, Set<string>>();
  for (const id of ids) {
    const short = id.slice(0, fewest);
    const same = index.get(short);
    if (same) same.add(id);
    else index.set(short, new Set([id]));
  }
  return index;
}
