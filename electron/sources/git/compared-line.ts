import type { ListedRef } from "./refs.ts";
import { callOn, type Repository } from "./repository.ts";
import { readGit } from "./run-git.ts";

/** A commit of the release branch, and what it may have been made of. */
export interface ComparedCommit {
  readonly commit: string;
  readonly onto: string;
  /** For a merge its second parent; for a single commit the head of the request that its title names, or empty. */
  readonly head: string;
}

const title = /^Merge pull request #(\d{1,9})\b|\((?:#|!)(\d{1,9})\)$/;

/**
 * Which commits of the release branch are to be compared with what. That a title names a request proves nothing: it only
 * tells which head is worth comparing, and whether it is the right one is decided where the host's records are.
 */
export async function listComparedCommits(
  repository: Repository,
  range: { readonly newest: string; readonly base: string | null },
  refs: readonly ListedRef[],
): Promise<ComparedCommit[]> {
  const heads = requestHeads(refs);
  const args = [
    "log",
    "--first-parent",
    "-z",
    "--format=%H%n%P%n%s",
    range.newest,
    ...(range.base ? [`^${range.base}`] : []),
  ];
  const entries = (await readGit(callOn(repository, args))).toString("utf8").split("\0");
  return entries.flatMap((entry) => {
    const [commit = "", parents = "", subject = ""] = entry.split("\n");
    const [onto = "", second = "", more] = parents.split(" ");
    // What several parents give at once git merges by other rules; it is left out, and so unknown.
    if (commit === "" || onto === "" || more !== undefined) return [];
    const number = title.exec(subject.trim());
    const head = second === "" ? (heads.get(Number(number?.[1] ?? number?.[2] ?? 0)) ?? "") : second;
    return [{ commit, onto, head }];
  });
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
