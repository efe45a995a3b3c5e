import type { RepositoryFacts } from "../facts/fact-set.ts";
import type { Artifact, Deployment } from "../model/deployment-facts.ts";
import type { DeploymentItem } from "../model/deployment-item.ts";
import type { Ref } from "../model/git-facts.ts";
import { readImage } from "./image-reference.ts";

/** What a deployed revision leads to in git. */
export interface FoundCommit {
  readonly kind: DeploymentItem["revisionKind"];
  /** Empty where it leads to none. */
  readonly commit: string;
  /** The tag that led to it. */
  readonly ref: Ref | undefined;
  /** What was built, where that led to it, or where several things of that name led to different commits. */
  readonly artifacts: readonly Artifact[];
}

/**
 * Finds the commit behind what a deployment names: a tag, a commit id, an image by digest or by its tag, or a version.
 * What could be several commits is none.
 *
 * @param artifactsOf what was built under a digest or a name
 */
export function createRevisionFinder(
  facts: RepositoryFacts,
  artifactsOf: (revision: string) => readonly Artifact[],
): (deployment: Pick<Deployment, "revision" | "service">) => FoundCommit {
  const short = indexShortIds(facts);
  const tagOf = (name: string) => facts.refs.get(`refs/tags/${name}`);
  const byTag = (name: string): FoundCommit | undefined => {
    const ref = name === "" ? undefined : tagOf(name);
    return ref && { kind: "tag", commit: ref.commit, ref, artifacts: [] };
  };
  const byId = (name: string): FoundCommit | undefined => {
    if (!/^[0-9a-f]{7,64}$/.test(name)) return undefined;
    const known = facts.commits.has(name) ? name : short.get(name.slice(0, 7));
    return { kind: "commit", commit: known?.startsWith(name) ? known : name, ref: undefined, artifacts: [] };
  };
  const byVersion = (version: string, service: string): FoundCommit | undefined => {
    const refs = tagNamesOf(version, service).flatMap((name) => tagOf(name) ?? []);
    const [ref] = refs;
    const isOne = new Set(refs.map(({ commit }) => commit)).size === 1;
    return ref && isOne ? { kind: "version", commit: ref.commit, ref, artifacts: [] } : undefined;
  };
  const byArtifact = (revision: string, kind: "digest" | "version"): FoundCommit | undefined => {
    const artifacts = artifactsOf(revision).filter(({ commit }) => commit !== "");
    if (artifacts.length === 0) return undefined;
    const commits = new Set(artifacts.map(({ commit }) => commit));
    const commit = commits.size === 1 ? ([...commits][0] ?? "") : "";
    return { kind: commit === "" ? "unknown" : kind, commit, ref: undefined, artifacts };
  };
  return ({ revision, service }) => {
    const { digest, tag } = readImage(revision);
    return (
      byTag(revision) ??
      byId(revision) ??
      (digest === "" ? undefined : byArtifact(digest, "digest")) ??
      byTag(tag) ??
      byId(tag) ??
      byVersion(tag || revision, service) ??
      byArtifact(revision, "version") ?? { kind: "unknown", commit: "", ref: undefined, artifacts: [] }
    );
  };
}

/** Names under which a version is usually tagged; those with the service where a repository has several. */
function tagNamesOf(version: string, service: string): string[] {
  const bare = version.replace(/^v(?=\d)/, "");
  if (!/^\d/.test(bare)) return [];
  const plain = [bare, `v${bare}`, `release-${bare}`, `release/${bare}`];
  const prefixes = service === "" ? [] : [`${service}-`, `${service}/`, `${service}@`, `${service}_`];
  return [...plain, ...prefixes.flatMap((prefix) => [`${prefix}${bare}`, `${prefix}v${bare}`])];
}

/** Seven-digit abbreviations that stand for one commit only. */
function indexShortIds(facts: RepositoryFacts): Map<string, string> {
  const byShort = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const id of facts.commits.keys()) {
    const short = id.slice(0, 7);
    if (byShort.has(short)) ambiguous.add(short);
    byShort.set(short, id);
  }
  for (const short of ambiguous) byShort.delete(short);
  return byShort;
}
