import type { Change, ItemCoverage, RequestView } from "../model/change.ts";
import type { EvidenceUse } from "../model/evidence.ts";
import type { Origin } from "../model/origin.ts";
import type { PersonRef } from "../model/person.ts";
import type { BuildWithJobs } from "./build-index.ts";
import { hasFailed, type TrailEntry } from "./deployment-trail.ts";
import { nobody } from "./people.ts";
import { changeId, readArrival, titleOf } from "./period-selection.ts";
import type { LineEntry } from "./release-line.ts";
import type { RepositoryContext } from "./repository-context.ts";
import type { RequestMatch } from "./request-index.ts";

/** Joins one commit of the release branch to its request, reviews, tickets, builds and deployments. */
export function assembleChange(context: RepositoryContext, entry: LineEntry): Change {
  const match = context.requests.matchOf(entry.commit.id);
  const arrival = readArrival(entry, context.requests);
  const releases = findReleases(context, entry.position);
  const builds = findBuilds(context, entry, releases);
  const ticketKeys = context.findKeys(textsOf(context, entry, match));
  const tickets = ticketKeys.flatMap((key) => context.tickets.get(key) ?? []);
  const reviews = match ? context.requests.reviewsOf(match.request.number) : [];
  return {
    id: changeId(context.facts.repository, entry.commit.id),
    repository: context.facts.repository,
    commit: entry.commit.id,
    kind: entry.commit.parents.length > 1 ? "merge" : "single",
    title: match?.request.title ?? titleOf(entry),
    ...arrival,
    claimedRequest: claimedRequest(titleOf(entry)),
    commits: entry.brought.map((commit) => commit.id),
    authors: gatherAuthors(context, entry, match),
    committer: context.directory.resolve(
      { system: "git", name: entry.commit.committer.email },
      entry.commit.committer.name,
    ),
    request: viewRequest(context, match),
    mergesHead: entry.commit.parents.length < 2 || !match || entry.commit.parents[1] === match.request.headCommit,
    reviews: reviews.map((review) => ({
      id: review.id,
      by: context.directory.resolve({ system: "github", name: review.reviewer }),
      state: review.state,
      at: review.at,
      commit: review.commit ?? "",
      mayApprove: review.mayApprove,
    })),
    ticketKeys,
    tickets: tickets.map((ticket) => ({
      key: ticket.key,
      type: ticket.type,
      summary: ticket.summary,
      status: ticket.status,
      createdAt: ticket.createdAt,
      resolvedAt: ticket.resolvedAt ?? "",
    })),
    builds: builds.map(viewBuild),
    releases: releases.map((release) => ({
      id: release.deployment.id,
      environment: release.deployment.environment,
      at: release.deployment.at,
      by: deployerOf(context, release),
      byPipeline: release.deployment.byPipeline,
      revision: release.deployment.revision,
      commit: release.commit,
    })),
    coverage: coverChange(context, entry, match, ticketKeys, arrival.at),
    evidence: distinctUses([
      ...entry.brought.map((commit) => use(commit.origin, "commit")),
      ...(match ? [use(match.request.origin, "request")] : []),
      ...(match ? context.requests.commitsOf(match.request.number).map((c) => use(c.origin, "request")) : []),
      ...(match ? reviewUses(context, match) : []),
      ...tickets.map((ticket) => use(ticket.origin, "ticket")),
      ...builds.flatMap(({ build, jobs }) => [
        use(build.origin, "build"),
        ...jobs.map((job) => use(job.origin, "build")),
      ]),
      ...releases.flatMap((release) => releaseUses(release)),
    ]),
  };
}

/** Authors are who opened the request, who wrote the commits, and co-authors by trailer: each has an interest in the approval. */
function gatherAuthors(context: RepositoryContext, entry: LineEntry, match: RequestMatch | undefined): PersonRef[] {
  const authors = new Map<string, PersonRef>();
  const add = (person: PersonRef) => {
    if (person.id !== "" && !authors.has(person.id)) authors.set(person.id, person);
  };
  const { directory } = context;
  if (match) {
    add(directory.resolve({ system: "github", name: match.request.author }));
    for (const commit of context.requests.commitsOf(match.request.number)) {
      // The host's own tie is better than the address; where the host knows no account, the address must do.
      add(
        commit.authorLogin !== ""
          ? directory.resolve({ system: "github", name: commit.authorLogin })
          : directory.resolve({ system: "git", name: commit.authorEmail }, commit.authorName),
      );
    }
  }
  for (const commit of entry.brought) {
    if (commit !== entry.commit || !isMadeByHost(entry, match)) {
      add(directory.resolve({ system: "git", name: commit.author.email }, commit.author.name));
    }
    for (const { email, name } of commit.coAuthors) add(directory.resolve({ system: "git", name: email }, name));
  }
  return [...authors.values()];
}

/**
 * A merge commit that the host made carries the name of who pressed the button, who wrote nothing in it. A merge
 * made elsewhere can carry anything, so there its author counts.
 */
function isMadeByHost(entry: LineEntry, match: RequestMatch | undefined): boolean {
  return (
    match?.via === "host" && entry.commit.parents.length > 1 && entry.commit.committer.email === "noreply@github.com"
  );
}

function viewRequest(context: RepositoryContext, match: RequestMatch | undefined): RequestView {
  const { directory } = context;
  const request = match?.request;
  return {
    found: request !== undefined,
    via: match?.via ?? "none",
    number: request?.number ?? 0,
    title: request?.title ?? "",
    author: request ? directory.resolve({ system: "github", name: request.author }) : nobody,
    mergedBy: request ? directory.resolve({ system: "github", name: request.mergedBy }) : nobody,
    sourceBranch: request?.sourceBranch ?? "",
    targetBranch: request?.targetBranch ?? "",
    headCommit: request?.headCommit ?? "",
    createdAt: request?.createdAt ?? "",
    mergedAt: request?.mergedAt ?? "",
  };
}

function viewBuild({ build, jobs }: BuildWithJobs): Change["builds"][number] {
  return {
    id: build.id,
    workflow: build.workflow,
    commit: build.commit,
    attempt: build.attempt,
    completed: build.completed,
    conclusion: build.conclusion,
    startedAt: build.startedAt,
    finishedAt: build.finishedAt ?? "",
    jobs: jobs.map(({ name, completed, conclusion }) => ({ name, completed, conclusion })),
  };
}

/** The first production deployment of each environment that contains the place on the line. */
function findReleases(context: RepositoryContext, position: number): TrailEntry[] {
  return context.trail.filter(
    ({ deployment, brings }) => !hasFailed(deployment) && brings && position >= brings.from && position <= brings.to,
  );
}

function findBuilds(context: RepositoryContext, entry: LineEntry, releases: readonly TrailEntry[]): BuildWithJobs[] {
  const commits = new Set([entry.commit.id, ...releases.map((release) => release.commit)]);
  return [...commits].flatMap((commit) => context.buildsOf(commit));
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
  const { coverage, facts, requests } = context;
  const covers = (kind: "commits" | "requests" | "reviews" | "builds" | "deployments") =>
    coverage.covers(kind, facts.repository, at);
  const projects = new Set(coverage.scopesOf("tickets", at));
  return {
    commits: covers("commits") && entry.whole,
    requests: covers("requests") && (!match || requests.hasAllCommits(match.request)),
    reviews: covers("reviews") && (!match || requests.hasAllReviews(match.request.number)),
    tickets: projects.size > 0 && keys.every((key) => projects.has(key.slice(0, key.lastIndexOf("-")))),
    builds: covers("builds"),
    deployments: covers("deployments"),
  };
}

function reviewUses(context: RepositoryContext, match: RequestMatch): EvidenceUse[] {
  const pages = context.facts.reviewPages.filter((page) => page.request === match.request.number);
  const reviews = context.requests.reviewsOf(match.request.number);
  return [...pages, ...reviews].map((fact) => use(fact.origin, "review"));
}

export function releaseUses(release: TrailEntry): EvidenceUse[] {
  return [use(release.deployment.origin, "deployment"), ...(release.ref ? [use(release.ref.origin, "ref")] : [])];
}

function use({ evidence, place }: Origin, as: EvidenceUse["as"]): EvidenceUse {
  return { evidence, place, as };
}

function distinctUses(uses: readonly EvidenceUse[]): EvidenceUse[] {
  return [...new Map(uses.map((entry) => [`${entry.as} ${entry.evidence} ${entry.place}`, entry])).values()];
}
