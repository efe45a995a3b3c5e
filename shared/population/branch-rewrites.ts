import { type FactSet, factsOf, type RepositoryFacts } from "../facts/fact-set.ts";
import type { EvidenceUse } from "../model/evidence.ts";
import type { BranchRewrite } from "../model/git-facts.ts";
import type { RewriteView } from "../model/trail-view.ts";
import { citeAs } from "./evidence-uses.ts";
import { distinct } from "./fact-groups.ts";
import type { LineEntry, ReleaseLine } from "./release-line.ts";

/** Moves of a release line's branch that were no step forward, oldest first; each once, however often it was pulled. */
export function listRewrites(set: FactSet, { repository }: RepositoryFacts, { tip }: ReleaseLine): BranchRewrite[] {
  const branch = tip?.name.replace(/^refs\/(?:heads|remotes\/origin)\//, "");
  const own = factsOf(set, "branch-rewrite").filter((fact) => fact.repository === repository && fact.branch === branch);
  const rewrites = distinct(own, ({ before, after, at }) => `${before} ${after} ${at}`);
  return rewrites.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/**
 * The rewrites by which an entry of the line came to it: it lies after what the branch had in common before and after, and
 * not after what is left of where the branch was moved to. A move back brings nothing; the entry that it ended at tells it.
 */
export function rewritesOf(
  { line, rewrites }: { readonly line: ReleaseLine; readonly rewrites: readonly BranchRewrite[] },
  { position }: LineEntry,
): BranchRewrite[] {
  const newest = (commits: readonly string[]) => Math.max(-1, ...commits.map((id) => line.positionOf(id) ?? -1));
  return rewrites.filter(({ bases, kept, lostCount }) => {
    const to = newest(kept);
    // Where git has thrown away what was there before, only where the branch was moved to is certain.
    const from = lostCount === 0 ? to : newest(bases);
    return position === to || (position > from && position < to);
  });
}

export function viewRewrites(rewrites: readonly BranchRewrite[]): RewriteView[] {
  return rewrites.map(({ before, after, at, by, lost, lostCount }) => ({ before, after, at, by, lost, lostCount }));
}

export function rewriteUses(rewrites: readonly BranchRewrite[]): EvidenceUse[] {
  return rewrites.map(citeAs("ref"));
}
