import type { RepositoryFacts } from "../facts/fact-set.ts";
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
  readonly facts: Pick<RepositoryFacts, "paths">;
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
  return compareRebase(history, match, commit.id) ?? ofMerge;
}

function judgeMerge(merge: MechanicalMerge, tree: string): ContentView {
  const paths = [...merge.paths];
  if (merge.outcome === "contents-missing") return unknown;
  if (merge.outcome === "conflict") return { outcome: "conflict", paths };
  return merge.tree === tree ? mechanical : { outcome: "different", paths };
}

/**
 * A rebase of several commits is not one merge: it is the same when the commits that the host put on the branch for a
 * request carry the patches of all the request's commits, in their order and nothing else. One patch alone would let a
 * merge leave the others out. A copy whose patch is another than that of its original is not what was approved.
 */
function compareRebase(
  { trail, requests, line, facts }: ComparedHistory,
  { request, via }: RequestMatch,
  commit: string,
): ContentView | undefined {
  const approved = requests.commitsOf(request.number).map((each) => trail.patchOf(each.commit)?.patch ?? "");
  const last = request.mergeCommit === null ? undefined : line.positionOf(request.mergeCommit);
  if (last === undefined || approved.length === 0 || !line.isOnLine(request.mergeCommit ?? "")) return undefined;
  const merged = line.entries.slice(Math.max(0, last + 1 - approved.length), last + 1).map((entry) => entry.commit.id);
  const place = merged.indexOf(commit);
  if (place === -1 || merged.length !== approved.length) return undefined;
  const patches = merged.map((id) => trail.patchOf(id)?.patch ?? "");
  if (patches.every((patch, index) => patch !== "" && patch === approved[index])) return mechanical;
  // Several commits of which the earlier ones are copies, too: a squash is one commit, and says nothing here.
  const isRebase =
    via === "rebase" || (approved.length > 1 && requests.matchOf(merged[0] ?? "")?.request.number === request.number);
  const isOther = patches[place] !== "" && approved[place] !== "" && patches[place] !== approved[place];
  if (!isRebase || !isOther) return undefined;
  return { outcome: "different", paths: (facts.paths.get(commit)?.paths ?? []).map(({ path }) => path) };
}
