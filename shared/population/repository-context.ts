import type { FactSet, RepositoryFacts } from "../facts/fact-set.ts";
import { repositoryFacts } from "../facts/fact-set.ts";
import type { Coverage } from "../model/coverage.ts";
import type { People } from "../model/person.ts";
import type { Source, SourceOf } from "../model/source.ts";
import type { Ticket } from "../model/ticket-facts.ts";
import { type BuildWithJobs, indexBuilds } from "./build-index.ts";
import { type CoverageIndex, indexCoverage } from "./coverage-index.ts";
import { followDeployments, type TrailEntry } from "./deployment-trail.ts";
import { createDirectory, type Directory } from "./people.ts";
import { type ReleaseLine, readReleaseLine } from "./release-line.ts";
import { indexRequests, type RequestIndex } from "./request-index.ts";
import { createKeyFinder } from "./ticket-keys.ts";

/** Everything about one repository that its items are assembled from. */
export interface RepositoryContext {
  readonly source: SourceOf<"git">;
  readonly facts: RepositoryFacts;
  readonly line: ReleaseLine;
  readonly requests: RequestIndex;
  readonly buildsOf: (commit: string) => readonly BuildWithJobs[];
  readonly trail: readonly TrailEntry[];
  readonly tickets: ReadonlyMap<string, Ticket>;
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
  return input.sources
    .filter((source) => source.kind === "git")
    .map((source) => {
      const facts = repositoryFacts(input.facts, source.repository);
      const line = readReleaseLine(facts, source.releaseBranch);
      return {
        source,
        facts,
        line,
        requests: indexRequests(facts, line),
        buildsOf: indexBuilds(facts),
        trail: followDeployments(facts, line),
        tickets: input.facts.tickets,
        findKeys,
        directory,
        coverage,
      };
    });
}
