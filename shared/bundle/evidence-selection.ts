import type { EvidenceFormat } from "../model/evidence.ts";
import { deploymentFormats } from "../model/formats/deployment-formats.ts";
import { peopleFormats } from "../model/formats/people-formats.ts";
import type { Item } from "../model/item.ts";
import { NumberSet } from "../model/number-set.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import type { EvidenceFooting, NumberOf } from "./evidence-footing.ts";

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
export function selectRecords(
  footing: EvidenceFooting,
  sampled: readonly SampledItem[],
  numberOf: NumberOf,
): NumberSet {
  const selected = new NumberSet();
  for (const record of footing.always) selected.add(record);
  const behind = new Set<string>();
  const add = (item: Item) => {
    for (const { evidence } of item.evidence) {
      const record = numberOf(evidence);
      if (record !== undefined) selected.add(record);
    }
    if (!("repeats" in item)) return;
    behind.add(item.id);
    // Which change brought what it takes back or repeats is told by the same walk.
    for (const { change } of [...item.reverts, ...item.repeats]) behind.add(change);
  };
  for (const { population, item } of sampled) {
    add(item);
    for (const change of footing.changesBehind(population, item.id)) add(change);
  }
  const seen = new NumberSet();
  for (const change of behind) addWalk(footing, footing.entryOf(change), selected, seen);
  return selected;
}

/**
 * A side branch can start from commits that an earlier merge brought; without these the walk could not tell where to stop.
 *
 * @param seen entries from which the walk was made before; grows by those of this one
 */
function addWalk(footing: EvidenceFooting, from: number | undefined, selected: NumberSet, seen: NumberSet): void {
  const pending = from === undefined ? [] : [from];
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    if (seen.has(entry)) continue;
    seen.add(entry);
    pending.push(...footing.restsOn(entry));
    for (const record of footing.broughtWith(entry)) selected.add(record);
  }
}
