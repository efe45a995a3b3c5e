import type { EvidenceUse } from "../model/evidence.ts";
import type { Commit, MechanicalMerge } from "../model/git-facts.ts";
import { citeAs } from "./evidence-uses.ts";
import type { RepositoryContext } from "./repository-context.ts";

/** The last commit of a request, and those before it whose approval still stands for it. */
export interface ApprovedHeads {
  readonly heads: readonly string[];
  /** What tells that. */
  readonly from: readonly (Commit | MechanicalMerge)[];
}

/**
 * Where the release branch was merged into a request after its approval, the request has a new last commit that brings
 * nothing of its own. It counts as the one before when git makes exactly this merge of that and of a commit of the release
 * branch by itself.
 */
export function findApprovedHeads({ facts, trail, line }: RepositoryContext, head: string): ApprovedHeads {
  const heads = [head];
  const from: (Commit | MechanicalMerge)[] = [];
  for (let at = head; ; ) {
    const commit = facts.commits.get(at);
    const merge = trail.mechanicalMergeOf(at);
    const [before, merged, more] = commit?.parents ?? [];
    const isOfBranch = merged !== undefined && more === undefined && line.isOnLine(merged);
    if (!commit || !before || !isOfBranch || heads.includes(before) || !isJust(merge, commit)) return { heads, from };
    from.push(commit, merge);
    heads.push(before);
    at = before;
  }
}

function isJust(merge: MechanicalMerge | undefined, { tree, parents }: Commit): merge is MechanicalMerge {
  return merge?.outcome === "clean" && merge.tree === tree && merge.onto === parents[0] && merge.head === parents[1];
}

export function headUses({ from }: ApprovedHeads): EvidenceUse[] {
  return from.map(citeAs("commit"));
}
