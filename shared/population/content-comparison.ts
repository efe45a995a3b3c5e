import type { MechanicalMerge } from "../model/git-facts.ts";
import type { ContentView } from "../model/trail-view.ts";
import type { LineEntry, ReleaseLine } from "./release-line.ts";
import type { RequestIndex, RequestMatch } from "./request-index.ts";
import type { TrailIndex } from "./trail-index.ts";

const mechanical: ContentView = { outcome: "mechanical", paths: [] };
const unknown: ContentView = { outcome: "unknown", paths: [] };

/** What a comparison draws on. */
export interface ComparedHistory {
  readonly trail: TrailIndex;
  readonly requests: RequestIndex;
  readonly line: ReleaseLine;
}

/**
 * Whether a commit of the release branch is what git makes of the approved head by itself (REV-08). Only a comparison
 * with the very head that the host names says something: one with another head is no evidence about this request.
 */
export function compareContent(
  history: ComparedHistory,
  { commit }: LineEntry,
  match: RequestMatch | undefined,
): ContentView {
  const merge = history.trail.mechanicalMergeOf(commit.id);
  const isMerge = commit.parents.length > 1;
  const head = isMerge ? commit.parents[1] : match?.request.headCommit;
  const isOfHead = merge !== undefined && merge.head === head && merge.onto === commit.parents[0];
  const ofMerge = isOfHead ? judgeMerge(merge, commit.tree) : unknown;
  if (ofMerge.outcome === "mechanical" || isMerge || !match) return ofMerge;
  // A rebase of several commits is not one merge; it is the same when each patch is.
  return isRebaseOf(history, match, commit.id) ? mechanical : ofMerge;
}

function judgeMerge(merge: MechanicalMerge, tree: string): ContentView {
  const paths = [...merge.paths];
  if (merge.outcome === "contents-missing") return unknown;
  if (merge.outcome === "conflict") return { outcome: "conflict", paths };
  return merge.tree === tree ? mechanical : { outcome: "different", paths };
}

/**
 * The commits that the host put on the branch for a request carry the patches of all the request's commits, in their
 * order and nothing else: one patch alone would let a merge leave the others out.
 */
function isRebaseOf({ trail, requests, line }: ComparedHistory, { request }: RequestMatch, commit: string): boolean {
  const approved = requests.commitsOf(request.number).map((each) => trail.patchOf(each.commit)?.patch ?? "");
  const last = request.mergeCommit === null ? undefined : line.positionOf(request.mergeCommit);
  if (last === undefined || approved.length === 0 || !line.isOnLine(request.mergeCommit ?? "")) return false;
  const merged = line.entries.slice(Math.max(0, last + 1 - approved.length), last + 1).map((entry) => entry.commit.id);
  return (
    merged.includes(commit) &&
    merged.length === approved.length &&
    merged.every((id, index) => approved[index] !== "" && trail.patchOf(id)?.patch === approved[index])
  );
}
