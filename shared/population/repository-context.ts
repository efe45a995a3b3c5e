import type { FactSet, RepositoryFacts } from "../facts/fact-set.ts";
import { repositoryFacts } from "../facts/fact-set.ts";
import type { Coverage } from "../model/coverage.ts";
import type { Deployment } from "../model/deployment-facts.ts";
import type { People } from "../model/person.ts";
import type { Source, SourceOf } from "../model/source.ts";
import { type BuildWithJobs, indexBuilds } from "./build-index.ts";
import { type CoverageIndex, indexCoverage } from "./coverage-index.ts";
import { followDeployments, type TrailEntry } from "./deployment-trail.ts";
import { type EntityIndex, indexEntity } from "./entity-index.ts";
import { distinct, groupBy } from "./fact-groups.ts";
import { completeRecords } from "./host-records.ts";
import { createDirectory, type Directory } from "./people.ts";
import { type ReleaseLine, readReleaseLine } from "./release-line.ts";
import { indexRequests, type RequestIndex } from "./request-index.ts";
import { indexTickets, type TicketIndex } from "./ticket-index.ts";
import { createKeyFinder } from "./ticket-keys.ts";
import { indexTrail, type TrailIndex } from "./trail-index.ts";

/** Everything about one repository that its items are assembled from. */
export interface RepositoryContext {
  readonly source: SourceOf<"git">;
  readonly facts: RepositoryFacts;
  readonly line: ReleaseLine;
  readonly requests: RequestIndex;
  readonly buildsOf: (commit: string) => readonly BuildWithJobs[];
  readonly deployments: readonly TrailEntry[];
  readonly tickets: TicketIndex;
  /** Deployments to whatever environment, of an artifact where its digest is known, else of a revision; oldest first. */
  deploymentsOf(revision: string, artifact: string): readonly Deployment[];
  /** What the repository's items left besides: reports, comments, comparisons of contents. */
  readonly trail: TrailIndex;
  readonly entity: EntityIndex;
  readonly findKeys: (texts: readonly string[]) => string[];
  readonly directory: Directory;
  readonly coverage: CoverageIndex;
}

/** What the population stage works on. All of it is in the bundle, so that the stage can be re-performed. */
export interface PopulationInput {
  readonly facts: FactSet;
  readonly sources: readonly Source[];
  readonly people: People;
  readonly coverage: readonly Coverage[];
}

export function createContexts(input: PopulationInput): RepositoryContext[] {
  const directory = createDirectory(input.people);
  const coverage = indexCoverage(input.coverage);
  const findKeys = createKeyFinder(input.sources);
  const tickets = indexTickets(input.facts, directory);
  const entity = indexEntity(input.facts, directory);
  return input.sources
    .filter((source) => source.kind === "git")
    .map((source) => {
      const facts = completeRecords(input.facts, repositoryFacts(input.facts, source.repository));
      const line = readReleaseLine(facts, source.releaseBranch);
      const trail = indexTrail(input.facts, facts);
      return {
        source,
        facts,
        line,
        requests: indexRequests(facts, line),
        buildsOf: indexBuilds(facts),
        deployments: followDeployments(facts, line),
        deploymentsOf: indexDeployments(facts, trail),
        trail,
        tickets,
        entity,
        findKeys,
        directory,
        coverage,
      };
    });
}

function indexDeployments(facts: RepositoryFacts, trail: TrailIndex): RepositoryContext["deploymentsOf"] {
  const distinctOnes = distinct(facts.deployments, ({ environment, id }) => `${environment} ${id}`);
  distinctOnes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const byRevision = groupBy(distinctOnes, ({ revision }) => revision);
  const byArtifact = groupBy(distinctOnes, ({ revision }) => trail.artifactOf(revision, ""));
  return (revision, artifact) => (artifact === "" ? byRevision.get(revision) : byArtifact.get(artifact)) ?? [];
}
