import { TickmarkError } from "../../../shared/errors.ts";
import type { Instant } from "../../../shared/model/instant.ts";
import { listNamedCommits } from "./named-commits.ts";
import type { ListedRef } from "./refs.ts";
import { callOn, type Repository } from "./repository.ts";
import { readGit } from "./run-git.ts";

/** A commit of the release branch, and what it may have been made of. */
export interface ComparedCommit {
  readonly commit: string;
  /** Tree that is on the branch. */
  readonly committed: string;
  readonly onto: string;
  /** For a merge its second parent; for a single commit the head of the request that its title names, or empty. */
  readonly head: string;
}

const title = /^Merge pull request #(\d{1,9})\b|\((?:#|!)(\d{1,9})\)$/;

/** What is to be compared. */
export interface ComparedLine {
  /** Merges, single commits whose title names a request whose head is there, and merges on the way of a request. */
  readonly merges: readonly ComparedCommit[];
  /**
   * Commits whose patches are compared: single ones of the branch, and those of requests that are not on it, where the
   * clone has heads of requests or there are several release branches; and those whose messages name each other. Of the
   * others nothing is known that they could be copies of.
   */
  readonly patches: readonly string[];
  /** Commits that a message says are taken back, with their first parents: what taking them back would change. */
  readonly opposites: readonly string[];
}

/**
 * Which commits of the release branch are to be compared with what. That a title names a request proves nothing: it only
 * tells which head is worth comparing, and whether it is the right one is decided where the host's records are.
 */
export async function listCompared(
  repository: Repository,
  range: { readonly newest: string; readonly base: string | null },
  refs: readonly ListedRef[],
  since: Instant,
  isOneOfSeveral: boolean,
): Promise<ComparedLine> {
  const heads = requestHeads(refs);
  const args = [
    "log",
    "--first-parent",
    "-z",
    "--format=%H%n%T%n%P%n%s",
    range.newest,
    ...(range.base ? [`^${range.base}`] : []),
  ];
  const entries = (await readGit(callOn(repository, args))).toString("utf8").split("\0");
  const commits = entries.flatMap((entry) => {
    const [commit = "", committed = "", parents = "", subject = ""] = entry.split("\n");
    const [onto = "", second = "", more] = parents.split(" ");
    // What several parents give at once git merges by other rules; it is left out, and so unknown.
    if (commit === "" || onto === "" || more !== undefined) return [];
    const number = title.exec(subject.trim());
    const head = second === "" ? (heads.get(Number(number?.[1] ?? number?.[2] ?? 0)) ?? "") : second;
    return [{ commit, committed, onto, head, isMerge: second !== "" }];
  });
  const single = commits.filter(({ isMerge }) => !isMerge).map(({ commit }) => commit);
  const isCopied = (heads.size > 0 || isOneOfSeveral) && single.length > 0;
  const copied = isCopied ? [...single, ...(await listRequestCommits(repository, heads, range.newest, since))] : [];
  const named = await listNamedCommits(repository, range);
  const merges = commits.filter(({ head }) => head !== "");
  const sides = [...merges.map(({ head }) => head), ...heads.values()];
  return {
    merges: [...merges, ...(await listSideMerges(repository, sides, range.newest, since))],
    patches: [...new Set([...copied, ...named.patches])],
    opposites: named.opposites,
  };
}

/**
 * Merges on the way from the last commit of a request back to the release branch, along first parents: of the release
 * branch into it, or of other requests where a whole branch was merged.
 */
async function listSideMerges(
  repository: Repository,
  heads: readonly string[],
  newest: string,
  since: Instant,
): Promise<ComparedCommit[]> {
  if (heads.length === 0) return [];
  const args = [
    ...["log", "--first-parent", "--exclude-first-parent-only", "--merges", "--max-parents=2"],
    ...[`--since=${since}`, "--format=%H %T %P", "--stdin"],
  ];
  let listed: Buffer;
  try {
    listed = await readGit(callOn(repository, args, [...new Set(heads), `^${newest}`]));
  } catch (error) {
    repository.signal.throwIfAborted();
    // git before 2.35 lacks the option, and before 2.38 the merge to compare with; then nothing of them is known.
    if (error instanceof TickmarkError) return [];
    throw error;
  }
  const lines = listed.toString("utf8").split("\n").filter(Boolean);
  return lines.map((line) => {
    const [commit = "", committed = "", onto = "", head = ""] = line.split(" ");
    return { commit, committed, onto, head };
  });
}

/** Commits of requests that are not on the branch themselves, without merges. */
async function listRequestCommits(
  repository: Repository,
  heads: ReadonlyMap<number, string>,
  newest: string,
  since: Instant,
): Promise<string[]> {
  const args = ["rev-list", "--no-merges", `--since=${since}`, "--stdin"];
  const found = await readGit(callOn(repository, args, [...new Set(heads.values()), `^${newest}`]));
  return found.toString("utf8").split("\n").filter(Boolean);
}

/** GitHub and Gitea, GitLab, Bitbucket Data Center: heads of requests by their number. */
function requestHeads(refs: readonly ListedRef[]): Map<number, string> {
  const heads = new Map<number, string>();
  for (const { name, object } of refs) {
    const number = /^refs\/(?:pull\/(\d+)\/head|merge-requests\/(\d+)\/head|pull-requests\/(\d+)\/from)$/.exec(name);
    if (number) heads.set(Number(number[1] ?? number[2] ?? number[3]), object);
  }
  return heads;
}
