import type { Sha256 } from "../model/digest.ts";
import type { EvidenceFormat } from "../model/evidence.ts";
import { deploymentFormats } from "../model/formats/deployment-formats.ts";
import { peopleFormats } from "../model/formats/people-formats.ts";
import type { Item } from "../model/item.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import type { ItemFinder } from "../population/item-assembly.ts";
import type { RepositoryContext } from "../population/repository-context.ts";

/** Formats that are needed whole, whatever was sampled: they say where the line is and what happened in which order. */
export const alwaysBundled: ReadonlySet<EvidenceFormat> = new Set([
  "git.refs",
  "git.reflog",
  "git.boundary",
  "git.range-boundary",
  "git.mailmap",
  "git.code-owners",
  ...deploymentFormats,
  ...peopleFormats,
  "slack.users",
  "github.deployments",
  "github.deployment-statuses",
  "github.run-approvals",
  "github.graphql-deployments",
  "gitlab.deployments",
  "gitlab.deployment",
  "bitbucket.deployments",
]);

/** A sampled item, and what population it is of. */
export interface SampledItem {
  readonly population: PopulationKind;
  readonly item: Item;
}

/**
 * Which records a bundle must hold so that the sampled items come out the same from it alone: what they rest on, the
 * commits of the release lines, and the commits between each line and what was deployed beside it.
 */
export function selectEvidence(
  contexts: readonly RepositoryContext[],
  finder: ItemFinder,
  sampled: readonly SampledItem[],
): Set<Sha256> {
  const selected = new Set<Sha256>();
  for (const context of contexts) {
    for (const { commit } of context.line.entries) selected.add(commit.origin.evidence);
    for (const { bases, kept } of context.rewrites) {
      // Where a rewrite begins and ends on the line is told by what lies between it and the commits that git named.
      for (const named of [...bases, ...kept]) {
        for (const beside of context.line.pathToLine(named)) selected.add(beside.origin.evidence);
      }
    }
    const seen = new Set<string>();
    for (const { place, commit, artifacts } of context.deploymentsSeen) {
      // What one deployment brought hangs on where all before it stood.
      for (const { origin } of artifacts) selected.add(origin.evidence);
      if (place !== "other-branch") continue;
      for (const beside of context.line.pathToLine(commit, seen)) selected.add(beside.origin.evidence);
    }
  }
  const behind = new Set<string>();
  const add = (item: Item) => {
    for (const use of item.evidence) selected.add(use.evidence);
    if (!("repeats" in item)) return;
    behind.add(item.id);
    // Which change brought what it takes back or repeats is told by the same walk.
    for (const { change } of [...item.reverts, ...item.repeats]) behind.add(change);
  };
  for (const { population, item } of sampled) {
    add(item);
    for (const change of finder.changesBehind(population, item.id)) add(change);
  }
  for (const id of behind) {
    const found = finder.findChange(id);
    if (found) addWalk(found.context, found.entry.position, selected);
  }
  return selected;
}

/** A side branch can start from commits that an earlier merge brought; without these the walk could not tell where to stop. */
function addWalk(context: RepositoryContext, from: number, selected: Set<Sha256>): void {
  const seen = new Set<number>();
  const pending = [from];
  while (pending.length > 0) {
    const position = pending.pop() as number;
    if (seen.has(position)) continue;
    seen.add(position);
    const entry = context.line.entries[position];
    if (!entry) continue;
    pending.push(...entry.restsOn);
    if (position !== from && entry.brought.length === 1) continue;
    for (const commit of entry.brought) selected.add(commit.origin.evidence);
  }
}
