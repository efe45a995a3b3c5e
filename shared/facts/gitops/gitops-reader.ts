import type { Deployment } from "../../model/deployment-facts.ts";
import type { ReadFacts, Unread } from "../../model/facts.ts";
import { parseInstant } from "../../model/instant.ts";
import { type NamedPath, readNamedPath } from "../../model/named-path.ts";
import type { Source, SourceOf } from "../../model/source.ts";
import { isByPipeline } from "../deploy/pipeline-signs.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { decodeText } from "../git/git-evidence.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";
import { type LoggedCommit, type PatchedFile, readCommitLog } from "./commit-log.ts";
import { findVersion } from "./version-in-file.ts";

type GitopsSource = SourceOf<"gitops">;

/**
 * Reads commits that change which version runs where: each change of a version is a deployment, asked for by the
 * commit's author. Its time is the committer's, which no server vouches for, and that the cluster followed is not in it.
 */
export function readGitopsLog(input: EvidenceInput, source: Source): ReadFacts {
  if (source.kind !== "gitops") {
    return unreadWhole(input, { reason: "a log of a GitOps repository needs a source that says where versions stand" });
  }
  const facts: Deployment[] = [];
  const unread: Unread[] = [];
  const pattern = readNamedPath(source.files);
  const commits = readCommitLog(decodeText(input.bytes).text);
  if (commits.length === 0 && input.bytes.length > 0) return unreadWhole(input, { reason: "it holds no commit" });
  for (const commit of commits) {
    const origin = originOf(input, `line ${commit.line}`);
    const at = parseInstant(commit.commitDate);
    if (at === null) {
      unread.push({
        origin,
        reason: `its commit date "${commit.commitDate.slice(0, 40)}" is not a time with its zone`,
      });
      continue;
    }
    for (const reason of commit.unread) unread.push({ origin, reason });
    for (const file of commit.files) {
      const deployment = deploymentOf(commit, file, source, pattern);
      if (deployment) facts.push({ ...deployment, origin, at });
    }
  }
  return { facts, unread };
}

function deploymentOf(
  commit: LoggedCommit,
  file: PatchedFile,
  source: GitopsSource,
  pattern: NamedPath,
): Omit<Deployment, "origin" | "at"> | null {
  const named = pattern.match(file.path);
  if (named === null) return null;
  const service = named.get("service") ?? source.service ?? "";
  if (source.service !== undefined && service !== source.service) return null;
  const version = (content: string | null) => (content === null ? null : findVersion(content, source.tag)) ?? "";
  const [previousRevision, revision] = [version(file.before), version(file.after)];
  // A file that goes away, or loses its version, puts nothing there.
  if (revision === "" || revision === previousRevision) return null;
  const environment = named.get("environment") ?? source.environment ?? "";
  return {
    kind: "deployment",
    repository: source.repository,
    id: service === "" ? commit.id : `${commit.id}/${service}`,
    service,
    environment,
    production: source.production.includes(environment),
    revision,
    previousRevision,
    clock: "committer",
    by: commit.authorEmail || commit.authorName,
    requestedBy: "",
    trigger: "commit",
    byPipeline: isByPipeline(source, [commit.authorEmail, commit.authorName]),
    status: "",
  };
}
