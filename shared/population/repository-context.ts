import type { FactSet, RepositoryFacts } from "../facts/fact-set.ts";
import { repositoryFacts } from "../facts/fact-set.ts";
import type { Coverage } from "../model/coverage.ts";
import type { Deployment } from "../model/deployment-facts.ts";
import type { BranchRewrite } from "../model/git-facts.ts";
import type { People } from "../model/person.ts";
import type { Source, SourceOf } from "../model/source.ts";
import { listRewrites } from "./branch-rewrites.ts";
import { type BroughtIndex, indexBrought } from "./brought-index.ts";
import { type BuildWithJobs, indexBuilds } from "./build-index.ts";
import { type CoverageIndex, indexCoverage } from "./coverage-index.ts";
import { type DeploymentStep, followOnLines } from "./deployment-lines.ts";
import type { TrailEntry } from "./deployment-trail.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { type EntityIndex, indexEntity } from "./entity-index.ts";
import { distinct } from "./fact-groups.ts";
import { completeRecords } from "./host-records.ts";
import type { LineEntry, ReleaseLine } from "./release-line.ts";
import { readReleaseLines } from "./release-lines.ts";
import { indexRequests, type RequestIndex } from "./request-index.ts";
import { indexTickets, type TicketIndex } from "./ticket-index.ts";
import { createKeyFinder } from "./ticket-keys.ts";
import { indexTrail, type TrailIndex } from "./trail-index.ts";

/** Everything about one release line of a repository that its items are assembled from. */
export interface RepositoryContext {
  readonly source: SourceOf<"git">;
  readonly facts: RepositoryFacts;
  readonly line: ReleaseLine;
  /** Whether a commit on the line is a change of this line, and not of an earlier one that shares it. */
  owns(commit: string): boolean;
  /** Moves of the branch that were no step forward. */
  readonly rewrites: readonly BranchRewrite[];
  readonly requests: RequestIndex;
  /** Which change of the repository brought a commit, on whatever line. */
  readonly brought: BroughtIndex;
  /** With all attempts: what counts of them depends on the moment (standing-builds.ts). */
  readonly buildsOf: (commit: string) => readonly BuildWithJobs[];
  /** Production deployments that are of this line, oldest first. */
  readonly deployments: readonly TrailEntry[];
  /** All production deployments of the repository as they stand to this line. */
  readonly deploymentsSeen: readonly TrailEntry[];
  /** Names of all environments, production or not, in small letters. */
  readonly environmentNames: ReadonlySet<string>;
  /** Production environments that anything was ever deployed to. */
  readonly environments: ReadonlySet<string>;
  /** All of them, each as it stands to its own line. */
  readonly deploymentHistory: readonly TrailEntry[];
  /** Changes of whatever line that reached the environment with a deployment for the first time. */
  broughtBy(deployment: Deployment): readonly LineEntry[];
  /** What a deployment changed in its environment against what stood there before. */
  stepOf(deployment: Deployment): DeploymentStep;
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

/** One for each release line of each repository: those of a repository stand side by side and share its source. */
export function createContexts(input: PopulationInput): RepositoryContext[] {
  const directory = createDirectory(input.people);
  const coverage = indexCoverage(input.coverage);
  const ofGitlab = new Set(input.sources.filter(({ kind }) => kind === "gitlab").map(({ id }) => id));
  const findKeys = createKeyFinder(input.sources, input.coverage);
  const tickets = indexTickets(input.facts, directory);
  const entity = indexEntity(input.facts, directory);
  return input.sources
    .filter((source) => source.kind === "git")
    .flatMap((source) => {
      const facts = completeRecords(input.facts, repositoryFacts(input.facts, source.repository));
      const lines = readReleaseLines(facts, source.releaseBranch);
      const trail = indexTrail(input.facts, facts);
      const { seen, own, history, broughtBy, stepOf } = followOnLines(facts, lines, trail.artifactsOf);
      const shared = {
        source,
        facts,
        brought: indexBrought(() => contexts),
        environmentNames: new Set(facts.deployments.map(({ environment }) => environment.toLowerCase())),
        environments: new Set(history.map(({ deployment }) => deployment.environment)),
        deploymentHistory: history,
        broughtBy,
        stepOf,
        buildsOf: indexBuilds(facts, (source) => ofGitlab.has(source)),
        deploymentsOf: indexDeployments(facts, trail),
        trail,
        tickets,
        entity,
        findKeys,
        directory,
        coverage,
      };
      const contexts: RepositoryContext[] = lines.map(({ line, owns }, index) => ({
        ...shared,
        line,
        owns,
        rewrites: listRewrites(input.facts, facts, line),
        requests: indexRequests(facts, line),
        deployments: own[index] ?? [],
        deploymentsSeen: seen[index] ?? [],
      }));
      return contexts;
    });
}

function indexDeployments(facts: RepositoryFacts, trail: TrailIndex): RepositoryContext["deploymentsOf"] {
  const distinctOnes = distinct(facts.deployments, ({ environment, id }) => `${environment} ${id}`);
  distinctOnes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const byRevision = Map.groupBy(distinctOnes, ({ revision }) => revision);
  const byArtifact = Map.groupBy(distinctOnes, ({ revision }) => trail.artifactOf(revision, ""));
  return (revision, artifact) => (artifact === "" ? byRevision.get(revision) : byArtifact.get(artifact)) ?? [];
}
