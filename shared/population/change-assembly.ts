import { readCoAuthors } from "../facts/git/co-authors.ts";
import { type Approvable, approvedBy } from "../model/approval.ts";
import type { Change, ItemCoverage, RequestView, ReviewView, TrailerView } from "../model/change.ts";
import { hasFailed } from "../model/deployment-words.ts";
import type { EvidenceUse } from "../model/evidence.ts";
import type { Instant } from "../model/instant.ts";
import type { Period } from "../model/period.ts";
import type { PersonRef } from "../model/person.ts";
import type { ChangeRequest } from "../model/request-facts.ts";
import type { DecisionView } from "../model/trail-view.ts";
import { findApprovedHeads, headUses } from "./approved-heads.ts";
import { rewritesOf, rewriteUses, viewRewrites } from "./branch-rewrites.ts";
import type { PlacedEntry } from "./brought-index.ts";
import type { BuildWithJobs } from "./build-index.ts";
import { assembleTrail, contentUses, findTrailKeys, trailUses } from "./change-trail.ts";
import { compareContent } from "./content-comparison.ts";
import type { TrailEntry } from "./deployment-trail.ts";
import { nobody } from "./directory.ts";
import { citeAs, distinctUses } from "./evidence-uses.ts";
import { coverGoingOn, coverItem, spanWithin } from "./item-coverage.ts";
import { findThrough, throughUses, viewThrough } from "./merged-through.ts";
import { changeId, readArrival, titleOf } from "./period-selection.ts";
import { findRelations, relationUses, viewRelations } from "./related-changes.ts";
import type { LineEntry } from "./release-line.ts";
import type { RepositoryContext } from "./repository-context.ts";
import { type RequestMatch, requestsOf } from "./request-index.ts";
import { standingBuilds, type Until } from "./standing-builds.ts";
import { reviewsOfAll } from "./submitted-together.ts";
import { projectOfKey } from "./ticket-keys.ts";

/** Joins one commit of the release branch to its request, reviews, tickets, builds and deployments. */
export function assembleChange(context: RepositoryContext, entry: LineEntry, period: Period): Change {
  const match = context.requests.matchOf(entry.commit.id);
  const arrival = readArrival(entry, context.requests);
  const releases = findReleases(context, entry.position);
  const named = context.findKeys(textsOf(context, entry, match));
  const ticketKeys = [...new Set([...named, ...context.tickets.keysLinkedTo(match?.request.url ?? "")])];
  const released = releases.map(({ commit, deployment }) => ({ commit, at: deployment.at }));
  const keys = findTrailKeys(context, { entry, match, ticketKeys }, arrival.at, released);
  const trail = assembleTrail(context, keys);
  const relations = findRelations(context, entry, trail.content);
  const authors = gatherAuthors(context, entry, match);
  const through = findThrough(context, entry);
  const rewrites = rewritesOf(context, entry);
  const coverage = coverReleased(context, coverChange(context, entry, match, ticketKeys, arrival.at), releases, {
    at: arrival.at,
    period,
    ticketKeys,
  });
  const commits = [...new Set([entry.commit.id, ...releases.map(({ commit }) => commit)])];
  const builds = commits.flatMap((commit) => context.buildsOf(commit));
  return {
    id: changeId(context.facts.repository, entry.commit.id),
    repository: context.facts.repository,
    commit: entry.commit.id,
    kind: entry.commit.parents.length > 1 ? "merge" : "single",
    title: match?.request.title ?? titleOf(entry),
    ...arrival,
    claimedRequest: claimedRequest(titleOf(entry)),
    commits: entry.brought.map((commit) => commit.id),
    authors,
    committer: context.directory.resolve(
      { system: "git", name: entry.commit.committer.email },
      entry.commit.committer.name,
    ),
    request: viewRequest(context, match),
    mergesHead: mergesHead(entry, match),
    ...viewThrough(through, (place) => findApprovers(place)),
    reviews: viewReviews(context, match, authors),
    ticketKeys,
    tickets: ticketKeys.flatMap((key) => context.tickets.viewOf(key) ?? []),
    ...trail,
    trailers: viewTrailers(context, entry),
    ...viewRelations(relations, findApprovers),
    rewrites: viewRewrites(rewrites),
    builds: commits
      .flatMap((commit) => standingBuilds(context.buildsOf(commit), findUntil(commit, releases, coverage)))
      .map(viewBuild),
    releases: releases.map((release) => ({
      id: release.deployment.id,
      environment: release.deployment.environment,
      at: release.deployment.at,
      by: deployerOf(context, release),
      byPipeline: release.deployment.byPipeline,
      revision: release.deployment.revision,
      commit: release.commit,
      gates: viewGates(context, release),
    })),
    coverage,
    evidence: distinctUses([
      ...entry.brought.map(citeAs("commit")),
      ...requestsOf(match).map(citeAs("request")),
      ...requestsOf(match).flatMap(({ number }) => requestCommitUses(context, number)),
      ...requestsOf(match).flatMap(({ number }) => context.trail.eventsOf(number).map(citeAs("request"))),
      ...(match ? reviewUses(context, match) : []),
      ...requestsOf(match).flatMap(({ headCommit }) => headUses(findApprovedHeads(context, headCommit))),
      ...ticketKeys.flatMap((key) => context.tickets.usesOf(key)),
      ...trailUses(context, keys),
      ...relationUses(relations, approvalUses),
      ...throughUses(through, approvalUses),
      ...rewriteUses(rewrites),
      ...builds.flatMap(({ build, jobs }) => [build, ...jobs]).map(citeAs("build")),
      ...releases.flatMap((release) => releaseUses(release)),
    ]),
  };
}

/**
 * What was merged is the request's last commit, and nothing besides: a merge of more heads brings what nobody saw. For a
 * single commit nothing can be said, and contents are compared instead.
 */
function mergesHead({ commit: { parents } }: LineEntry, match: RequestMatch | undefined): boolean {
  if (parents.length < 2 || !match) return true;
  return parents.length === 2 && parents[1] === match.request.headCommit;
}

function viewReviews(
  context: RepositoryContext,
  match: RequestMatch | undefined,
  authors: readonly PersonRef[],
): ReviewView[] {
  if (!match) return [];
  const along = (match.along ?? []).map((request) => ({
    authors,
    request: approvableOf(context, request),
    reviews: reviewsOf(context, request),
  }));
  return reviewsOfAll(reviewsOf(context, match.request), along);
}

function reviewsOf(context: RepositoryContext, { number, system }: ChangeRequest): ReviewView[] {
  return context.requests.reviewsOf(number).map((review) => ({
    id: review.id,
    by: context.directory.resolve({ system, name: review.reviewer }),
    state: review.state,
    at: review.at,
    commit: review.commit ?? "",
    mayApprove: review.mayApprove,
  }));
}

/**
 * Who approved a change in a way that counts, for another change that takes it back or repeats it. Nobody, where the host
 * does not name it as a request's merge, somebody behind it is not known, or not all about it was received.
 */
function findApprovers({ context, entry }: PlacedEntry): PersonRef[] {
  const match = context.requests.matchOf(entry.commit.id);
  if (match?.via !== "host" || !mergesHead(entry, match)) return [];
  const authors = gatherAuthors(context, entry, match);
  const coverage = coverChange(context, entry, match, [], readArrival(entry, context.requests).at);
  const isKnown = authors.length > 0 && authors.every(({ known }) => known);
  if (!isKnown || !coverage.commits || !coverage.requests || !coverage.reviews) return [];
  const reviews = viewReviews(context, match, authors);
  const request = approvableOf(context, match.request);
  const persons = new Map(reviews.map(({ by }) => [by.id, by]));
  return [...persons.values()].filter(({ id }) => approvedBy({ authors, request, reviews }, id));
}

function approvableOf(
  context: RepositoryContext,
  { number, headCommit, mergedAt }: ChangeRequest,
): Approvable["request"] {
  const retargetedAt = findRetargeting(context, number, mergedAt);
  return { approvedHeads: [...findApprovedHeads(context, headCommit).heads], mergedAt: mergedAt ?? "", retargetedAt };
}

function findRetargeting({ trail }: RepositoryContext, request: number, mergedAt: Instant | null): string {
  const moments = trail.eventsOf(request).flatMap(({ event, at }) => (event === "retargeted" ? [at] : []));
  return (
    moments
      .filter((at) => mergedAt === null || at < mergedAt)
      .sort()
      .at(-1) ?? ""
  );
}

function viewTrailers({ directory }: RepositoryContext, entry: LineEntry): TrailerView[] {
  return entry.brought.flatMap(({ id, trailers = [] }) =>
    trailers.map(({ token, value }) => {
      const named = /^([^<>]*)<([^<>\s]+@[^<>\s]+)>$/.exec(value);
      const name = named?.[1]?.trim() ?? "";
      return { token, value, person: directory.resolve({ system: "git", name: named?.[2] ?? "" }, name), commit: id };
    }),
  );
}

function approvalUses({ context, entry }: PlacedEntry): EvidenceUse[] {
  const match = context.requests.matchOf(entry.commit.id);
  if (!match) return [];
  const requests = requestsOf(match);
  const events = requests.flatMap(({ number }) => context.trail.eventsOf(number));
  const heads = requests.flatMap(({ headCommit }) => headUses(findApprovedHeads(context, headCommit)));
  return [
    ...[...requests, ...events].map(citeAs("request")),
    ...requests.flatMap(({ number }) => requestCommitUses(context, number)),
    ...reviewUses(context, match),
    ...contentUses(context, entry, match),
    ...heads,
  ];
}

/**
 * Authors are who opened the request, who wrote or pushed its commits, and co-authors by trailer: each has an interest in
 * the approval. An author without a name is one that nobody vouches for, not none: it may be who approved.
 */
function gatherAuthors(context: RepositoryContext, entry: LineEntry, match: RequestMatch | undefined): PersonRef[] {
  const authors = new Map<string, PersonRef>();
  const add = (person: PersonRef, nameless = "an author without an address") => {
    const known = person.id === "" ? { ...person, id: `unknown:${nameless}`, account: nameless } : person;
    if (!authors.has(known.id)) authors.set(known.id, known);
  };
  const { directory } = context;
  for (const request of requestsOf(match)) {
    const { system, author, number } = request;
    add(directory.resolve({ system, name: author }), "an account that was deleted");
    for (const name of pushersOf(context, request)) add(directory.resolve({ system, name }));
    for (const commit of context.requests.commitsOf(number)) {
      // The host's own tie is better than the address; where the host knows no account, the address must do.
      add(
        commit.authorLogin !== ""
          ? directory.resolve({ system, name: commit.authorLogin })
          : directory.resolve({ system: "git", name: commit.authorEmail }, commit.authorName),
      );
      // A squash can leave out what the messages of its commits say, and a host can cut them short.
      const inGit = context.facts.commits.get(commit.commit)?.coAuthors ?? [];
      for (const { email, name } of [...readCoAuthors(commit.message), ...inGit]) {
        add(directory.resolve({ system: "git", name: email }, name));
      }
    }
  }
  for (const commit of entry.brought) {
    if (commit !== entry.commit || !isMadeByHost(context, entry, match)) {
      add(directory.resolve({ system: "git", name: commit.author.email }, commit.author.name));
    }
    for (const { email, name } of commit.coAuthors) add(directory.resolve({ system: "git", name: email }, name));
  }
  return [...authors.values()];
}

/** What Gerrit calls patch sets that bring no content of their own: who rebased a change did not write in it. */
const withoutContent = new Set([
  "TRIVIAL_REBASE",
  "TRIVIAL_REBASE_WITH_MESSAGE_UPDATE",
  "MERGE_FIRST_PARENT_UPDATE",
  "NO_CODE_CHANGE",
  "NO_CHANGE",
]);

/**
 * Accounts that the host saw pushing to a request before its merge. A commit names as its author whomever its maker
 * wrote into it, so who changes another's request and then approves it is told by the host's record of the push alone.
 */
function pushersOf({ trail }: RepositoryContext, { number, mergedAt }: ChangeRequest): string[] {
  return trail.eventsOf(number).flatMap(({ event, word, at, by }) => {
    const isPush = (event === "pushed" || event === "force-pushed") && !withoutContent.has(word);
    return isPush && by !== "" && (mergedAt === null || at < mergedAt) ? [by] : [];
  });
}

/**
 * A merge commit that the host made carries the name of who pressed the button, who wrote nothing in it. A merge
 * made elsewhere can carry anything, so there its author counts.
 */
function isMadeByHost(context: RepositoryContext, entry: LineEntry, match: RequestMatch | undefined): boolean {
  if (match?.via !== "host" || entry.commit.parents.length < 2) return false;
  const { outcome } = compareContent(context, entry, match);
  // Anybody can write GitHub's own address; what GitHub itself merges is never anything but mechanical.
  if (match.request.system === "github")
    return entry.commit.committer.email === "noreply@github.com" && (outcome === "mechanical" || outcome === "unknown");
  // Only GitHub signs with an address of its own. A merge of the others is in the name of who pressed the button, and
  // looks the same when that person made it by hand: only that it holds nothing of its own tells that nobody wrote in it.
  return outcome === "mechanical";
}

function viewRequest(context: RepositoryContext, match: RequestMatch | undefined): RequestView {
  const { directory } = context;
  const request = match?.request;
  const account = (name: string) => (request ? directory.resolve({ system: request.system, name }) : nobody);
  return {
    found: request !== undefined,
    via: match?.via ?? "none",
    number: request?.number ?? 0,
    title: request?.title ?? "",
    author: account(request?.author ?? ""),
    mergedBy: account(request?.mergedBy ?? ""),
    sourceBranch: request?.sourceBranch ?? "",
    targetBranch: request?.targetBranch ?? "",
    headCommit: request?.headCommit ?? "",
    approvedHeads: request ? [...findApprovedHeads(context, request.headCommit).heads] : [],
    retargetedAt: request ? findRetargeting(context, request.number, request.mergedAt) : "",
    createdAt: request?.createdAt ?? "",
    mergedAt: request?.mergedAt ?? "",
    labels: [...(context.trail.detailsOf(request?.number ?? 0)?.labels ?? [])],
    url: request?.url ?? "",
  };
}

export function viewBuild({ build, jobs }: BuildWithJobs): Change["builds"][number] {
  return {
    id: build.id,
    workflow: build.workflow,
    commit: build.commit,
    attempt: build.attempt,
    completed: build.completed,
    conclusion: build.conclusion,
    startedAt: build.startedAt,
    finishedAt: build.finishedAt ?? "",
    jobs: jobs.map(({ name, completed, conclusion, startedAt, finishedAt }) => ({
      ...{ name, completed, conclusion },
      ...{ startedAt: startedAt ?? "", finishedAt: finishedAt ?? "" },
    })),
  };
}

/**
 * Who let a deployment pass, at a gate of its own or of the build that waited for it (deployment-gates.ts). A build can
 * have gates on its way to several environments: what opened the one to another has not opened this one.
 */
export function viewGates(context: RepositoryContext, { deployment }: TrailEntry): DecisionView[] {
  const own = deployment.environment.toLowerCase();
  const isOfAnother = (environment: string) => environment !== own && context.environmentNames.has(environment);
  const gates = context.trail.gatesOf(deployment.id).filter((gate) => !isOfAnother(gate.environment.toLowerCase()));
  return gates.map(({ by, decision, at, environment }) => ({
    by: context.directory.resolve({ system: "deploy", name: by }),
    decision: decision === "rejected" ? "declined" : decision,
    at: at ?? "",
    stage: environment,
  }));
}

/** The first production deployment of each environment that contains the place on the line. */
function findReleases(context: RepositoryContext, position: number): TrailEntry[] {
  return context.deploymentsSeen.filter(
    ({ deployment, brings }) => !hasFailed(deployment) && brings && position >= brings.from && position <= brings.to,
  );
}

/**
 * Until when a build of one of its commits could put right an earlier one: until the commit was first released, and where
 * another one was released in its stead, until that was.
 */
function findUntil(commit: string, releases: readonly TrailEntry[], { deployments }: ItemCoverage): Until {
  if (!deployments) return "unknown";
  const own = releases.filter((release) => release.commit === commit);
  const moments = (own.length > 0 ? own : releases).map(({ deployment }) => deployment.at);
  return moments.sort().at(0) ?? "open";
}

/** The person for whom the pipeline ran answers for a deployment; without one it is the account that did it. */
function deployerOf(context: RepositoryContext, { deployment }: TrailEntry): PersonRef {
  const name = deployment.requestedBy !== "" ? deployment.requestedBy : deployment.by;
  return context.directory.resolve({ system: "deploy", name });
}

function textsOf(context: RepositoryContext, entry: LineEntry, match: RequestMatch | undefined): string[] {
  const request = match ? [match.request.sourceBranch, match.request.title] : [];
  const commits = match ? context.requests.commitsOf(match.request.number).map((commit) => commit.message) : [];
  return [...request, ...entry.brought.map((commit) => commit.message), ...commits];
}

function claimedRequest(title: string): number {
  const match = /^Merge pull request #(\d{1,9})\b/.exec(title) ?? /\(#(\d{1,9})\)$/.exec(title);
  return match ? Number(match[1]) : 0;
}

function coverChange(
  context: RepositoryContext,
  entry: LineEntry,
  match: RequestMatch | undefined,
  keys: readonly string[],
  at: string,
): ItemCoverage {
  const { requests } = context;
  const covered = coverItem(context, at);
  const isOfProjects = (kind: "tickets" | "decisions") => {
    const projects = new Set(context.coverage.scopesOf(kind, at));
    return projects.size > 0 && keys.every((key) => projects.has(projectOfKey(key)));
  };
  return {
    ...covered,
    commits: covered.commits && entry.whole,
    requests: covered.requests && requestsOf(match).every(requests.hasAllCommits),
    reviews: covered.reviews && requestsOf(match).every(({ number }) => requests.hasAllReviews(number)),
    tickets: isOfProjects("tickets"),
    decisions: isOfProjects("decisions"),
  };
}

/**
 * What happened between a change's arrival and its last release counts as pulled only when all of that time was. Whether it
 * was released later, or elsewhere too, is known only when deployments were pulled to the end of the period.
 */
function coverReleased(
  context: RepositoryContext,
  covered: ItemCoverage,
  releases: readonly TrailEntry[],
  { at, period, ticketKeys }: { readonly at: Instant; readonly period: Period; readonly ticketKeys: readonly string[] },
): ItemCoverage {
  const { coverage, facts } = context;
  const ofRepository = [facts.repository, ""];
  const moments = releases.map(({ deployment }) => deployment.at);
  const span = spanWithin(period, at, [at, ...moments].sort().at(-1) ?? at);
  const goingOn = coverGoingOn(context, at, span);
  const released = new Set(releases.map(({ deployment }) => deployment.environment));
  const isEverywhere = released.size > 0 && released.size === context.environments.size;
  return {
    ...goingOn,
    ...{ commits: covered.commits, requests: covered.requests, reviews: covered.reviews, tickets: covered.tickets },
    decisions:
      covered.decisions &&
      ticketKeys.every((key) => coverage.coversSpan("decisions", span.from, span.to, [projectOfKey(key)])),
    deployments:
      covered.deployments && (isEverywhere || coverage.coversSpan("deployments", at, period.end, ofRepository)),
  };
}

/** Commits of a request as the host lists them, and as git has them. */
function requestCommitUses({ requests, facts }: RepositoryContext, number: number): EvidenceUse[] {
  return requests.commitsOf(number).flatMap((listed) => {
    const commit = facts.commits.get(listed.commit);
    return [citeAs("request")(listed), ...(commit ? [citeAs("commit")(commit)] : [])];
  });
}

function reviewUses(context: RepositoryContext, match: RequestMatch): EvidenceUse[] {
  const numbers = requestsOf(match).map(({ number }) => number);
  const pages = context.facts.reviewPages.filter((page) => numbers.includes(page.request));
  const reviews = numbers.flatMap((number) => context.requests.reviewsOf(number));
  return [...pages, ...reviews].map(citeAs("review"));
}

export function releaseUses(release: TrailEntry): EvidenceUse[] {
  return [
    citeAs("deployment")(release.deployment),
    ...(release.ref ? [citeAs("ref")(release.ref)] : []),
    ...release.artifacts.map(citeAs("build")),
  ];
}
