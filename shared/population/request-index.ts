import type { RepositoryFacts } from "../facts/fact-set.ts";
import type { RequestView } from "../model/change.ts";
import type { ChangeRequest, RequestCommit, Review, ReviewPage } from "../model/request-facts.ts";
import { distinct } from "./fact-groups.ts";
import type { ReleaseLine } from "./release-line.ts";

export interface RequestMatch {
  readonly request: ChangeRequest;
  readonly via: Exclude<RequestView["via"], "none">;
  /** Requests that the same merge took along, each with an approval of its own; see `findSubmits`. */
  readonly along?: readonly ChangeRequest[];
}

/** All requests that a merge took, the one that it is the merge of first. */
export function requestsOf(match: RequestMatch | undefined): ChangeRequest[] {
  return match ? [match.request, ...(match.along ?? [])] : [];
}

/** The host's requests of one repository, found by the commit that their merge made. */
export interface RequestIndex {
  matchOf(commit: string): RequestMatch | undefined;
  /** The commit that the host names as a request's merge. */
  mergeOf(request: number): string | undefined;
  commitsOf(request: number): readonly RequestCommit[];
  reviewsOf(request: number): readonly Review[];
  /** All pages of the request's reviews were received. */
  hasAllReviews(request: number): boolean;
  /** All commits that the host counts in the request were received. */
  hasAllCommits(request: ChangeRequest): boolean;
}

export function indexRequests(facts: RepositoryFacts, line: ReleaseLine): RequestIndex {
  const requests = newestRecords(facts.requests);
  const commits = Map.groupBy(
    distinct(facts.requestCommits, (c) => `${c.request} ${c.commit}`),
    (c) => c.request,
  );
  const reviews = Map.groupBy(
    distinct(facts.reviews, (r) => `${r.request} ${r.id}`),
    (r) => r.request,
  );
  const pages = Map.groupBy(facts.reviewPages, (page) => page.request);
  const matches = new Map<string, RequestMatch>();
  for (const request of requests.values()) {
    if (request.state !== "merged" || request.mergeCommit === null) continue;
    matches.set(request.mergeCommit, { request, via: "host" });
  }
  const merges = new Map<number, string>();
  for (const [commit, match] of findSubmits(matches, line)) {
    matches.set(commit, match);
    for (const { number } of requestsOf(match)) merges.set(number, commit);
  }
  for (const match of [...matches.values()]) {
    for (const id of findRebased(match.request, commits.get(match.request.number) ?? [], line)) {
      if (!matches.has(id)) matches.set(id, { request: match.request, via: "rebase" });
    }
  }
  return {
    matchOf: (commit) => matches.get(commit),
    mergeOf: (request) => {
      const found = requests.get(request);
      return merges.get(request) ?? (found?.state === "merged" ? (found.mergeCommit ?? undefined) : undefined);
    },
    commitsOf: (request) => commits.get(request) ?? [],
    reviewsOf: (request) => reviews.get(request) ?? [],
    hasAllReviews(request) {
      const own = pages.get(request) ?? [];
      const last = own.find((page) => page.last);
      if (!last) return false;
      if (own.some(({ chain }) => chain !== undefined)) return isWholeChain(own);
      const numbers = new Set(own.map((page) => page.page));
      for (let page = 1; page <= last.page; page += 1) if (!numbers.has(page)) return false;
      return true;
    },
    hasAllCommits(request) {
      const received = commits.get(request.number)?.length ?? 0;
      return received > 0 && (request.commits === null || received >= request.commits);
    },
  };
}

/** Pages without numbers each name the next: the list is whole when the way from the first to the last is there. */
function isWholeChain(pages: readonly ReviewPage[]): boolean {
  const byMark = new Map(pages.map((page) => [page.chain?.mark, page]));
  let page = byMark.get("");
  for (let steps = 0; page !== undefined && steps <= pages.length; steps += 1) {
    if (page.last) return true;
    page = byMark.get(page.chain?.next);
  }
  return false;
}

/** A request comes in list pages and on its own; the record that says more wins, whatever the order of receipt. */
function newestRecords(requests: readonly ChangeRequest[]): Map<number, ChangeRequest> {
  const byNumber = new Map<number, ChangeRequest>();
  for (const request of requests) {
    const other = byNumber.get(request.number);
    if (!other || (other.commits === null && request.commits !== null)) byNumber.set(request.number, request);
  }
  return byNumber;
}

/**
 * Where Gerrit submits by "merge if necessary" or "merge always", it names the commit that was reviewed, which it leaves
 * as it is, and never the merge commit by which it took that to the branch. Of that merge the second parent is the
 * reviewed commit: an id that nobody can give to another content.
 *
 * Changes that rest on each other can come with one merge. Each of them has to be a change submitted to this branch: with
 * a commit among them that was never submitted, or was to another branch, nothing is matched.
 */
function findSubmits(matches: ReadonlyMap<string, RequestMatch>, line: ReleaseLine): [string, RequestMatch][] {
  const branch = line.tip?.name.replace(/^refs\/(?:heads|remotes\/origin)\//, "");
  const submitted = (commit: string | undefined) => {
    const request = matches.get(commit ?? "")?.request;
    return request?.system === "gerrit" && request.targetBranch === branch ? request : undefined;
  };
  return line.entries.flatMap(({ commit, brought }): [string, RequestMatch][] => {
    const [, head] = commit.parents;
    const request = submitted(head);
    if (commit.parents.length !== 2 || matches.has(commit.id) || request === undefined) return [];
    const others = brought.filter(({ id }) => id !== commit.id && id !== head);
    const along = others.flatMap(({ id }) => submitted(id) ?? []);
    return along.length === others.length ? [[commit.id, { request, via: "host", along }]] : [];
  });
}

/**
 * A rebase merge puts copies of all the request's commits on the branch, and the host names only the last.
 * The earlier ones are found where they must stand, by author, author time and message, which their author could
 * also have typed: so the match is marked and proves nothing by itself.
 */
function findRebased(request: ChangeRequest, commits: readonly RequestCommit[], line: ReleaseLine): string[] {
  const last = request.mergeCommit === null ? undefined : line.positionOf(request.mergeCommit);
  if (last === undefined || commits.length < 2 || !line.isOnLine(request.mergeCommit ?? "")) return [];
  const found: string[] = [];
  for (let back = 0; back < commits.length; back += 1) {
    const entry = line.entries[last - back];
    const original = commits[commits.length - 1 - back];
    if (!entry || !original || entry.commit.parents.length > 1) return back === 0 ? [] : found;
    const same =
      entry.commit.message.trim() === original.message.trim() &&
      entry.commit.author.email.toLowerCase() === original.authorEmail.toLowerCase();
    if (!same) return back === 0 ? [] : found;
    if (back > 0) found.push(entry.commit.id);
  }
  return found;
}
