import type { Instant } from "../model/instant.ts";
import { matchPath } from "../model/path-pattern.ts";
import type { Remark } from "../model/population.ts";
import type { BranchProtection } from "../model/request-facts.ts";
import { changeId, readArrival } from "./period-selection.ts";
import type { LineEntry } from "./release-line.ts";
import type { RepositoryContext } from "./repository-context.ts";

/** A time in which the host did not guard a branch. */
export interface UnguardedWindow {
  readonly from: Instant;
  /** Null while nothing says that it ended. */
  readonly to: Instant | null;
  /** Who switched the protection off; empty where the host does not say. */
  readonly by: string;
}

/** By the host's own record of the settings and of who changed them; of the time before the first record nothing is known. */
export function findUnguarded(protections: readonly BranchProtection[], branch: string): UnguardedWindow[] {
  const own = protections.filter((each) => each.branch === branch || matchPath(`/${each.branch}`)(branch));
  own.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  const windows: UnguardedWindow[] = [];
  for (const [index, { enabled, at, by }] of own.entries()) {
    if (enabled || own[index - 1]?.enabled === false) continue;
    const end = own.slice(index).find((later) => later.enabled);
    windows.push({ from: at, to: end?.at ?? null, by });
  }
  return windows;
}

/** Which changes arrived while the release branch was not guarded, with that time and who had switched the protection off. */
export function remarkUnguarded(context: RepositoryContext, members: readonly LineEntry[]): Remark[] {
  const branch = context.line.tip?.name.replace(/^refs\/(?:heads|remotes\/origin)\//, "") ?? "";
  const windows = findUnguarded(context.trail.protections, branch);
  if (windows.length === 0) return [];
  return members.flatMap((entry) => {
    const { at } = readArrival(entry, context.requests);
    const window = windows.find(({ from, to }) => at >= from && (to === null || at < to));
    if (!window) return [];
    const by = window.by === "" ? "" : `, switched off by ${window.by}`;
    const remark = `It arrived while the host did not protect branch ${branch}: from ${window.from} to ${window.to ?? "the end of what is known"}${by}.`;
    return [{ id: changeId(context.facts.repository, entry.commit.id), remark }];
  });
}
