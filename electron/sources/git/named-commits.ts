import { callOn, type Repository } from "./repository.ts";
import { readGit } from "./run-git.ts";

/** Commits whose messages name others that they take back or repeat, and those others: their patches tell whether it is so. */
export interface NamedCommits {
  /** Commits with one parent whose patch is wanted. */
  readonly patches: readonly string[];
  /** Commits whose opposite patch is wanted, each with its first parent after a space, as `git diff-tree --stdin` takes it. */
  readonly opposites: readonly string[];
}

const id = "([0-9a-f]{40}|[0-9a-f]{64})";
const picked = `^\\(cherry picked from commit ${id}\\)`;
const reverted = `^This reverts commit ${id}`;

/** @param range commits of the release branch and what came with them */
export async function listNamedCommits(
  repository: Repository,
  range: { readonly newest: string; readonly base: string | null },
): Promise<NamedCommits> {
  const args = ["log", "-z", "--format=%H%n%P%n%B", "--extended-regexp", `--grep=${picked}`, `--grep=${reverted}`];
  const bounds = [range.newest, ...(range.base ? [`^${range.base}`] : [])];
  const entries = (await readGit(callOn(repository, [...args, ...bounds]))).toString("utf8").split("\0");
  const naming: string[] = [];
  const repeated = new Set<string>();
  const takenBack = new Set<string>();
  for (const entry of entries.filter(Boolean)) {
    const [commit = "", parents = "", ...message] = entry.split("\n");
    const text = message.join("\n");
    if (!parents.includes(" ")) naming.push(commit);
    for (const [, named = ""] of text.matchAll(new RegExp(picked, "gm"))) repeated.add(named);
    for (const [, named = ""] of text.matchAll(new RegExp(reverted, "gm"))) takenBack.add(named);
  }
  const parents = await readParents(repository, [...new Set([...repeated, ...takenBack])]);
  const single = [...naming, ...repeated].filter(
    (commit) => naming.includes(commit) || parents.get(commit)?.length === 1,
  );
  return {
    patches: [...new Set(single)],
    opposites: [...takenBack].flatMap((commit) => {
      const [first] = parents.get(commit) ?? [];
      return first === undefined ? [] : [`${commit} ${first}`];
    }),
  };
}

/** Parents of those commits that the clone has: messages name what they like. */
async function readParents(repository: Repository, commits: readonly string[]): Promise<Map<string, string[]>> {
  if (commits.length === 0) return new Map();
  const checked = await readGit(callOn(repository, ["cat-file", "--batch-check=%(objectname) %(objecttype)"], commits));
  const known = checked
    .toString("utf8")
    .split("\n")
    .flatMap((line) => (line.endsWith(" commit") ? [line.slice(0, line.indexOf(" "))] : []));
  if (known.length === 0) return new Map();
  const listed = await readGit(callOn(repository, ["rev-list", "--no-walk", "--parents", "--stdin"], known));
  return new Map(
    listed
      .toString("utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => {
        const [commit = "", ...parents] = line.split(" ");
        return [commit, parents] as const;
      }),
  );
}
