import type { RepositoryFacts } from "../facts/fact-set.ts";
import { isBranchPattern, listBranchNames, listPatterns, orderBranches } from "../model/branch-pattern.ts";
import { type ReleaseLine, readReleaseLine } from "./release-line.ts";

/** One of a repository's release lines, and which of its commits are changes of this line. */
export interface OwnedLine {
  readonly line: ReleaseLine;
  /** Whether a commit on the line is counted here. What several lines share is counted on the first of them alone. */
  owns(commit: string): boolean;
}

/**
 * The release lines of a repository: one where a branch is named, several where patterns name them. A branch that was
 * cut from another shares the history before the cut with it; each commit is one change, on the first line, in the order
 * of `orderBranches`, whose first-parent line holds it. A line without a commit of its own is part of another and is
 * left out.
 */
export function readReleaseLines(facts: RepositoryFacts, releaseBranch: string): OwnedLine[] {
  const lines = chooseBranches(facts, releaseBranch).map((branch) => readReleaseLine(facts, branch));
  const owners = new Map<string, ReleaseLine>();
  for (const line of lines) {
    for (const { commit } of line.entries) if (!owners.has(commit.id)) owners.set(commit.id, line);
  }
  const owning = new Set(owners.values());
  const kept = owning.size > 0 ? lines.filter((line) => owning.has(line)) : lines.slice(0, 1);
  return kept.map((line) => ({ line, owns: (commit) => owners.get(commit) === line }));
}

function chooseBranches({ refs }: RepositoryFacts, releaseBranch: string): string[] {
  if (!isBranchPattern(releaseBranch)) return [releaseBranch];
  const found = orderBranches(listBranchNames(refs.keys()), listPatterns(releaseBranch));
  // Without refs there is one line without a tip, as for a branch that is not there: deployments are items all the same.
  return found.length > 0 ? found : [releaseBranch];
}
