import type { Build, BuildJob } from "../model/build-facts.ts";
import type { Deployment } from "../model/deployment-facts.ts";
import type { Fact, FactKind, FactOf } from "../model/facts.ts";
import type { Boundary, ChangedPaths, Commit, MailmapEntry, Ref } from "../model/git-facts.ts";
import type { RosterPerson } from "../model/people-facts.ts";
import type { ChangeRequest, RequestCommit, Review, ReviewPage } from "../model/request-facts.ts";
import type { Ticket, TicketHistory } from "../model/ticket-facts.ts";

/** Kinds that have a place of their own below; every other kind is listed under its name. */
type PlacedKind =
  | "commit"
  | "changed-paths"
  | "ref"
  | "boundary"
  | "mailmap-entry"
  | "change-request"
  | "review"
  | "review-page"
  | "request-commit"
  | "build"
  | "build-job"
  | "ticket"
  | "ticket-history"
  | "deployment"
  | "roster-person";
export type ListedKind = Exclude<FactKind, PlacedKind>;

/** Facts of one repository, by kind, in order of receipt. */
export interface RepositoryFacts {
  readonly repository: string;
  /** By commit id. */
  readonly commits: Map<string, Commit>;
  readonly paths: Map<string, ChangedPaths>;
  /** By full ref name. */
  readonly refs: Map<string, Ref>;
  /** By commit id. */
  readonly boundaries: Map<string, Boundary>;
  readonly requests: ChangeRequest[];
  readonly reviews: Review[];
  readonly reviewPages: ReviewPage[];
  readonly requestCommits: RequestCommit[];
  readonly builds: Build[];
  readonly buildJobs: BuildJob[];
  readonly deployments: Deployment[];
}

/** All facts of an engagement, sorted for the population stage. */
export interface FactSet {
  readonly repositories: Map<string, RepositoryFacts>;
  /** By key. */
  readonly tickets: Map<string, Ticket>;
  readonly ticketHistories: TicketHistory[];
  readonly mailmap: MailmapEntry[];
  readonly roster: RosterPerson[];
  readonly listed: Map<ListedKind, Fact[]>;
}

/** All facts of a kind, in order of receipt. */
export function factsOf<K extends ListedKind>(set: FactSet, kind: K): readonly FactOf<K>[] {
  return (set.listed.get(kind) ?? []) as FactOf<K>[];
}

export function createFactSet(): FactSet {
  return {
    repositories: new Map(),
    tickets: new Map(),
    ticketHistories: [],
    mailmap: [],
    roster: [],
    listed: new Map(),
  };
}

export function repositoryFacts(set: FactSet, repository: string): RepositoryFacts {
  let facts = set.repositories.get(repository);
  if (!facts) {
    facts = {
      repository,
      commits: new Map(),
      paths: new Map(),
      refs: new Map(),
      boundaries: new Map(),
      requests: [],
      reviews: [],
      reviewPages: [],
      requestCommits: [],
      builds: [],
      buildJobs: [],
      deployments: [],
    };
    set.repositories.set(repository, facts);
  }
  return facts;
}

/** Puts a fact in its place. The set grows with the evidence; this is the one place where it does. */
export function addFact(set: FactSet, fact: Fact): void {
  switch (fact.kind) {
    case "ticket":
      set.tickets.set(fact.key, fact);
      return;
    case "ticket-history":
      set.ticketHistories.push(fact);
      return;
    case "mailmap-entry":
      set.mailmap.push(fact);
      return;
    case "roster-person":
      set.roster.push(fact);
      return;
    case "commit":
    case "changed-paths":
    case "ref":
    case "boundary":
    case "change-request":
    case "review":
    case "review-page":
    case "request-commit":
    case "build":
    case "build-job":
    case "deployment":
      addRepositoryFact(repositoryFacts(set, fact.repository), fact);
      return;
    default:
      addListed(set, fact);
  }
}

function addListed(set: FactSet, fact: FactOf<ListedKind>): void {
  const facts = set.listed.get(fact.kind);
  if (facts) facts.push(fact);
  else set.listed.set(fact.kind, [fact]);
}

type RepositoryFact = FactOf<Exclude<PlacedKind, "ticket" | "ticket-history" | "mailmap-entry" | "roster-person">>;

function addRepositoryFact(facts: RepositoryFacts, fact: RepositoryFact): void {
  switch (fact.kind) {
    case "commit":
      facts.commits.set(fact.id, fact);
      return;
    case "changed-paths":
      facts.paths.set(fact.commit, fact);
      return;
    case "ref":
      facts.refs.set(fact.name, fact);
      return;
    case "boundary":
      // A commit can be both; that it lies before the range says more, whatever the order of receipt.
      if (facts.boundaries.get(fact.commit)?.reason !== "before-range") facts.boundaries.set(fact.commit, fact);
      return;
    case "change-request":
      facts.requests.push(fact);
      return;
    case "review":
      facts.reviews.push(fact);
      return;
    case "review-page":
      facts.reviewPages.push(fact);
      return;
    case "request-commit":
      facts.requestCommits.push(fact);
      return;
    case "build":
      facts.builds.push(fact);
      return;
    case "build-job":
      facts.buildJobs.push(fact);
      return;
    case "deployment":
      facts.deployments.push(fact);
      return;
    default:
      fact satisfies never;
  }
}
