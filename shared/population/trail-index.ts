import { type FactSet, factsOf, type ListedKind, type RepositoryFacts } from "../facts/fact-set.ts";
import type { AnalysisFinding, AnalysisRun } from "../model/analysis-facts.ts";
import type { TestReport } from "../model/build-facts.ts";
import type { Artifact, DeploymentApproval } from "../model/deployment-facts.ts";
import type { FactOf } from "../model/facts.ts";
import type { MechanicalMerge, PatchId } from "../model/git-facts.ts";
import type { BranchProtection, RequestComment, RequestDetails, RequestEvent } from "../model/request-facts.ts";
import { indexGates } from "./deployment-gates.ts";
import { distinct } from "./fact-groups.ts";
import { readImage } from "./image-reference.ts";
import { findOwners } from "./path-owners.ts";

/** What one repository's items find of their trail, by what they are asked by. */
export interface TrailIndex {
  ownersOf(path: string): readonly string[];
  mechanicalMergeOf(commit: string): MechanicalMerge | undefined;
  patchOf(commit: string): PatchId | undefined;
  /** The patch of taking a commit back. */
  oppositeOf(commit: string): PatchId | undefined;
  /** All patches, each commit's once. */
  readonly patches: ReadonlyMap<string, PatchId>;
  eventsOf(request: number): readonly RequestEvent[];
  commentsOf(request: number): readonly RequestComment[];
  detailsOf(request: number): RequestDetails | undefined;
  /** How the host guarded branches, and when that changed. */
  readonly protections: readonly BranchProtection[];
  reportsOf(commit: string): readonly TestReport[];
  analysesOf(commit: string): readonly AnalysisRun[];
  findingsOf(commit: string): readonly AnalysisFinding[];
  /** A finding of a tool, on whatever commit: where its record is at hand the same one, of however much evidence. */
  findingOfTool(tool: string): AnalysisFinding | undefined;
  /** Findings that a host follows over time. */
  readonly followedFindings: readonly AnalysisFinding[];
  /** Answers at its own gates, and at those of the build that carried it out. */
  gatesOf(deployment: string): readonly DeploymentApproval[];
  /** Digest of the artifact that a revision names; empty where unknown. */
  artifactOf(revision: string, commit: string): string;
  /** What was built under a digest, a name or a version. */
  artifactsOf(revision: string): readonly Artifact[];
}

export function indexTrail(set: FactSet, { repository }: RepositoryFacts): TrailIndex {
  const own = <K extends ListedKind>(kind: K) =>
    factsOf(set, kind).filter((fact) => !("repository" in fact) || fact.repository === repository);
  const merges = new Map(own("mechanical-merge").map((fact) => [fact.commit, fact]));
  const allPatches = own("patch-id");
  const patches = new Map(allPatches.filter(({ opposite }) => !opposite).map((fact) => [fact.commit, fact]));
  const opposites = new Map(allPatches.filter(({ opposite }) => opposite).map((fact) => [fact.commit, fact]));
  const events = Map.groupBy(
    distinct(own("request-event"), (fact) => `${fact.request} ${fact.id}`),
    (fact) => fact.request,
  );
  const comments = Map.groupBy(
    distinct(own("request-comment"), (fact) => `${fact.request} ${fact.id}`),
    (fact) => fact.request,
  );
  // A list page knows the labels only; a record that knows the size besides says more, whatever the order of receipt.
  const bySize = [...own("request-details")].sort((a, b) => Number(a.size !== null) - Number(b.size !== null));
  const details = new Map(bySize.map((fact) => [fact.request, fact]));
  const reports = Map.groupBy(own("test-report"), (fact) => fact.commit);
  // What a host keeps under a number can come twice, when a list moves while it is read.
  const runs = distinct(
    own("analysis-run"),
    ({ id, origin }) => `${origin.source} ${id ?? `${origin.evidence} ${origin.place}`}`,
  );
  const analyses = Map.groupBy(runs, (fact) => fact.commit);
  const findings = distinct(own("analysis-finding"), (fact) => `${fact.tool} ${fact.id} ${fact.commit}`);
  const findingsByCommit = Map.groupBy(findings, (fact) => fact.commit);
  return {
    ownersOf: findOwners(own("code-owners")),
    mechanicalMergeOf: (commit) => merges.get(commit),
    patchOf: (commit) => patches.get(commit),
    oppositeOf: (commit) => opposites.get(commit),
    patches,
    eventsOf: (request) => events.get(request) ?? [],
    commentsOf: (request) => comments.get(request) ?? [],
    detailsOf: (request) => details.get(request),
    protections: own("branch-protection"),
    // A report that names no commit belongs to none.
    reportsOf: (commit) => (commit === "" ? [] : (reports.get(commit) ?? [])),
    analysesOf: (commit) => (commit === "" ? [] : (analyses.get(commit) ?? [])),
    findingsOf: (commit) => (commit === "" ? [] : (findingsByCommit.get(commit) ?? [])),
    findingOfTool: indexTools(own("analysis-finding")),
    followedFindings: findings.filter(({ openedAt }) => openedAt !== null),
    gatesOf: indexGates(own("deployment-approval"), own("deployment-status")),
    artifactOf: findArtifact(own("artifact")),
    artifactsOf: findArtifacts(own("artifact")),
  };
}

/** By digest, by the tag of an image reference, or by the commit that exactly one artifact was built from. */
function findArtifact(artifacts: readonly FactOf<"artifact">[]): TrailIndex["artifactOf"] {
  const known = artifacts.filter(({ digest }) => digest !== "");
  const byTag = new Map(known.map(({ name, digest }) => [readImage(name).tag || name, digest]));
  const byCommit = Map.groupBy(known, ({ commit }) => commit);
  return (revision, commit) => {
    const { digest, tag } = readImage(revision);
    if (digest !== "") return digest;
    const built = new Set(commit === "" ? [] : (byCommit.get(commit) ?? []).map((artifact) => artifact.digest));
    return byTag.get(tag || revision) ?? (built.size === 1 ? ([...built][0] ?? "") : "");
  };
}

/** What was built under a digest, a whole name, or the tag or version at the end of one. */
function findArtifacts(artifacts: readonly FactOf<"artifact">[]): TrailIndex["artifactsOf"] {
  const byName = new Map<string, Set<FactOf<"artifact">>>();
  for (const artifact of artifacts) {
    const { name, digest } = artifact;
    for (const key of [digest, name, readImage(name).tag, versionAtEnd(name)].filter(Boolean)) {
      const same = byName.get(key);
      if (same) same.add(artifact);
      else byName.set(key, new Set([artifact]));
    }
  }
  return (revision) => [...(byName.get(revision) ?? byName.get(readImage(revision).tag) ?? [])];
}

/** `ledger-1.2.3.jar`, `ledger 1.2.3`: 1.2.3. */
function versionAtEnd(name: string): string {
  return /[-_ @/]v?(\d+(?:\.\d+)+)(?:\.[a-z]+)*$/.exec(name)?.[1] ?? "";
}

function indexTools(findings: readonly AnalysisFinding[]): TrailIndex["findingOfTool"] {
  const placeOf = ({ origin }: AnalysisFinding) => `${origin.evidence} ${origin.place}`;
  const first = new Map<string, AnalysisFinding>();
  for (const finding of findings) {
    const known = first.get(finding.tool);
    if (known === undefined || placeOf(finding) < placeOf(known)) first.set(finding.tool, finding);
  }
  return (tool) => first.get(tool);
}
