import type {
  Boundary,
  Build,
  BuildJob,
  ChangedPaths,
  ChangeRequest,
  Commit,
  Deployment,
  Fact,
  MailmapEntry,
  Ref,
  RequestCommit,
  Review,
  ReviewPage,
  RosterPerson,
  Ticket,
  TicketHistory,
} from "../model/facts.ts";

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
}

export function createFactSet(): FactSet {
  return { repositories: new Map(), tickets: new Map(), ticketHistories: [], mailmap: [], roster: [] };
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
    default:
      addRepositoryFact(repositoryFacts(set, fact.repository), fact);
  }
}

type RepositoryFact = Exclude<Fact, { kind: "ticket" | "ticket-history" | "mailmap-entry" | "roster-person" }>;

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
